/** What the values of options must be, one check for each kind. */
import { emitterProblem } from "../build/load-emitter.js";
import { isObject } from "../build/is-object.js";
import { isManual } from "../emit/manual.js";
import type { Mistake } from "./config-error.js";
import type { Kind, Setting } from "./settings.js";

/** What is wrong with a value; the paths of mistakes begin in it. */
export type Check = (value: unknown) => readonly Mistake[];

/** The checks of all kinds of values. */
export const CHECKS: Readonly<Record<Kind, (value: unknown, setting: Setting) => readonly Mistake[]>> = {
  path: checkPath,
  paths: (value) => checkList(value, checkPath, "a path or a list of paths"),
  names: (value) => checkList(value, checkName, "a name or a list of names"),
  modules: (value) => checkList(value, checkModule, "an emitter or a list of emitters"),
  defines: checkDefines,
  choice: (value, { choices = [""] }) =>
    checkThat(
      choices.some((one) => one === value),
      choiceText(choices),
      value,
    ),
  prefix: (value) =>
    checkThat(
      typeof value === "string" && /^[A-Za-z][A-Za-z0-9_]*$/.test(value),
      "what can begin an identifier, a letter, then letters, digits and '_'",
      value,
    ),
  manual: (value) =>
    checkThat(typeof value === "string" && isManual(value), `the address of a page, https://..., or "none"`, value),
  switch: (value) => checkThat(typeof value === "boolean", "true or false", value),
};

/** What is wrong with a value that should be a path. */
export function checkPath(value: unknown): readonly Mistake[] {
  return checkThat(isText(value) && !value.includes("\0"), "a path", value);
}

function checkName(value: unknown): readonly Mistake[] {
  return checkThat(isText(value) && value.split(",").every((name) => name.trim() !== ""), "a name", value);
}

function checkModule(value: unknown): readonly Mistake[] {
  if (!isObject(value)) return checkThat(isText(value), "a path, the name of a package, or an emitter", value);
  const problem = emitterProblem(value);
  return problem === undefined ? [] : [{ path: [], message: `this is no emitter: ${problem}` }];
}

function checkDefines(value: unknown): readonly Mistake[] {
  if (!isObject(value)) return checkThat(false, "build options, { NAME: true or false }", value);
  return Object.entries(value).flatMap(([name, isOn]) => {
    const wellNamed = checkThat(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name), "a name of letters, digits and '_'", name);
    return under(name, [
      ...wellNamed,
      ...(isOn === undefined ? [] : checkThat(typeof isOn === "boolean", "true or false", isOn)),
    ]);
  });
}

function checkList(value: unknown, check: Check, what: string): readonly Mistake[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => under(index, check(one)));
  return typeof value === "string" || isObject(value) ? check(value) : checkThat(false, what, value);
}

function checkThat(holds: boolean, what: string, value: unknown): readonly Mistake[] {
  return holds ? [] : [{ path: [], message: expected(what, value) }];
}

/** Mistakes as seen from outside of the value that has them. */
export function under(key: string | number, mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.map(({ path, message }) => ({ path: [key, ...path], message }));
}

/** `expected "a", "b" or "c", received 5` */
export function expected(what: string, value: unknown): string {
  return `expected ${what}, received ${received(value)}`;
}

const LONG = 60;

function received(value: unknown): string {
  if (typeof value === "string") return value.length > LONG ? "a long text" : JSON.stringify(value);
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** `"a", "b" or "c"` */
function choiceText(choices: readonly string[]): string {
  const quoted = choices.map((choice) => JSON.stringify(choice));
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`;
}
