/** The validators of commands that take nothing or return nothing. */
import { SUPPORT, type SupportFile } from "./support-file.js";

export const EMPTY: SupportFile = {
  path: SUPPORT.empty,
  imports: {
    "commands/executor.ts": "type Empty",
    [SUPPORT.checks]: "isObject",
    [SUPPORT.shape]: "type Shape, struct",
    [SUPPORT.validator]: "check, receivedValidator, validator",
    [SUPPORT.validation]: "type Check, type Validator",
  },
  text: () => TEXT,
};

const TEXT = `\
// The validators of commands that take nothing, or return an empty object.

const EmptyShape: Shape = /* @__PURE__ */ struct(isObject, () => ({}));

export const isNoArguments: Check<Empty> = /* @__PURE__ */ check(EmptyShape);

export const validateNoArguments: Validator<Empty> = /* @__PURE__ */ validator(
  isNoArguments,
  EmptyShape,
);

export function isNoReturns(value: unknown): value is Empty {
  return isNoArguments(value, "tolerant");
}

export const validateNoReturns: Validator<Empty> =
  /* @__PURE__ */ receivedValidator(isNoReturns, EmptyShape);`;
