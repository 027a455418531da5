import { describe, expect, test } from "vitest";
import { print } from "../../src/schema/print.js";
import type { Schema } from "../../src/schema/schema.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { schemaOf } from "../support/harness.js";
import { plainModel } from "../support/plain-model.js";

function printed(schema: Schema): Record<string, string> {
  return Object.fromEntries(print(schema));
}

describe("what is printed of a model is read as that model", () => {
  test.each(okRoots)("%s", (root) => {
    const schema = schemaOf(fixtureFiles("ok", root));
    const again = schemaOf(printed(schema));
    expect(again.modules.map(({ name }) => name)).toEqual(schema.modules.map(({ name }) => name));
    expect(plainModel(again)).toEqual(plainModel(schema));
    expect(printed(again)).toEqual(printed(schema));
  });
});
