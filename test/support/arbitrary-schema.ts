/** Schemas at random: valid ones of all kinds of definitions, with names and documentation that try to break things. */
import fc from "fast-check";

/** The files of a schema by their paths, the root first. */
export type ArbitraryFiles = Readonly<Record<string, string>>;

const TYPE_NAMES = [
  "Foo",
  "FooBar",
  "Foo-Bar",
  "Foo_Bar",
  "String",
  "Object",
  "Promise",
  "Date",
  "Event",
  "Events",
  "Command",
];
const MORE_TYPE_NAMES = [
  "Commands",
  "Array",
  "Class",
  "Empty",
  "QType2",
  "Infinity",
  "Partial",
  "x-Y",
  "__com.example_T",
  "T0",
  "0T",
];
const COMMAND_NAMES = [
  "delete",
  "query-foo",
  "query_foo",
  "constructor",
  "x-a.b",
  "__com.example_c",
  "to-string",
  "foo",
  "1c",
];
const EVENT_NAMES = ["STOP", "FOO_BAR", "FOO-BAR", "__com.example_EVENT", "x-STOP", "2FA", "valueOf"];
const MEMBER_NAMES = [
  "a",
  "b-c",
  "b_c",
  "type",
  "data",
  "default",
  "constructor",
  "prototype",
  "0x",
  "1.5",
  "hasOwnProperty",
];
const MORE_MEMBER_NAMES = [
  "__com.example_m",
  "then",
  "event",
  "execute",
  "arguments",
  "await",
  "toString",
  "length",
  "id",
];
const VALUE_NAMES = [
  "on",
  "off",
  "none",
  "0",
  "10",
  "2_5",
  "constructor",
  "toString",
  "class",
  "a-b",
  "a_b",
  "A-B",
  "__com.example_v",
];
const FEATURES = ["deprecated", "unstable", "x-fancy", "__com.example_f"];
const BUILTINS = ["str", "number", "int", "int8", "uint32", "uint64", "size", "bool", "any", "null", "QType"];

const TYPES = [...TYPE_NAMES, ...MORE_TYPE_NAMES];
const MEMBERS = [...MEMBER_NAMES, ...MORE_MEMBER_NAMES];

/** A condition as a schema writes it. */
const condition: fc.Arbitrary<string> = fc.letrec<{ tree: string; operand: string }>((tie) => ({
  operand: fc.oneof({ maxDepth: 2, withCrossShrink: true }, fc.constantFrom("'CONFIG_A'", "'B'"), tie("tree")),
  tree: fc.oneof(
    fc.constantFrom("'CONFIG_A'", "'B'"),
    tie("operand").map((operand) => `{ 'not': ${operand} }`),
    fc
      .tuple(fc.constantFrom("all", "any"), fc.array(tie("operand"), { minLength: 1, maxLength: 3 }))
      .map(([key, operands]) => `{ '${key}': [ ${operands.join(", ")} ] }`),
  ),
})).tree;

const C_CONDITIONS = [
  "defined(CONFIG_A) && !defined(b)",
  "GLIB > 2 || defined(B)",
  "X ? defined(A) : 1",
  "(B)",
  "!(A || B > 1) && (defined(C) || D)",
];

/** The same, and those of old releases. */
const anyCondition: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: condition },
  fc.constantFrom(...C_CONDITIONS).map((text) => `'${text}'`),
  fc.subarray(C_CONDITIONS, { minLength: 1 }).map((texts) => `[ ${texts.map((text) => `'${text}'`).join(", ")} ]`),
);

const optionalCondition = fc.option(anyCondition, { nil: undefined, freq: 3 });

const features: fc.Arbitrary<readonly string[]> = fc
  .tuple(fc.subarray(FEATURES), optionalCondition)
  .map(([names, when]) =>
    names.map((name, index) =>
      index > 0 || when === undefined ? `'${name}'` : `{ 'name': '${name}', 'if': ${when} }`,
    ),
  );

const FRAGMENTS = [
  "*/",
  "/*",
  "`",
  "```",
  "${x}",
  "@a",
  "{@link x}",
  "@deprecated",
  "<b>",
  "::",
  ".. note::",
  "Since:",
  "|",
  "\\",
];
const TEXTS = [
  "Returns:",
  "- item",
  "1. item",
  "@a: text",
  "= Heading",
  "text",
  "  indented",
  "\t",
  "'",
  '"',
  "é",
  "\u2028",
  "#",
  "//",
];

/** A line of documentation behind the `#`: anything but a line break, most of the time behind a blank. */
const docLine: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: fc.constant(" ") }, fc.constant("")),
    fc.oneof(
      fc.constant(""),
      fc.array(fc.constantFrom(...FRAGMENTS, ...TEXTS), { maxLength: 4 }).map((parts) => parts.join(" ")),
      fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/[\n\r]/g, "")),
      fc.string({ unit: "binary", maxLength: 12 }).map((text) => text.replace(/[\n\r]/g, "")),
    ),
  )
  .map(([blank, text]) => blank + text);

const docLines = fc.array(docLine, { maxLength: 4 });

/** What stands behind `##` and before the next one: about the parts of which the names are given. */
const docSections: fc.Arbitrary<(parts: readonly string[]) => readonly string[]> = fc
  .record({
    text: docLines,
    members: fc.array(docLines, { maxLength: 3 }),
    features: fc.option(fc.array(docLines, { maxLength: 2 }), { nil: undefined }),
    tags: fc.array(fc.tuple(fc.constantFrom("Returns:", "Errors:", "Since:", "TODO:", "Note:", "Example:"), docLines)),
    more: docLines,
  })
  .map(({ text, members, features: described, tags, more }) => (parts) => [
    ...text,
    "",
    ...members.flatMap((lines, index) => section(`@${parts[index] ?? "other"}:`, lines)),
    ...(described === undefined
      ? []
      : [" Features:", "", ...described.flatMap((lines) => section("@unstable:", lines))]),
    ...tags.flatMap(([tag, lines]) => section(tag, lines)),
    ...more,
  ]);

/** A section with its text behind its head and, indented, on the lines below. */
function section(head: string, [first = "", ...others]: readonly string[]): readonly string[] {
  return [` ${head} ${first}`, ...others.map((other) => `    ${other}`), ""];
}

function comment(lines: readonly string[]): string {
  return `##\n${lines.map((line) => `#${line}\n`).join("")}##\n`;
}

/** Documentation in front of the definition `name`; it is not about that when something stands between them. */
function freeDoc(
  { isNamed, lines, isSeparate }: { isNamed: boolean; lines: readonly string[]; isSeparate: boolean },
  name: string,
): string {
  return `${comment(isNamed ? [` @${name}:`, ...lines] : lines)}\n${isSeparate ? "{ 'pragma': {} }\n" : ""}`;
}

/** A member before it is known which types there are. */
interface MemberSeed {
  readonly name: string;
  readonly optional: boolean;
  readonly list: boolean;
  readonly type: number;
  readonly if: string | undefined;
  readonly features: readonly string[];
}

const member: fc.Arbitrary<MemberSeed> = fc.record({
  name: fc.constantFrom(...MEMBERS),
  optional: fc.boolean(),
  list: fc.boolean(),
  type: fc.nat(),
  if: optionalCondition,
  features: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, features),
});

const KINDS = ["enum", "struct", "union", "alternate", "command", "event"] as const;

/** A definition before it is known which others there are. */
const definition = fc.record({
  kind: fc.constantFrom(...KINDS),
  name: fc.nat(),
  members: fc.array(member, { maxLength: 5 }),
  values: fc.array(fc.record({ name: fc.constantFrom(...VALUE_NAMES), if: optionalCondition, features }), {
    minLength: 1,
    maxLength: 5,
  }),
  reference: fc.nat(),
  other: fc.nat(),
  named: fc.boolean(),
  flags: fc.subarray([
    "'allow-oob': true",
    "'allow-preconfig': true",
    "'coroutine': true",
    "'success-response': false",
    "'gen': false",
  ]),
  boxed: fc.boolean(),
  if: optionalCondition,
  features,
  doc: fc.option(docSections, { nil: undefined }),
  freeDoc: fc.option(fc.record({ isNamed: fc.boolean(), lines: docLines, isSeparate: fc.boolean() }), {
    nil: undefined,
    freq: 5,
  }),
  inOther: fc.boolean(),
});

type Seed = typeof definition extends fc.Arbitrary<infer S> ? S : never;

/** A seed with the name that it has got. */
interface Named {
  readonly seed: Seed;
  readonly name: string;
  /** All keys that an object of it can have, by which it is seen whether it can be a branch or a base. */
  keys: ReadonlySet<string>;
  /** Whether it can stand where an object is wanted: its text has been written. */
  isReady: boolean;
}

/** A valid schema in two files. */
export const arbitrarySchema: fc.Arbitrary<ArbitraryFiles> = fc
  .array(definition, { minLength: 1, maxLength: 10 })
  .map((seeds) => new Writer(seeds).files());

/** Writes the text of seeds, and leaves out of them what would not be valid. */
class Writer {
  readonly #all: readonly Named[];

  constructor(seeds: readonly Seed[]) {
    const taken = new Set<string>();
    const hasTag = seeds.some(({ kind }) => kind === "enum");
    this.#all = seeds.map((given) => {
      const seed: Seed = given.kind === "union" && !hasTag ? { ...given, kind: "struct" } : given;
      const names = seed.kind === "command" ? COMMAND_NAMES : seed.kind === "event" ? EVENT_NAMES : TYPES;
      let name = names[seed.name % names.length] ?? "";
      while (taken.has(name)) name += "1";
      taken.add(name);
      return { seed, name, keys: new Set(), isReady: false };
    });
  }

  files(): ArbitraryFiles {
    const root: string[] = [];
    const other: string[] = [];
    for (const named of this.#all) (named.seed.inOther ? other : root).push(this.#entry(named));
    return { "test.json": `{ 'include': 'sub/other.json' }\n${root.join("\n")}`, "sub/other.json": other.join("\n") };
  }

  #entry(named: Named): string {
    const { seed, name } = named;
    const { text, parts } = this.#definition(named);
    named.isReady = true;
    const free = seed.freeDoc === undefined ? "" : freeDoc(seed.freeDoc, name);
    const doc = seed.doc === undefined ? "" : comment([` @${name}:`, "", ...seed.doc(parts)]);
    const more = [
      ...(seed.if === undefined ? [] : [`'if': ${seed.if}`]),
      ...(seed.features.length === 0 ? [] : [`'features': [ ${seed.features.join(", ")} ]`]),
    ];
    return `${free}${doc}{ ${[`'${seed.kind}': '${name}'`, ...text, ...more].join(",\n  ")} }\n`;
  }

  #definition(named: Named): { readonly text: readonly string[]; readonly parts: readonly string[] } {
    const { seed } = named;
    switch (seed.kind) {
      case "enum": {
        const values = unique(seed.values);
        const list = values.map((value) => withMore("name", `'${value.name}'`, value));
        return { text: [`'data': [ ${list.join(", ")} ]`], parts: values.map(({ name }) => name) };
      }
      case "struct": {
        const base = seed.named ? this.#ready(seed.reference, ["struct"], new Set()) : undefined;
        const members = unique(seed.members, base?.keys);
        named.keys = new Set([...(base?.keys ?? []), ...members.map(({ name }) => name)]);
        const data = `'data': ${this.#members(members)}`;
        return { text: base === undefined ? [data] : [`'base': '${base.name}'`, data], parts: namesOf(members) };
      }
      case "union":
        return this.#union(named);
      case "alternate":
        return this.#alternate(seed);
      case "command":
      case "event": {
        const type = seed.named ? this.#ready(seed.reference, ["struct", "union"], new Set()) : undefined;
        const members = unique(seed.members);
        const data = type === undefined ? this.#members(members) : `'${type.name}'`;
        const boxed = type?.seed.kind === "union" || (type !== undefined && seed.boxed) ? ["'boxed': true"] : [];
        const returns = seed.other % 3 === 0 ? [] : [`'returns': ${this.#type(seed.other, seed.boxed)}`];
        const own = seed.kind === "command" ? [...returns, ...seed.flags] : [];
        return {
          text: [...(seed.other % 2 === 0 && type === undefined ? [] : [`'data': ${data}`]), ...boxed, ...own],
          parts: namesOf(members),
        };
      }
    }
  }

  #union(named: Named): { readonly text: readonly string[]; readonly parts: readonly string[] } {
    const { seed } = named;
    const tags = this.#all.filter(({ seed: { kind } }) => kind === "enum");
    const tag = tags[seed.reference % tags.length];
    const members = unique(seed.members, new Set(["tag"]));
    const common = new Set(["tag", ...namesOf(members)]);
    const keys = new Set(common);
    const branches: string[] = [];
    const values = tag === undefined ? [] : unique(tag.seed.values);
    for (const [index, { name, if: when }] of values.entries()) {
      if ((seed.other >> index) % 2 === 0) continue;
      const type = this.#ready(seed.other + index, ["struct", "union"], common);
      if (type === undefined) continue;
      for (const key of type.keys) keys.add(key);
      branches.push(`'${name}': ${withMore("type", `'${type.name}'`, { if: when })}`);
    }
    named.keys = keys;
    const tagMember = `'tag': '${tag?.name ?? ""}'`;
    const base = `{ ${[tagMember, ...members.map((item) => this.#member(item))].join(", ")} }`;
    return {
      text: [`'base': ${base}`, "'discriminator': 'tag'", `'data': { ${branches.join(", ")} }`],
      parts: [...namesOf(values), "tag", ...namesOf(members)],
    };
  }

  #alternate(seed: Seed): { readonly text: readonly string[]; readonly parts: readonly string[] } {
    const object = this.#all.filter(({ seed: { kind } }) => kind === "struct" || kind === "union");
    const enums = this.#all.filter(({ seed: { kind } }) => kind === "enum");
    const types = [
      `'${object[seed.reference % object.length]?.name ?? "any"}'`,
      `'${enums[seed.reference % enums.length]?.name ?? "str"}'`,
      "'int'",
      "'bool'",
      "'null'",
      `[ 'int' ]`,
    ].filter((type, index) => type !== "'any'" && (index === 2 || (seed.other >> index) % 2 === 1));
    const names = unique([...seed.members, ...MEMBERS.map((name) => ({ name, if: undefined }))]);
    const list = types.map(
      (type, index) => `'${names[index]?.name ?? ""}': ${withMore("type", type, { if: names[index]?.if })}`,
    );
    return { text: [`'data': { ${list.join(", ")} }`], parts: namesOf(names) };
  }

  /** One of the definitions of some kinds that have been written already and have no keys among `taken`. */
  #ready(index: number, kinds: readonly Seed["kind"][], taken: ReadonlySet<string>): Named | undefined {
    const known = this.#all.filter(
      ({ isReady, seed, keys }) => isReady && kinds.includes(seed.kind) && ![...keys].some((key) => taken.has(key)),
    );
    return known[index % known.length];
  }

  #type(index: number, list: boolean): string {
    const types = this.#all.filter(({ seed: { kind } }) => kind !== "command" && kind !== "event");
    const names = [...BUILTINS, ...types.map(({ name }) => name), ...types.map(({ name }) => name)];
    const name = names[index % names.length] ?? "";
    return list ? `[ '${name}' ]` : `'${name}'`;
  }

  #members(members: readonly MemberSeed[]): string {
    return `{ ${members.map((item) => this.#member(item)).join(",\n    ")} }`;
  }

  #member(seed: MemberSeed): string {
    return `'${seed.optional ? "*" : ""}${seed.name}': ${withMore("type", this.#type(seed.type, seed.list), seed)}`;
  }
}

/** A type or a name; in an object if there is more to say. */
function withMore(
  key: string,
  text: string,
  more: { readonly if?: string | undefined; readonly features?: readonly string[] },
): string {
  const parts = [
    ...(more.if === undefined ? [] : [`'if': ${more.if}`]),
    ...((more.features ?? []).length === 0 ? [] : [`'features': [ ${(more.features ?? []).join(", ")} ]`]),
  ];
  return parts.length === 0 ? text : `{ '${key}': ${text}, ${parts.join(", ")} }`;
}

function namesOf(parts: readonly { readonly name: string }[]): readonly string[] {
  return parts.map(({ name }) => name);
}

/** Those with a name that none before has. */
function unique<T extends { readonly name: string }>(
  parts: readonly T[],
  taken: ReadonlySet<string> = new Set(),
): readonly T[] {
  const seen = new Set(taken);
  return parts.filter(({ name }) => !seen.has(name) && seen.add(name));
}
