/** The laws as data: each is told whole, shown by an example that breaks it and no other, and reported by something. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { lawOf, laws, stages } from "../../src/schema/laws/index.js";
import { rules } from "../../src/schema/rules/index.js";
import { findings } from "../support/harness.js";

/** What is about the disk, so that no schema in a string can show it. */
const WITHOUT_EXAMPLE = [
  "too-many-errors",
  "missing-schema",
  "unreadable-file",
  "include-outside",
  "schema-too-large",
  "too-many-members",
  "invalid-defines",
  "unmatched-selection",
  "emitter-failed",
  "output-busy",
  "output-conflict",
  "output-manifest",
  "output-stale",
  "output-unwritable",
];

/** The laws of the notation of the proposal of 2011, whose examples are in it, and what there is to say of its style. */
const OF_PROPOSAL = ["proposal-parts", "invalid-signal"];
const IS_PROPOSAL = ["proposal-command", "proposal-type"];

test.each(laws.map((law) => [law.id, law] as const))("%s is told in full sentences", (id, { law, why }) => {
  expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
  // One sentence: no other one begins within it.
  expect(law).toMatch(/^(?!.*[.!?] [A-Z])[A-Z0-9'].*\.$/);
  expect(why).toMatch(/^[A-Z0-9'].*\.$/);
});

const shown = laws.filter(({ id }) => !WITHOUT_EXAMPLE.includes(id));

describe.each(shown.map((law) => [law.id, law] as const))("%s", (id, { severity, bad = "", good = "" }) => {
  const allowed = OF_PROPOSAL.includes(id) ? IS_PROPOSAL : [];

  it("is broken by its bad example, which breaks no other", () => {
    const found = codesOf(bad).filter((code) => !allowed.includes(code));
    expect(new Set(found)).toEqual(new Set([id]));
    const unusable = findings(bad);
    if (severity === "style") expect(unusable).toEqual([]);
    else expect(unusable).not.toEqual([]);
  });

  it("is kept by its good example, as are all others", () => {
    expect(good).toMatch(/\n$/);
    expect(codesOf(good).filter((code) => !allowed.includes(code))).toEqual([]);
  });
});

function codesOf(text: string): readonly string[] {
  return findings(text, { style: true }).map((line) => /^[0-9:]* ?([a-z0-9-]+):/.exec(line)?.[1] ?? line);
}

test("the laws that have no example are those that cannot have one", () => {
  const without = laws.filter((law) => law.bad === undefined || law.good === undefined);
  expect(without.map(({ id }) => id)).toEqual(WITHOUT_EXAMPLE);
});

test("ids are unique, and each finds its law", () => {
  expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length);
  for (const law of laws) expect(lawOf(law.id)).toBe(law);
  expect(lawOf("constructor")).toBeUndefined();
});

test("every rule is a law, and laws are in the order of their stages", () => {
  for (const rule of rules) expect(laws).toContain(rule);
  const order = laws.map(({ stage }) => stages.indexOf(stage));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

describe("the sources", () => {
  const text = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/\blaws\b/.test(path))
    .map((path) => readFileSync(join("src", path), "utf8"))
    .join("\n");

  it("report nothing that is not against a law", () => {
    // As a property, or as the argument of a function that reports.
    const reports = text.matchAll(/(?:\bcode: |(?:wrongType|unique)\([^"{]*)"([a-z]+(?:-[a-z0-9]+)*)"/g);
    const codes = new Set([...reports].map(([, code = ""]) => code));
    expect(codes.size).toBeGreaterThan(40);
    expect([...codes].filter((code) => lawOf(code) === undefined)).toEqual([]);
  });

  it("know of every law", () => {
    expect(laws.map(({ id }) => id).filter((id) => !text.includes(`"${id}"`))).toEqual([]);
  });
});
