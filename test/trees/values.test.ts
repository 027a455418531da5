/**
 * What QEMU's schemas have on the wire: values of every event, of the arguments of every command and of what it returns are
 * accepted, and every change of one at one point gets the verdict that the schema demands.
 */
import { describe, expect, test } from "vitest";
import { runValidators } from "../support/run-validators.js";
import { partsOf, tryAll } from "../support/wire-subjects.js";
import { readSchema, roots } from "./schemas.js";

/** The releases whose schemas are tried; what earlier ones have is less. */
const RELEASES = /(^|\/)schemas\/qemu-(10\.2|7\.2)\//;

/** How many values are made of each event, of each command's arguments and results, at most. */
const LIMIT = 200;

describe.each(roots.filter(([name]) => RELEASES.test(name)))("%s", (_, path) => {
  test("values and all changes of them", async ({ annotate }) => {
    const schema = readSchema(path);
    const tally = tryAll(schema, await runValidators(schema), "mixed", LIMIT);
    expect(tally.disagreements).toEqual([]);
    const { values, mutations, harmless } = tally;
    await annotate(`${String(values)} values, ${String(mutations)} changes, ${String(harmless)} of them harmless`);
    const missed = [...partsOf(schema)].filter((part) => !tally.seen.has(part));
    expect(missed.map(({ name, parent }) => `${parent.kind} ${"name" in parent ? parent.name : ""}: ${name}`)).toEqual(
      [],
    );
  });
});
