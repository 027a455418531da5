/** Whether a value from outside is a configuration, and all that is wrong where it is none. */
import { isObject } from "../build/is-object.js";
import { suggestion } from "../syntax/suggestion.js";
import { CHECKS, checkPath, expected, under, type Check } from "./checks.js";
import { unknownNames } from "./choose-emitters.js";
import type { Config, SharedConfig } from "./config.js";
import type { Mistake } from "./config-error.js";
import { keyOf, nameOf, SETTINGS, SETTINGS_BY_KEY, type Scope } from "./settings.js";

/** The keys that an object has, each with what its value must be. */
interface Form {
  readonly checks: ReadonlyMap<string, Check>;
  readonly required: readonly string[];
}

const CHECK_SCHEMA: Check = checkPath;
const SHARED = settingChecks("schema").filter(([key]) => key !== "output");
const OWN: readonly (readonly [string, Check])[] = [["schema", CHECK_SCHEMA], ...settingChecks("schema")];
const RUN = settingChecks("run");

/** One of several schemas. */
const ENTRY: Form = { checks: new Map(OWN), required: ["schema", "output"] };
const SINGLE: Form = { checks: new Map([...OWN, ...RUN]), required: ["schema", "output"] };
const SEVERAL: Form = { checks: new Map([...SHARED, ...RUN, ["schemas", () => []]]), required: ["schemas"] };
/** What stands in the place of options of each schema. */
const OPTIONS: Form = { checks: new Map(settingChecks("schema")), required: [] };

/** Whether `value` is a configuration; what is wrong with it is added to `mistakes`. */
export function isConfig(value: unknown, mistakes: Mistake[]): value is Config {
  return isFreeOf(configMistakes(value), mistakes);
}

function configMistakes(value: unknown): readonly Mistake[] {
  if (!isObject(value)) {
    const hint = typeof value === "function" ? "; call it" : "";
    return [{ path: [], message: `${expected("a configuration", value)}${hint}` }];
  }
  if (value instanceof Promise) {
    return [{ path: [], message: "expected a configuration, received a promise; await it" }];
  }
  if (value["schemas"] === undefined) return mistakesIn(value, SINGLE);
  return [...mistakesIn(value, SEVERAL), ...under("schemas", schemasMistakes(value))];
}

/** Whether nothing was found; what was is added to `mistakes`, one by one: spread, it might not fit on the stack. */
function isFreeOf(found: readonly Mistake[], mistakes: Mistake[]): boolean {
  for (const mistake of found) mistakes.push(mistake);
  return found.length === 0;
}

/** What can be said of each schema of a configuration. */
export type SchemaOptions = SharedConfig & { readonly output?: string };

/** Whether options of a schema are right; what is wrong with them is added to `mistakes`. */
export function isSchemaOptions(value: object, mistakes: Mistake[]): value is SchemaOptions {
  return isFreeOf(isObject(value) ? mistakesIn(value, OPTIONS) : [], mistakes);
}

function schemasMistakes({ schemas, emitter }: Readonly<Record<string, unknown>>): readonly Mistake[] {
  if (!Array.isArray(schemas)) return [{ path: [], message: expected("a list of schemas", schemas) }];
  return schemas.flatMap((schema: unknown, index) => {
    if (!isObject(schema)) return [{ path: [index], message: expected("a schema: { schema, output }", schema) }];
    return under(index, mistakesIn(schema, ENTRY, emitter !== undefined));
  });
}

/** @param hasOthers - Whether there are emitters of others in any case, whose names are known later. */
function mistakesIn(object: Readonly<Record<string, unknown>>, form: Form, hasOthers = false): readonly Mistake[] {
  const missing = form.required.filter((key) => object[key] === undefined);
  const knowsAll = !hasOthers && object["emitter"] === undefined;
  return [
    ...missing.map((key) => ({ path: [], message: `'${key}' is missing: ${WANTED[key] ?? key}` })),
    ...Object.entries(object).flatMap(([key, value]) => {
      const check = form.checks.get(key);
      if (check === undefined) return [{ path: [key], message: stray(key, form) }];
      // What is undefined is as good as absent: options that are computed often are.
      return value === undefined ? [] : under(key, check(value));
    }),
    ...(knowsAll ? under("emit", unknownNames(object["emit"], [])) : []),
  ];
}

/** What is meant by keys that have to be there. */
const WANTED: Readonly<Record<string, string>> = {
  schema: "which schema? A file or a directory",
  output: "where to? A directory",
};

/** What is said of a key that does not belong where it is. */
function stray(key: string, form: Form): string {
  const setting = SETTINGS_BY_KEY.get(key);
  if (setting?.scope === "command line") return `only the command line can say this: --${nameOf(key)}`;
  if (form === ENTRY && RUN.some(([name]) => name === key)) return "this is said once, beside 'schemas'";
  if (form === SEVERAL && ENTRY.required.includes(key)) return "this belongs into one of the 'schemas'";
  const near = suggestion(key, form.checks.keys());
  return `there is no such option${near === undefined ? "" : `; did you mean '${near}'?`}`;
}

function settingChecks(scope: Scope): readonly (readonly [string, Check])[] {
  return Object.entries(SETTINGS).flatMap(([name, setting]) =>
    setting.scope === scope ? [[keyOf(name), (value: unknown) => CHECKS[setting.kind](value, setting)] as const] : [],
  );
}
