/**
 * What the client and the server want to know of a schema: the type of the value `schema` that the compiler emits.
 */
import type { Shape } from "./shape.js";

/** A schema at run time. It is the value `schema` of generated code, where all of this is filled in. */
export interface Schema<Types extends SchemaTypes = SchemaTypes> {
  /** For the type checker alone: it is never there. */
  readonly types?: Types | undefined;
  /** How 64-bit integers are typed, and so what they are read as: the option `--int64`. */
  readonly int64: "mixed" | "bigint" | "number";
  /** What is unusual about definitions, by their names. */
  readonly metadata: ReadonlyMap<string, Metadata>;
  /** The names of all events. */
  readonly events: ReadonlySet<string>;
  /** The signals that have accessors of their own, by the names of these: see docs/signals.md. Absent: none. */
  readonly signals?: ReadonlyMap<string, SignalAccessor> | undefined;
  /** The validators, at once or loaded late: they are nearly all of the code. */
  readonly validators: () => SchemaValidators | Promise<SchemaValidators>;
}

/** The types of a schema, as generated code has them. */
export interface SchemaTypes {
  /** `Commands`: what each command takes and returns, by name. */
  readonly commands: object;
  /** `Events`, by name. */
  readonly events: object;
  /** `Executor`: something with a method `execute` that is typed by the commands. */
  readonly executor: object;
  /** `Signals`: what the accessor of each signal takes, and its event, by name. Absent: there are none. */
  readonly signals?: object;
}

/**
 * How a signal is got at: a command `NAME-connect` with the arguments of the accessor returns a tag, and one `NAME-disconnect` takes that.
 */
export interface SignalAccessor {
  /** The name of the event that the signal is. */
  readonly event: string;
  /** The names of the arguments. */
  readonly arguments: readonly string[];
}

/** What is unusual about a definition; most of it is about commands. */
export interface Metadata {
  readonly features?: readonly string[];
  /** Whether the command may be executed out of band. */
  readonly allowOob?: boolean;
  /** Whether the command may be executed before the machine is configured. */
  readonly allowPreconfig?: boolean;
  /** False: no reply comes when the command succeeds. */
  readonly successResponse?: boolean;
}

/** All validators of a schema. */
export interface SchemaValidators {
  readonly commands: ReadonlyMap<string, CommandValidators>;
  readonly events: ReadonlyMap<string, Validator>;
}

/** The validators of a command. */
export interface CommandValidators {
  /** Strict: what the schema does not know is refused. */
  readonly arguments: Validator;
  /** Tolerant: what a newer QEMU has added passes. */
  readonly returns: Validator;
}

/** Tells what is wrong with a value. It never throws. */
export interface Validator {
  (
    value: unknown,
    options?: { readonly maxIssues?: number | undefined },
  ): {
    /** Absent when the value is right. */
    readonly issues?: readonly Issue[] | undefined;
  };
  /** What the type is made of. */
  readonly shape: Shape;
}

/** One thing that is wrong with a value. */
export interface Issue {
  /** All of the below: `data.port: expected a string, received 4444`. */
  readonly message: string;
  /** Where: the keys and indices that lead there from the value. */
  readonly path: readonly (string | number)[];
  /** What should be there, in words. */
  readonly expected: string;
  /** What is there, in words. */
  readonly received: string;
}

/** The types of a schema. */
export type TypesOf<S extends Schema> = NonNullable<S["types"]>;
/** The map `Commands` of a schema. */
export type CommandsOf<S extends Schema> = TypesOf<S>["commands"];
/** The map `Events` of a schema. */
export type EventsOf<S extends Schema> = TypesOf<S>["events"];
/** The map `Signals` of a schema: without members where there are none. */
export type SignalsOf<S extends Schema> =
  TypesOf<S> extends { readonly signals: infer Signals extends object } ? Signals : object;
