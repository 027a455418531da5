/** Validators as people use them: options, Standard Schema, tests for known values, types. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { beforeAll, describe, expect, it } from "vitest";
import type { EmitOptions } from "../../src/emit/options.js";
import { defaultEmitters } from "../../src/emitters/index.js";
import { compileErrors } from "../support/compile.js";
import { emittedFiles } from "../support/emitted.js";
import { schemaOf } from "../support/harness.js";
import { runValidators, type Validators } from "../support/run-validators.js";

const TEXT = `
  { 'enum': 'E', 'data': [ 'a', 'b' ] }
  { 'struct': 'S', 'data': { 'id': 'str', 'l': ['int'], '*e': 'E', '*t': 'QType' } }
  { 'event': 'CHANGED', 'data': 'S' }
  { 'command': 'change', 'data': 'S', 'returns': ['S'] }
  { 'command': 'stop' }`;

let v: Validators;
beforeAll(async () => {
  v = await runValidators(schemaOf(TEXT));
});

describe("issues", () => {
  const wrong = { id: 1, l: new Array<unknown>(500).fill("x") };

  it("are a hundred at most", () => {
    expect(v.issues("S", wrong)).toHaveLength(100);
  });
  it.each([
    [1, 1],
    [2.5, 3],
    [400, 400],
    [Infinity, 501],
    [0, 1],
    [-1, 1],
    [Number.NaN, 1],
  ])("are so many as are asked for: %d", (maxIssues, count) => {
    expect(v.issues("S", wrong, "strict", maxIssues)).toHaveLength(count);
  });
  it("have a message that says all of it", () => {
    expect(v.issues("S", { id: "x", l: [1, "y"] })).toEqual([
      {
        message: 'l[1]: expected an integer from -2^63 to 2^63 - 1, not rounded, received "y"',
        path: ["l", 1],
        expected: "an integer from -2^63 to 2^63 - 1, not rounded",
        received: '"y"',
      },
    ]);
  });
});

describe("known values", () => {
  function known(name: string, value: string): unknown {
    const test = v.get(name);
    return typeof test === "function" ? Reflect.apply(test, undefined, [value]) : undefined;
  }
  it("are those of the schema", () => {
    expect(["a", "b", "c", ""].map((value) => known("knownE", value))).toEqual([true, true, false, false]);
    expect(["qdict", "none", "x"].map((value) => known("knownQType", value))).toEqual([true, true, false]);
  });
  it("of QType are there only where something is of it", async () => {
    const others = await runValidators(schemaOf("{ 'enum': 'E', 'data': [ 'a' ] }"));
    expect(others.has("knownE")).toBe(true);
    expect(others.has("knownQType")).toBe(false);
  });
});

/** What a library does with any Standard Schema. */
async function standardValidate<Schema extends StandardSchemaV1>(
  schema: Schema,
  input: unknown,
  libraryOptions?: Record<string, unknown>,
): Promise<StandardSchemaV1.InferOutput<Schema>> {
  const result = await schema["~standard"].validate(input, { libraryOptions });
  if (result.issues === undefined) return result.value;
  throw new Error(result.issues.map(({ message }) => message).join("\n"));
}

function isStandardSchema(value: unknown): value is StandardSchemaV1 {
  return typeof value === "function" && "~standard" in value;
}

describe("as a Standard Schema", () => {
  function schemaCalled(name: string): StandardSchemaV1 {
    const schema = v.get(name);
    if (!isStandardSchema(schema)) throw new Error(`${name} is none`);
    return schema;
  }
  const value = { id: "x", l: [1] };

  it.each(["S", "E", "ChangedEvent", "ChangeArguments", "ChangeReturns", "StopArguments", "StopReturns"])(
    "validate%s says who made it",
    (stem) => {
      const { version, vendor } = schemaCalled(`validate${stem}`)["~standard"];
      expect([version, vendor]).toEqual([1, "qapi-codegen"]);
    },
  );
  it("gives back the value, or issues", async () => {
    const schema = schemaCalled("validateS");
    expect(await standardValidate(schema, value)).toBe(value);
    await expect(standardValidate(schema, { id: 1, l: [1] })).rejects.toThrow("id: expected a string, received 1");
    await expect(standardValidate(schemaCalled("validateChangeReturns"), [1])).rejects.toThrow("[0]: expected");
  });
  it("takes the options of the validator", async () => {
    const schema = schemaCalled("validateS");
    const newer = { ...value, new: 1 };
    await expect(standardValidate(schema, newer)).rejects.toThrow("new: expected no member of this name");
    expect(await standardValidate(schema, newer, { mode: "tolerant" })).toBe(newer);
    const wrong = standardValidate(schema, { id: 1, l: ["x"] }, { maxIssues: 1 });
    await expect(wrong).rejects.toThrow(/^id: [^\n]*$/);
  });
});

describe("the types", () => {
  const spec = readFileSync(
    createRequire(import.meta.url)
      .resolve("@standard-schema/spec")
      .replace(/\.c?js$/, ".d.ts"),
    "utf8",
  );

  function errorsOf(code: string, options?: EmitOptions): readonly string[] {
    const files = new Map(emittedFiles(TEXT, defaultEmitters, options));
    files.set("spec.d.ts", spec);
    files.set("use.ts", code);
    return compileErrors(files, { only: "use.ts" });
  }

  it("are those that libraries ask for", () => {
    const code = `
      import type { StandardSchemaV1 } from "./spec.d.ts";
      import { validateS, validateChangedEvent, validateChangeReturns, type S, type ChangedEvent } from "./index.js";
      export function use<Schema extends StandardSchemaV1>(_: Schema): StandardSchemaV1.InferOutput<Schema> {
        throw new Error();
      }
      export const s: S = use(validateS);
      export const event: ChangedEvent = use(validateChangedEvent);
      export const list: S[] = use(validateChangeReturns);
      export const schema: StandardSchemaV1<S, S> = validateS;
      // @ts-expect-error: it is an S.
      export const wrong: number = use(validateS);`;
    expect(errorsOf(code)).toEqual([]);
  });
  it("narrow what is validated", () => {
    const code = `
      import { isS, isChangedEvent, knownE, validateS, type S, type E, type Result, type ChangedEvent } from "./index.js";
      export function f(value: unknown, text: string): S | E | undefined {
        if (isS(value, "tolerant")) return value;
        if (knownE(text)) return text;
        const result: Result<S> = validateS(value, { mode: "strict", maxIssues: 3 });
        return result.issues ? undefined : result.value;
      }
      export const events = (all: readonly unknown[]): ChangedEvent[] => all.filter(isChangedEvent);
      export const known = (all: readonly string[]): E[] => all.filter(knownE);
      // @ts-expect-error: there are two modes.
      validateS({}, { mode: "loose" });`;
    expect(errorsOf(code)).toEqual([]);
  });
});

describe("the support code", () => {
  it.each([".js", ".ts", "none"] as const)("is imported with %s as all else is", (importExtension) => {
    for (const [path, text] of emittedFiles(TEXT, defaultEmitters, { importExtension })) {
      for (const [, specifier = ""] of text.matchAll(/ from "([^"]*)"/g)) {
        expect(specifier, path).toMatch(importExtension === "none" ? /\/[\w-]+$/ : new RegExp(`\\${importExtension}$`));
      }
    }
  });
});
