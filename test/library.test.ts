/** What the library exports. */
import { expect, it } from "vitest";
import * as emitterInterface from "../src/emit/index.js";
import * as library from "../src/index.js";
import * as model from "../src/schema/schema.js";

it("has all that our own emitters use, so that emitters of others can do the same", () => {
  const exported = new Set([...Object.keys(library), ...Object.keys(library.layout)]);
  const used = [...Object.keys(emitterInterface), ...Object.keys(model)];
  expect(used).toContain("defineEmitter");
  expect(used.filter((name) => !exported.has(name))).toEqual([]);
});

it("has the emitters by their names", () => {
  for (const [name, emitter] of Object.entries(library.emitters)) expect(emitter.name).toBe(name);
  expect(library.builtinEmitters).toEqual(expect.arrayContaining([...library.defaultEmitters]));
});
