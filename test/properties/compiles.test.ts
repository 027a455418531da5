/** What `check` accepts, `generate` turns into TypeScript that compiles. */
import fc from "fast-check";
import { test } from "vitest";
import { defaultEmitters } from "../../src/emitters/index.js";
import { arbitrarySchema, type ArbitraryFiles } from "../support/arbitrary-schema.js";
import { compileErrors } from "../support/compile.js";
import { emittedFiles } from "../support/emitted.js";
import { parameters } from "../support/property.js";

/** How many schemas are compiled at once: starting the compiler takes longer than compiling one. */
const BATCH = 30;

test("what is generated of any schema compiles under the strictest options", () => {
  fc.assert(
    fc.property(fc.array(arbitrarySchema, { minLength: BATCH, maxLength: BATCH }), expectToCompile),
    // Shrinking a batch would run the compiler a hundred times; the failing schema is small enough to be looked at.
    parameters(4, { endOnFailure: true, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true }),
  );
});

function expectToCompile(schemas: readonly ArbitraryFiles[]): void {
  const files = new Map<string, string>();
  for (const [index, schema] of schemas.entries()) {
    for (const [path, text] of emittedFiles(schema, defaultEmitters)) files.set(`${String(index)}/${path}`, text);
  }
  const errors = compileErrors(files);
  const index = Number(errors[0]?.split("/")[0]);
  const schema = schemas[index];
  if (errors.length === 0) return;
  throw new Error(
    `${errors.filter((error) => error.startsWith(`${String(index)}/`)).join("\n")}\n\n${JSON.stringify(schema, undefined, 2)}`,
  );
}
