/** Generated code knows of its schema what compare wants to know. */
import { describe, expect, test } from "vitest";
import { compare } from "../../../src/runtime/introspection/compare.js";
import { fixtureFiles, okRoots } from "../../support/fixtures.js";
import { schemaOf } from "../../support/harness.js";
import { modelValidators } from "../../support/model-shapes.js";
import { runSchema } from "../../support/run-schema.js";
import { introspectionOf, introspectionOfModel } from "./introspections.js";

const FIXTURES: readonly (readonly [folder: string, root: string])[] = [
  ["net", "qapi-schema.json"],
  ["tour", "lamp.json"],
  ["proposal", "qapi-schema.json"],
  ...okRoots.map((root) => ["ok", root] as const),
];

/** The tour, a year later. */
const CHANGES: readonly (readonly [before: string, after: string])[] = [
  ["'steady', ", "'steady', 'rainbow', "],
  ["'*pause': 'uint32'", "'pause': 'str', 'count': 'int'"],
  ["'name': 'str', 'mix'", "'mix'"],
  ["'heat': 'number' }", "}"],
];

describe("generated validators compare as the model does", () => {
  test.each(FIXTURES)("%s/%s", async (folder, root) => {
    const model = schemaOf(fixtureFiles(folder, root));
    const { schema } = await runSchema(model);
    const validators = await schema.validators();
    const own = introspectionOfModel(model);
    expect(compare(validators, own)).toEqual(compare(modelValidators(model), own));
    const other = introspectionOf(fixtureFiles("ok", "union.json"));
    expect(compare(validators, other)).toEqual(compare(modelValidators(model), other));
  });

  test("what has changed", async () => {
    const [text = ""] = Object.values(fixtureFiles("tour", "lamp.json"));
    const { schema } = await runSchema(schemaOf(text));
    let changed = text;
    for (const [before, after] of CHANGES) {
      expect(changed).toContain(before);
      changed = changed.replace(before, after);
    }
    expect(compare(await schema.validators(), introspectionOf(changed))).toEqual({
      missing: ["LAMP_FAILED/arg-type/heat"],
      added: ["lamp-set/arg-type/mode=rainbow", "lamp-set/arg-type/mode=blink/count"],
      changed: [
        { path: "lamp-set/arg-type/mode=blink/pause", schema: "optional", qemu: "required" },
        { path: "lamp-set/arg-type/mode=blink/pause", schema: "an integer", qemu: "a string" },
        { path: "lamp-paint/arg-type/color", schema: "a string or an object", qemu: "an object" },
        { path: "lamp-paint/arg-type/color/blue", schema: "optional", qemu: "required" },
      ],
    });
  });
});
