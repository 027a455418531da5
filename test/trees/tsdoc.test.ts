/** The documentation that is made of whole trees is TSDoc: eslint-plugin-tsdoc has nothing to say about the output. */
import { expect, test } from "vitest";
import { emit } from "../../src/emit/emit.js";
import { DOCS_MODES } from "../../src/emit/options.js";
import { builtinEmitters } from "../../src/emitters/index.js";
import { tsdocWarnings } from "../support/lint-tsdoc.js";
import { readSchema, roots } from "./schemas.js";

test.each(roots)("%s", async (_, path) => {
  const schema = readSchema(path);
  for (const docs of DOCS_MODES) {
    const files = emit(schema, builtinEmitters, { docs });
    expect(await tsdocWarnings(new Map(files.map((file) => [file.path, file.text]))), docs).toEqual([]);
  }
});
