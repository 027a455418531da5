/** A selection is the least part of a schema that has what was asked for and is a schema. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../../src/schema/check.js";
import { memoryHost } from "../../src/schema/host.js";
import { load, type LoadResult } from "../../src/schema/load.js";
import { arbitrarySchema } from "../support/arbitrary-schema.js";
import { parameters } from "../support/property.js";

test("of any schema, it has all that it refers to, and nothing that it could do without", () => {
  fc.assert(
    fc.property(arbitrarySchema, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (files, picks) => {
      const loaded = load(Object.keys(files)[0] ?? "", memoryHost(files));
      const all = check(loaded).schema?.definitions.map(({ name }) => name) ?? [];
      fc.pre(all.length > 0);
      const only = picks.map((pick) => all[pick % all.length] ?? "");
      const names = new Set(check(loaded, { only }).schema?.definitions.map(({ name }) => name));
      for (const name of only) expect(names).toContain(name);
      expect(check(part(loaded, names)).diagnostics).toEqual([]);
      for (const name of names) {
        if (only.includes(name)) continue;
        const fewer = new Set([...names].filter((other) => other !== name));
        expect(check(part(loaded, fewer)).diagnostics, `without ${name}`).not.toEqual([]);
      }
    }),
    parameters(200),
  );
});

/** What was loaded, without the definitions whose names are not among `names`. */
function part({ tree, diagnostics }: LoadResult, names: ReadonlySet<string>): LoadResult {
  const files = tree.files.map((file) => ({
    ...file,
    node: {
      ...file.node,
      entries: file.node.entries.filter((entry) => !("name" in entry) || names.has(entry.name.text)),
    },
  }));
  return { tree: { ...tree, files }, diagnostics };
}
