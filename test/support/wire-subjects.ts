/** What goes over the wire, as a whole and in parts: right values of it, all changes of these, and the verdicts. */
import { allocateNames } from "../../src/emit/naming.js";
import type { Int64Mode } from "../../src/emit/options.js";
import { partsOf as modelPartsOf } from "../../src/schema/parts.js";
import type { Alternate, Command, Enum, Event, ObjectType, Schema, Struct, Union } from "../../src/schema/schema.js";
import { FullValues, type Part } from "./full-values.js";
import { schemaOf } from "./harness.js";
import { Mutations, type Mutation } from "./mutations.js";
import type { Mode, Validators } from "./run-validators.js";
import { isOfArguments, isOfEvent, isOfReturns, isOfType } from "./wire-oracle.js";

/** What is sent or received: an event, the arguments of a command, what it returns; or a type, which is a part of these. */
interface Subject {
  /** `event NAME`, `arguments NAME`, `returns NAME`, `struct NAME, strict`. */
  readonly name: string;
  /** What its validators are called after `is`. */
  readonly stem: string;
  readonly mode: Mode;
  /** Whether validators are to be told the mode. */
  readonly needsMode: boolean;
  /** A right value. */
  make(values: FullValues): unknown;
  /** Visits all changes of `holder.value`. */
  mutate(holder: Holder, visit: (mutation: Mutation) => void, int64: Int64Mode): void;
  /** The oracle. */
  isRight(value: unknown): boolean;
}

type Holder = Record<string, unknown>;

/** What came of trying all values and all their changes. */
export interface Tally {
  values: number;
  mutations: number;
  /** Changes that leave a value right. */
  harmless: number;
  /** Members that were in a value and were changed; branches, alternatives and values of enums that were tried. */
  readonly seen: Set<Part>;
  /** Where validators, the oracle and what is known of the change are not of one mind. */
  readonly disagreements: string[];
}

/** How many objects a value has in each other. */
const DEPTH = 3;

/**
 * Tries the validators of all types, events and commands of a schema.
 *
 * @param limit - How many values to make of each at most.
 */
export function tryAll(schema: Schema, validators: Validators, int64: Int64Mode, limit: number): Tally {
  const tally: Tally = { values: 0, mutations: 0, harmless: 0, seen: new Set(), disagreements: [] };
  for (const subject of subjectsOf(schema)) tryOne(subject, validators, int64, limit, tally);
  return tally;
}

/** All that the types of a schema are made of, and what events and commands have in place. */
export function partsOf({ definitions, unions }: Schema): readonly Part[] {
  return [
    ...definitions.flatMap((definition): readonly Part[] => modelPartsOf(definition)),
    ...unions.flatMap(({ branches }) => branches),
  ];
}

function tryOne(subject: Subject, validators: Validators, int64: Int64Mode, limit: number, tally: Tally): void {
  const { name, stem, mode } = subject;
  const asked = subject.needsMode ? mode : undefined;
  // The value is held by another object, so that it can be changed as a whole, too.
  const holder: Holder = {};
  const judge = (what: string, isRight: boolean): void => {
    const { value } = holder;
    const verdicts = [
      // The oracle takes numbers and bigints for integers, whatever the mode.
      int64 === "mixed" ? subject.isRight(value) : isRight,
      validators.is(stem, value, asked),
      validators.issues(stem, value, asked).length === 0,
    ];
    if (verdicts.some((verdict) => verdict !== isRight)) {
      tally.disagreements.push(`${name}${what} should be ${isRight ? "right" : "wrong"}: ${verdicts.join()}`);
    }
  };
  const visited = new Set<string>();
  const visit = ({ what, isRight, value }: Mutation): void => {
    if (visited.has(what)) return;
    if (value !== undefined) tally.seen.add(value);
    visited.add(what);
    tally.mutations++;
    if (isRight[mode]) tally.harmless++;
    judge(what, isRight[mode]);
  };
  const values = new FullValues(int64, tally.seen);
  for (let count = 0, before = -1; count < limit && values.progress > before; count++) {
    before = values.progress;
    holder["value"] = subject.make(values);
    tally.values++;
    judge("", true);
    subject.mutate(holder, visit, int64);
  }
}

function subjectsOf(schema: Schema): readonly Subject[] {
  const names = allocateNames(schema);
  const stem = (...of: Parameters<typeof names.of>): string => names.of(...of).identifier.replace(/^is/, "");
  const types = [...schema.enums, ...schema.structs, ...schema.unions, ...schema.alternates];
  return [
    ...types.flatMap((type) => typeSubjects(type, stem(type, "is"))),
    ...schema.events.map((event) => eventSubject(event, stem(event, "is"))),
    ...schema.commands.map((command) => argumentsSubject(command, stem(command, "isArguments"))),
    ...schema.commands
      .filter(({ successResponse }) => successResponse)
      .map((command) => returnsSubject(command, stem(command, "isReturns"))),
  ];
}

/** A type by itself, with as little in it as can be: all of its parts are types that are tried, too. */
function typeSubjects(type: Enum | Struct | Union | Alternate, stem: string): readonly Subject[] {
  if (type.kind === "enum" && type.values.length === 0) return [];
  return (["strict", "tolerant"] as const).map((mode) => ({
    name: `${type.kind} ${type.name}, ${mode}`,
    stem,
    mode,
    needsMode: true,
    make: (values) => values.of(type, 1),
    mutate(holder, visit, int64) {
      new Mutations(int64, visit).ofValue(holder, "value", type, "");
    },
    isRight: (value) => isOfType(value, type, mode),
  }));
}

function eventSubject(event: Event, stem: string): Subject {
  const data = hasMembers(event.arguments) ? event.arguments : undefined;
  return {
    name: `event ${event.name}`,
    stem,
    mode: "tolerant",
    needsMode: false,
    make: (values) => ({
      event: event.name,
      ...(data !== undefined && { data: values.ofObjectType(data, DEPTH) }),
      timestamp: { seconds: 1750000000, microseconds: -1 },
    }),
    mutate(holder, visit, int64) {
      // The time is not of the schema: its integers are numbers whatever others are.
      const envelope = new Mutations("number", visit);
      envelope.ofValue(holder, "value", ENVELOPE, "");
      const { value } = holder;
      if (!isHolder(value)) return;
      value["event"] = "NO_SUCH_EVENT";
      visit({ what: ".event: another one", isRight: { strict: false, tolerant: false } });
      value["event"] = event.name;
      if (data === undefined) return;
      const whole = value["data"];
      Reflect.deleteProperty(value, "data");
      visit({ what: ".data: missing", isRight: { strict: false, tolerant: false } });
      value["data"] = whole;
      new Mutations(int64, visit).ofObjectValue(value, "data", data, ".data");
    },
    isRight: (value) => isOfEvent(value, event),
  };
}

/** What events have besides their data. */
const ENVELOPE = typeCalled(
  "Envelope",
  schemaOf(`
    { 'struct': 'Timestamp', 'data': { 'seconds': 'int', 'microseconds': 'int' } }
    { 'struct': 'Envelope', 'data': { 'event': 'str', 'timestamp': 'Timestamp' } }`),
);

function typeCalled(name: string, { structs }: Schema): Struct {
  const struct = structs.find((struct) => struct.name === name);
  if (struct === undefined) throw new Error(`there is no ${name}`);
  return struct;
}

function argumentsSubject(command: Command, stem: string): Subject {
  const type = command.arguments ?? NOTHING;
  return {
    name: `arguments ${command.name}`,
    stem,
    mode: "strict",
    needsMode: false,
    make: (values) => values.ofObjectType(type, DEPTH),
    mutate(holder, visit, int64) {
      new Mutations(int64, visit).ofObjectValue(holder, "value", type, "", !command.gen && hasMembers(type));
    },
    isRight: (value) => isOfArguments(value, command),
  };
}

function returnsSubject(command: Command, stem: string): Subject {
  const type = command.returns ?? NOTHING;
  return {
    name: `returns ${command.name}`,
    stem,
    mode: "tolerant",
    needsMode: false,
    make: (values) => values.of(type, DEPTH),
    mutate(holder, visit, int64) {
      new Mutations(int64, visit).ofValue(holder, "value", type, "");
    },
    isRight: (value) => isOfReturns(value, command),
  };
}

/** What commands take and return that say nothing of it. */
const NOTHING = typeCalled("Nothing", schemaOf("{ 'struct': 'Nothing', 'data': {} }"));

function hasMembers(type: ObjectType | undefined): type is ObjectType {
  return type !== undefined && (type.kind === "union" || type.allMembers.length > 0);
}

function isHolder(value: unknown): value is Holder {
  return typeof value === "object" && value !== null;
}
