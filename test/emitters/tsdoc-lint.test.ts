/** The documentation in the output is TSDoc, whatever the schema says. */
import { describe, expect, it } from "vitest";
import { DOCS_MODES } from "../../src/emit/options.js";
import { TSDOC_CONFIG } from "../../src/emit/tsdoc-config.js";
import { builtinEmitters } from "../../src/emitters/index.js";
import { emittedFiles } from "../support/emitted.js";
import { fixtureFiles } from "../support/fixtures.js";
import { tsdocWarnings } from "../support/lint-tsdoc.js";

const schemas: readonly (readonly [string, Record<string, string>])[] = [
  ["net", fixtureFiles("net")],
  ["tour", fixtureFiles("tour", "lamp.json")],
  ["ok", fixtureFiles("ok")],
  ["old/1.0", fixtureFiles("old", "1.0.json")],
  ["old/2.0", fixtureFiles("old", "2.0.json")],
  ["old/5.2", fixtureFiles("old", "5.2.json")],
  ["proposal", fixtureFiles("proposal")],
];

describe("eslint-plugin-tsdoc finds nothing in the output", () => {
  it.each(DOCS_MODES)("for all fixtures, with --docs %s", async (docs) => {
    const files = new Map<string, string>();
    for (const [name, schema] of schemas) {
      for (const [path, text] of emittedFiles(schema, builtinEmitters, { docs })) {
        // The linter takes the configuration of the directory that it works in.
        files.set(path === TSDOC_CONFIG.path ? path : `${name}/${path}`, text);
      }
    }
    expect(await tsdocWarnings(files)).toEqual([]);
  });

  it("thanks to the configuration that is part of it", async () => {
    const files = new Map(emittedFiles(fixtureFiles("net"), builtinEmitters));
    expect(files.delete(TSDOC_CONFIG.path)).toBe(true);
    const warnings = await tsdocWarnings(files);
    expect(warnings).toContainEqual(expect.stringMatching(/^types\/.*tsdoc-undefined-tag: .*@since/));
  });
});
