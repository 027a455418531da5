/** What users of validators see besides the validators. */
import { SUPPORT, type SupportFile } from "./support-file.js";

export const VALIDATION: SupportFile = {
  path: SUPPORT.validation,
  imports: { [SUPPORT.shape]: "type Shape" },
  text: () => TEXT,
};

const TEXT = `\
/**
 * How to take what the schema does not know. Strict, for what is sent: unknown
 * members and unknown values of enumerations are refused, and so is what JSON
 * does not have. Tolerant, for what is received: both pass, since a newer QEMU
 * may have them.
 *
 * Strictly, an object is a plain one, and its members are those that
 * \`JSON.stringify\` writes: its own, enumerable, not undefined. Tolerantly, it is
 * anything with members that read as the schema says, wherever they come from.
 */
export type ValidationMode = "strict" | "tolerant";

/** How to validate. */
export interface ValidateOptions {
  /** Default: strict. Events and returns are received, so always tolerant. */
  readonly mode?: ValidationMode | undefined;
  /** After how many issues to stop, at least 1. Default: 100. */
  readonly maxIssues?: number | undefined;
}

/** The value itself, now with its type, or what is wrong with it. */
export type Result<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly Issue[]; readonly value?: undefined };

/** One thing that is wrong with a value. */
export interface Issue {
  /** All of the below: \`data.port: expected a string, received 4444\`. */
  readonly message: string;
  /** Where: the keys and indices that lead there from the value. */
  readonly path: readonly (string | number)[];
  /** What should be there, in words. */
  readonly expected: string;
  /** What is there, in words. */
  readonly received: string;
}

/**
 * Tells whether a value is of a type; strictly, if not told otherwise. It never
 * throws, whatever the value is, and allocates nothing.
 */
export type Check<T> = (value: unknown, mode?: ValidationMode) => value is T;

/**
 * Tells what is wrong with a value, which it neither changes nor copies. It never
 * throws, whatever the value is. It is also a Standard Schema, so libraries that
 * take those take it: https://standardschema.dev.
 */
export interface Validator<T> {
  (value: unknown, options?: ValidateOptions): Result<T>;
  /** What the type is made of, for code that goes through its values. */
  readonly shape: Shape;
  readonly "~standard": StandardSchema<T>;
}

/** What version 1 of Standard Schema asks for. */
export interface StandardSchema<T> {
  readonly version: 1;
  readonly vendor: "qapi-codegen";
  /** Options of the library are those of {@link ValidateOptions}. */
  readonly validate: (
    value: unknown,
    options?: { readonly libraryOptions?: object | undefined },
  ) => Result<T>;
  /** For the type checker alone: it is never there. */
  readonly types?: { readonly input: T; readonly output: T } | undefined;
}

/** Tells whether a value, perhaps from a newer QEMU, is one of the schema's. */
export type KnownTest<T extends string> = (value: string) => value is T;`;
