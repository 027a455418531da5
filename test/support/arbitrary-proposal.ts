/** Schemas at random that the notation of the proposal of 2011 can say, each in that and in the language of today. */
import fc from "fast-check";

/** One schema, written twice. */
export interface ProposalTexts {
  readonly proposal: string;
  readonly today: string;
}

/** Names in both spellings, so that this does not depend on how one is made of the other. */
const EVENTS = [
  ["BlockIOEvent", "BLOCK_IO_EVENT"],
  ["BlockDeviceEvent", "BLOCK_DEVICE_EVENT"],
  ["Event", "EVENT"],
  ["VNCEvent", "VNC_EVENT"],
  ["Usb2HubEvent", "USB2_HUB_EVENT"],
] as const;
const TYPES = ["Foo", "FooBar", "Object", "String", "Events", "T0"];
const COMMANDS = ["foo", "query-foo", "block-io-event", "constructor", "to-string"];
const MEMBERS = ["a", "b-c", "type", "data", "constructor", "id", "has"];
const VALUES = ["on", "off", "none", "0", "constructor", "a-b"];
const BUILTINS = ["str", "int", "bool", "number", "uint8", "any"];

const member = fc.record({
  name: fc.constantFrom(...MEMBERS),
  optional: fc.boolean(),
  list: fc.boolean(),
  type: fc.nat(),
});
type Member = typeof member extends fc.Arbitrary<infer T> ? T : never;

const members = fc.uniqueArray(member, { selector: ({ name }) => name, maxLength: 4 });

const definition = fc.record({
  kind: fc.constantFrom("enum", "struct", "event", "command", "accessor"),
  members,
  /** How many of the members are required arguments. */
  split: fc.nat({ max: 4 }),
  values: fc.uniqueArray(fc.constantFrom(...VALUES), { maxLength: 4 }),
  reference: fc.nat(),
  list: fc.boolean(),
  isDocumented: fc.boolean(),
  /** Whether it is in the language of today in the first text, too. */
  isToday: fc.boolean(),
});
type Seed = typeof definition extends fc.Arbitrary<infer T> ? T : never;

/** A schema that is right. */
export const arbitraryProposal: fc.Arbitrary<ProposalTexts> = fc
  .array(definition, { minLength: 1, maxLength: 10 })
  .map((seeds) => write(seeds));

/** The seeds that get a name, each with it. Of a kind that has no name left, there is no more. */
function named(seeds: readonly Seed[]): readonly { readonly seed: Seed; readonly index: number }[] {
  const counts = { types: 0, events: 0, commands: 0 };
  const hasEvent = seeds.some(({ kind }) => kind === "event");
  return seeds.flatMap((seed) => {
    const group =
      seed.kind === "event" ? "events" : seed.kind === "enum" || seed.kind === "struct" ? "types" : "commands";
    const limit = { types: TYPES, events: EVENTS, commands: COMMANDS }[group].length;
    if (counts[group] === limit || (seed.kind === "accessor" && !hasEvent)) return [];
    return [{ seed, index: counts[group]++ }];
  });
}

function write(seeds: readonly Seed[]): ProposalTexts {
  const all = named(seeds);
  const isType = ({ kind }: Seed): boolean => kind === "enum" || kind === "struct";
  const types = [...BUILTINS, ...TYPES.slice(0, all.filter(({ seed }) => isType(seed)).length)];
  const events = EVENTS.slice(0, all.filter(({ seed }) => seed.kind === "event").length);

  const typeOf = (index: number, list: boolean): string => {
    const name = `'${types[index % types.length] ?? "any"}'`;
    return list ? `[${name}]` : name;
  };
  const object = (some: readonly Member[], star: (one: Member) => boolean): string =>
    `{ ${some.map((one) => `'${star(one) ? "*" : ""}${one.name}': ${typeOf(one.type, one.list)}`).join(", ")} }`;
  const asWritten = ({ optional }: Member): boolean => optional;

  const texts = all.map(({ seed, index }): ProposalTexts => {
    const { kind, values, reference, list, split } = seed;
    const strings = values.map((value) => `'${value}'`).join(", ");
    switch (kind) {
      case "enum": {
        const name = TYPES[index] ?? "";
        return {
          proposal: `${doc(seed, name)}{ '${name}': [ ${strings} ] }`,
          today: `${doc(seed, name)}{ 'enum': '${name}', 'data': [ ${strings} ] }`,
        };
      }
      case "struct": {
        const name = TYPES[index] ?? "";
        const data = object(seed.members, asWritten);
        return {
          proposal: `${doc(seed, name)}{ '${name}': ${data} }`,
          today: `${doc(seed, name)}{ 'struct': '${name}', 'data': ${data} }`,
        };
      }
      case "event": {
        const [name, onWire] = EVENTS[index] ?? EVENTS[0];
        const data = object(seed.members, asWritten);
        return {
          proposal: `${doc(seed, reference % 2 === 0 ? name : onWire)}{ '${name}': ${data} }`,
          today: `${doc(seed, onWire)}{ 'event': '${onWire}', 'data': ${data} }`,
        };
      }
      case "command":
      case "accessor": {
        const name = COMMANDS[index] ?? "";
        const required = seed.members.slice(0, split);
        const optional = seed.members.slice(split);
        const parts = `${object(required, asWritten)}, ${object(optional, () => false)}`;
        const today = object(seed.members, (one) => one.optional || optional.includes(one));
        if (kind === "command") {
          const returns = reference % 3 === 0 ? undefined : typeOf(reference, list);
          return {
            proposal: `${doc(seed, name)}[ '${name}', ${parts}, ${returns ?? "'none'"} ]`,
            today: `${doc(seed, name)}{ 'command': '${name}', 'data': ${today}${returns === undefined ? "" : `, 'returns': ${returns}`} }`,
          };
        }
        const [event] = events[reference % events.length] ?? EVENTS[0];
        const disconnect = object(seed.members, () => true)
          .replace("{", "{ 'tag': 'str',")
          .replace(/,\s+\}/, " }");
        return {
          proposal: `${doc(seed, name)}[ '${name}', ${parts}, '${event}' ]`,
          today:
            `${doc(seed, `${name}-connect`)}{ 'command': '${name}-connect', 'data': ${today}, 'returns': 'str' }\n` +
            `{ 'command': '${name}-disconnect', 'data': ${disconnect} }`,
        };
      }
    }
  });
  const isMixed = (index: number): boolean => all[index]?.seed.isToday === true && all[index].seed.kind !== "accessor";
  return {
    proposal: texts.map(({ proposal, today }, index) => (isMixed(index) ? today : proposal)).join("\n"),
    today: texts.map(({ today }) => today).join("\n"),
  };
}

/** Documentation of a definition, if it has any. */
function doc({ isDocumented, members: parts }: Seed, name: string): string {
  if (!isDocumented) return "";
  return `##\n# @${name}:\n#\n# Text.\n${parts.map((part) => `#\n# @${part.name}: it\n`).join("")}##\n`;
}
