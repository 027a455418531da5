/** What makes validators. */
import { SUPPORT, type SupportFile } from "./support-file.js";

export const VALIDATOR: SupportFile = {
  path: SUPPORT.validator,
  imports: {
    [SUPPORT.validation]: "type Check, type Issue, type Result, type ValidateOptions, type Validator",
    [SUPPORT.builtins]: "literal, timestamp",
    [SUPPORT.report]: "type Strictness, explain, passes",
    [SUPPORT.shape]: "type Members, type Shape, list, struct",
    [SUPPORT.strict]: "strictly",
  },
  text: () => TEXT,
};

const TEXT = `\
// What makes checks and validators. The calls are marked as pure, so that bundlers
// leave out what nobody uses.

/** The check of a type. */
export function check<T>(shape: Shape): Check<T> {
  return (value, mode): value is T =>
    passes(value, shape, mode === "tolerant" ? undefined : strictly);
}

/** Of what is sent. */
export function validator<T>(is: Check<T>, shape: Shape): Validator<T> {
  return make(is, shape, strictly);
}

type ReceivedCheck<T> = (value: unknown) => value is T;

/** Of what is received. */
export function receivedValidator<T>(
  is: ReceivedCheck<T>,
  shape: Shape,
): Validator<T> {
  return make(is, shape);
}

/**
 * Of a list that is received. It is looked through once: lists are long, and its
 * check would have to begin again to tell what is wrong.
 */
export function receivedListValidator<T>(element: Shape): Validator<T> {
  const type = list(element);
  return standard(type, (value: unknown, options?: Options): Result<T> => {
    const { maxIssues } = options?.libraryOptions ?? options ?? {};
    const issues = explain(value, type, false, maxIssues);
    return isRight<T>(value, issues) ? { value } : { issues };
  });
}

function isRight<T>(_: unknown, issues: readonly Issue[]): _ is T {
  return issues.length === 0;
}

/** Of an event whose data has these members. */
export function eventValidator<T>(
  is: ReceivedCheck<T>,
  name: string,
  data?: () => Members,
): Validator<T> {
  return make(is, event(name, data && struct(undefined, data)));
}

/** Of an event whose data has a type of its own. */
export function typedEventValidator<T>(
  is: ReceivedCheck<T>,
  name: string,
  data: Shape,
): Validator<T> {
  return make(is, event(name, data));
}

function event(name: string, data: Shape | undefined): Shape {
  return struct(undefined, () => ({
    event: literal(name),
    ...(data && { data }),
    timestamp,
  }));
}

/** Options as a function gets them, or a Standard Schema. */
interface Options extends ValidateOptions {
  readonly libraryOptions?: ValidateOptions | undefined;
}

function make<T>(
  is: Check<T>,
  shape: Shape,
  strictly?: Strictness,
): Validator<T> {
  return standard(shape, (value: unknown, options?: Options): Result<T> => {
    const { mode, maxIssues } = options?.libraryOptions ?? options ?? {};
    if (is(value, mode)) return { value };
    const strictness = mode === "tolerant" ? undefined : strictly;
    return { issues: explain(value, shape, true, maxIssues, strictness) };
  });
}

function standard<T>(
  shape: Shape,
  validate: (value: unknown, options?: Options) => Result<T>,
): Validator<T> {
  const properties = { version: 1, vendor: "qapi-codegen", validate } as const;
  return Object.assign(validate, { shape, "~standard": properties });
}`;
