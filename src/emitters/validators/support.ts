/**
 * The code that makes validators and what users see of it, as it is emitted.
 */

/** `validators/validation.ts`: what users of validators see besides the validators. */
export const VALIDATION = `\
/**
 * What a validator says of a value: the value itself, now with its type, or all
 * that is wrong with it.
 */
export type Result<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly Issue[]; readonly value?: undefined };

/** One thing that is wrong with a value. */
export interface Issue {
  /** Where: the keys and indices that lead there from the value. */
  readonly path: readonly (string | number)[];
  /** What should be there, in words. */
  readonly expected: string;
  /** What is there, in words. */
  readonly received: string;
}

/**
 * How to take what the schema does not know. Strict, for what is sent: unknown
 * members and unknown values of enumerations are refused. Tolerant, for what is
 * received: they pass, since a newer QEMU may have them.
 */
export type ValidationMode = "strict" | "tolerant";`;

/** `internal/validator.ts`: what makes validators. */
export const VALIDATOR = `\
import type { Result, ValidationMode } from "../validators/validation.js";
import { failure } from "./failure.js";
import {
  type Alternatives,
  type Described,
  type Members,
  type ObjectShape,
  type Shape,
  type Variants,
  object,
  union,
} from "./shape.js";

// What a validator is made of: a check that only says yes or no, and for the
// other case a description of the type. Calls are marked as pure, so that bundlers
// leave out the validators that nobody uses.

/** Validates; strict unless told otherwise. */
export interface Validator<T> extends Described {
  (value: unknown, mode?: ValidationMode): Result<T>;
}

/** Validates in the one mode that makes sense. */
export interface FixedValidator<T> extends Described {
  (value: unknown): Result<T>;
}

type Is<T> = (value: unknown, mode?: ValidationMode) => value is T;

export function enumValidator<T>(
  is: Is<T>,
  values: () => readonly string[],
): Validator<T> {
  return validator(is, () => ({ kind: "enum", values: values() }));
}

export function objectValidator<T>(
  is: Is<T>,
  members: () => Members,
): Validator<T> {
  return validator(is, () => object(members()));
}

export function unionValidator<T>(
  is: Is<T>,
  variants: () => Variants,
): Validator<T> {
  return validator(is, () => union(variants()));
}

export function alternateValidator<T>(
  is: Is<T>,
  types: () => Alternatives,
): Validator<T> {
  return validator(is, () => ({ kind: "alternate", types: types() }));
}

/** What is sent is always strict. */
export function argumentsValidator<T>(
  is: (value: unknown) => value is T,
  members: () => Members,
): FixedValidator<T> {
  return validator(is, () => object(members()));
}

/** The same for commands that take more than the schema says. */
export function openArgumentsValidator<T>(
  is: (value: unknown) => value is T,
  members: () => Members,
): FixedValidator<T> {
  return validator(is, () => object(members(), true));
}

/** The same, where the arguments have a type of their own. */
export function openTypeValidator<T>(
  is: (value: unknown) => value is T,
  type: () => Described,
): FixedValidator<T> {
  return validator(is, () => {
    const shape = type().shape();
    return shape.kind === "object" ? { ...shape, open: true } : shape;
  });
}

/** What is received is always tolerant. */
export function eventValidator<T>(
  is: (value: unknown) => value is T,
  name: string,
  data?: () => Members,
): FixedValidator<T> {
  return received(is, () => event(name, data && object(data())));
}

/** The same for an event whose data has a type of its own. */
export function typedEventValidator<T>(
  is: (value: unknown) => value is T,
  name: string,
  data: () => Described,
): FixedValidator<T> {
  return received(is, () => event(name, data()));
}

function event(name: string, data?: Described | ObjectShape): Shape {
  const event = { kind: "literal", value: name } as const;
  const timestamp = "timestamp";
  return object(
    data === undefined ? { event, timestamp } : { event, timestamp, data },
  );
}

function received<T>(
  is: (value: unknown) => value is T,
  describe: () => Shape,
): FixedValidator<T> {
  const validate = (value: unknown): Result<T> =>
    is(value) ? { value } : failure(value, validate);
  validate.shape = once(describe);
  return validate;
}

function validator<T>(is: Is<T>, describe: () => Shape): Validator<T> {
  const validate = (value: unknown, mode?: ValidationMode): Result<T> =>
    is(value, mode) ? { value } : failure(value, validate, mode ?? "strict");
  validate.shape = once(describe);
  return validate;
}

function once(describe: () => Shape): () => Shape {
  let shape: Shape | undefined;
  return () => (shape ??= describe());
}`;

/** `internal/empty.ts`: the validators of commands that take nothing or return nothing. */
export const EMPTY = `\
import type { Empty } from "../commands/executor.js";
import { isObject } from "./checks.js";
import { failure } from "./failure.js";
import { hasOnly, object } from "./shape.js";
import { type FixedValidator, argumentsValidator } from "./validator.js";
import type { Result } from "../validators/validation.js";

// The validators of commands that take nothing, or return an empty object.

export function isNoArguments(value: unknown): value is Empty {
  return isObject(value) && hasOnly(value, "strict", validateNoArguments);
}

export const validateNoArguments: FixedValidator<Empty> = argumentsValidator(
  isNoArguments,
  () => ({}),
);

export function isNoReturns(value: unknown): value is Empty {
  return isObject(value);
}

export function validateNoReturns(value: unknown): Result<Empty> {
  return isNoReturns(value) ? { value } : failure(value, object({}));
}`;
