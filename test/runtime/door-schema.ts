/** A schema as small as can be, as the compiler would emit it, but made by hand: what the client's tests need of one. */
import type { Schema, Validator } from "../../src/runtime/schema.js";
import type { Shape } from "../../src/runtime/shape.js";

/** What the compiler would make of it. */
export interface DoorSchema {
  readonly commands: {
    "query-door": { arguments?: Empty; returns: Door };
    "open-door": { arguments: { door: string; width?: number | bigint }; returns: Empty };
    ring: { arguments?: Empty; returns: Empty; oob: true };
    leave: { arguments?: Empty; returns: undefined; successResponse: false };
    quit: { arguments?: Empty; returns: Empty };
  };
  readonly events: {
    DOOR_OPENED: DoorOpenedEvent;
    RANG: { event: "RANG"; timestamp: Timestamp };
    SHUTDOWN: { event: "SHUTDOWN"; data: { guest: boolean; reason: string }; timestamp: Timestamp };
  };
  readonly executor: Executor;
}

type Empty = Record<string, never>;

interface Door {
  state: string;
}

interface Timestamp {
  seconds: number;
  microseconds: number;
}

/** An event. */
export interface DoorOpenedEvent {
  event: "DOOR_OPENED";
  data: { door: string; width: number | bigint; by?: { name: string } };
  timestamp: Timestamp;
}

type Commands = DoorSchema["commands"];

interface Options {
  signal?: AbortSignal | undefined;
  timeout?: number | undefined;
}

interface Executor {
  execute<Name extends keyof Commands>(
    command: Name,
    ...parameters: Commands[Name] extends { arguments: infer Arguments }
      ? [args: Arguments, options?: Options]
      : [
          args?: Commands[Name]["arguments"] | undefined,
          options?: Commands[Name] extends { oob: true } ? Options & { oob?: boolean | undefined } : Options,
        ]
  ): Promise<Commands[Name]["returns"]>;
}

/** A string. */
export const str: Shape = { kind: "simple", name: "str" };
const int: Shape = { kind: "simple", name: "int64" };
const bool: Shape = { kind: "simple", name: "bool" };

/** An object with members; those with an asterisk are optional. */
export function struct(members: Readonly<Record<string, Shape>>): Shape {
  return { kind: "struct", describe: () => members };
}

/** A validator that knows the types of members and nothing more. */
export function validator(shape: Shape, what: "arguments" | "received" = "received"): Validator {
  const validate = (value: unknown): { readonly issues?: readonly ReturnType<typeof issue>[] } => {
    const issues = issuesOf(value, shape, what === "arguments", []);
    return issues.length > 0 ? { issues } : {};
  };
  return Object.assign(validate, { shape });
}

type Path = readonly (string | number)[];

function issuesOf(value: unknown, shape: Shape, strict: boolean, path: Path): ReturnType<typeof issue>[] {
  if (shape.kind === "simple") return fits(value, shape.name) ? [] : [issue(path, shape.name, value)];
  if (shape.kind !== "struct") return [];
  if (typeof value !== "object" || value === null) return [issue(path, "an object", value)];
  const members = Object.entries(shape.describe()).map(([key, type]) => [key.replace("*", ""), type, key] as const);
  const issues = members.flatMap(([name, type, key]) => {
    const part: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
    return part === undefined && key !== name ? [] : issuesOf(part, type, strict, [...path, name]);
  });
  if (!strict) return issues;
  const others = Object.keys(value).filter((name) => members.every(([known]) => known !== name));
  return [...issues, ...others.map((name) => issue([...path, name], "nothing", "something"))];
}

function fits(value: unknown, name: string): boolean {
  if (name === "int64") return typeof value === "bigint" || Number.isSafeInteger(value);
  if (name === "literal" || name === "timestamp") return true;
  return typeof value === (name === "str" ? "string" : "boolean");
}

function issue(path: Path, expected: string, value: unknown) {
  const received = String(value);
  return { message: `${path.join(".")}: expected ${expected}, received ${received}`, path, expected, received };
}

const nothing = struct({});
const none = { arguments: validator(nothing, "arguments"), returns: validator(nothing) };

/** An event with data, or without. */
export function event(data?: Shape): Validator {
  return validator(struct({ event: { kind: "simple", name: "literal" }, ...(data === undefined ? {} : { data }) }));
}

/** The schema of a door. */
export const door: Schema<DoorSchema> = {
  int64: "mixed",
  metadata: new Map([
    ["ring", { allowOob: true }],
    ["leave", { successResponse: false }],
  ]),
  events: new Set(["DOOR_OPENED", "RANG", "SHUTDOWN"]),
  validators: () =>
    Promise.resolve({
      commands: new Map([
        ["query-door", { arguments: none.arguments, returns: validator(struct({ state: str })) }],
        [
          "open-door",
          { arguments: validator(struct({ door: str, "*width": int }), "arguments"), returns: none.returns },
        ],
        ["ring", none],
        ["leave", none],
        ["quit", none],
      ]),
      events: new Map([
        ["DOOR_OPENED", event(struct({ door: str, width: int, "*by": struct({ name: str }) }))],
        ["RANG", event()],
        ["SHUTDOWN", event(struct({ guest: bool, reason: str }))],
      ]),
    }),
};
