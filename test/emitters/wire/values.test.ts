/** Every value that the fixtures have on the wire is accepted, and every change of one at one point gets its verdict. */
import { describe, expect, test } from "vitest";
import { fixtureFiles, okRoots } from "../../support/fixtures.js";
import { schemaOf } from "../../support/harness.js";
import { runValidators } from "../../support/run-validators.js";
import { partsOf, tryAll } from "../../support/wire-subjects.js";

const SCHEMAS = [
  ["net", fixtureFiles("net")],
  ...okRoots.map((root) => [`ok/${root}`, fixtureFiles("ok", root)] as const),
] as const;

describe.each(["mixed", "bigint", "number"] as const)("with 64-bit integers in the mode %s", (int64) => {
  test.each(SCHEMAS)("%s", async (_, files) => {
    const schema = schemaOf(files);
    const tally = tryAll(schema, await runValidators(schema, { int64 }), int64, 50);
    expect(tally.disagreements).toEqual([]);
    // What has no value is no part of one.
    const missed = partsOf(schema).filter((part) => !tally.seen.has(part));
    expect(missed.map(({ name }) => name)).toEqual([]);
  });
});
