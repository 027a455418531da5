/**
 * The JSON Schemas against the generated validators, by a program that knows neither: random values on the wire, and random
 * values with one change, get the same verdict from both.
 *
 * Left out is what `JSON.parse` cannot hold, integers from 2^53 on: JSON Schema has them exactly, a validator in JavaScript
 * never sees them as a number. And where a union may have no other members, ajv lets those pass that are called as what all
 * objects inherit: it looks for `constructor` in an object where it keeps the names that it has seen.
 */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { allocateNames, type Names, type Role } from "../../src/emit/naming.js";
import { jsonSchema } from "../../src/emitters/json-schema/json-schema.js";
import type { Definition, Schema } from "../../src/schema/schema.js";
import { emittedFiles } from "../support/emitted.js";
import { fixtureFiles } from "../support/fixtures.js";
import { schemaOf, type SchemaText } from "../support/harness.js";
import { runValidators, type Mode } from "../support/run-validators.js";
import { WireValues } from "../support/wire-values.js";

/** How many values of each kind each schema is tried with. */
const RIGHT = 15;
const CHANGED = 45;

/** A schema, the validator that should agree with it, and how to make right values for both. */
interface Subject {
  /** Its name in `$defs`. */
  readonly name: string;
  readonly stem: string;
  readonly mode: Mode;
  /** The mode that the validator must be told, if any. */
  readonly told?: Mode;
  readonly right: (values: WireValues) => unknown;
}

function subjectsOf(definition: Definition, names: Names): readonly Subject[] {
  const { name } = definition;
  const stem = (role: Role): string => names.of(definition, role).identifier.replace(/^is/, "");
  switch (definition.kind) {
    case "event": {
      const { arguments: data } = definition;
      const hasData = data !== undefined && (data.kind === "union" || data.allMembers.length > 0);
      return [
        {
          name,
          stem: stem("is"),
          mode: "tolerant",
          right: (values) => ({
            event: name,
            ...(hasData && { data: values.ofObjectType(data) }),
            timestamp: { seconds: 1, microseconds: -1 },
          }),
        },
      ];
    }
    case "command": {
      const { arguments: args, returns, successResponse } = definition;
      const ofArguments: Subject = {
        name: `${name}:arguments`,
        stem: stem("isArguments"),
        mode: "strict",
        right: (values) => (args === undefined ? {} : values.ofObjectType(args)),
      };
      const ofReturns: Subject = {
        name: `${name}:returns`,
        stem: stem("isReturns"),
        mode: "tolerant",
        right: (values) => (returns === undefined ? {} : values.of(returns)),
      };
      return successResponse ? [ofArguments, ofReturns] : [ofArguments];
    }
    default: {
      if (definition.kind === "enum" && definition.values.length === 0) return [];
      const modes: readonly Mode[] = ["strict", "tolerant"];
      return modes.map((mode) => ({
        name,
        stem: stem("is"),
        mode,
        told: mode,
        right: (values) => values.of(definition),
      }));
    }
  }
}

/** What a schema says in a mode, by the name in `$defs`. */
function compiled(text: SchemaText): (name: string, mode: Mode) => ValidateFunction {
  // What an object inherits is not on the wire.
  const ajv = new Ajv2020({ strict: true, ownProperties: true });
  const addresses = new Map<string, string>();
  for (const [path, file] of emittedFiles(text, [jsonSchema])) {
    const document: unknown = JSON.parse(file);
    if (typeof document !== "object" || document === null) throw new Error(`${path} is no object`);
    ajv.addSchema(document);
    if (!("$id" in document) || typeof document.$id !== "string") throw new Error(`${path} has no $id`);
    if (!("$defs" in document) || typeof document.$defs !== "object") continue;
    const mode = path.split("/")[1] ?? "";
    for (const name of Object.keys(document.$defs ?? {})) {
      addresses.set(`${mode} ${name}`, `${document.$id}#/$defs/${name}`);
    }
  }
  return (name, mode) => {
    const validate = ajv.getSchema(addresses.get(`${mode} ${name}`) ?? "");
    if (validate === undefined) throw new Error(`there is no ${name} in ${mode} mode`);
    return validate;
  };
}

/** The value as it would come out of a JSON text; nothing where it would come out as another one. */
function onTheWire(value: unknown): { readonly value: unknown } | undefined {
  if (value === undefined) return undefined;
  const inexact: unknown[] = [];
  const text = JSON.stringify(value, (_, part: unknown) => {
    const isBig = typeof part === "bigint";
    if (isBig || (Number.isInteger(part) && !Number.isSafeInteger(part))) inexact.push(part);
    return isBig ? String(part) : part;
  });
  return inexact.length > 0 ? undefined : { value: JSON.parse(text) };
}

describe.each(["ok", "net"])("the schemas of fixtures/%s", (folder) => {
  const text = fixtureFiles(folder);
  const schema: Schema = schemaOf(text);
  const names = allocateNames(schema);
  const subjects = schema.definitions.flatMap((definition) => subjectsOf(definition, names));

  it("say of a thousand values and more what the validators say", async () => {
    const validators = await runValidators(schema);
    const schemas = compiled(text);
    const counts = { right: 0, wrong: 0 };
    let seed = 0;
    for (const { name, stem, mode, told, right } of subjects) {
      const validate = schemas(name, mode);
      const values = new WireValues(seed++);
      for (let i = 0; i < RIGHT + CHANGED; i++) {
        const { value, path } = i < RIGHT ? { value: right(values), path: [] } : values.changed(right(values));
        const wire = path.at(-1) === "constructor" ? undefined : onTheWire(value);
        if (wire === undefined) continue;
        const isRight = validators.is(stem, wire.value, told);
        expect(validate(wire.value), `${name} ${mode} ${JSON.stringify(wire.value)}`).toBe(isRight);
        counts[isRight ? "right" : "wrong"]++;
      }
    }
    expect(counts.right).toBeGreaterThan(1000);
    expect(counts.wrong).toBeGreaterThan(1000);
  });
});
