import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { compareCase, readCases } from "../../conformance/cases.js";
import { compareRelease, compareSchemas } from "../../conformance/trees.js";

const root = mkdtempSync(join(tmpdir(), "conformance-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Writes files below a new folder and returns its path. */
function folder(name: string, files: Readonly<Record<string, unknown>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, path)), { recursive: true });
    writeFileSync(join(root, name, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return join(root, name);
}

const GOOD = "{ 'enum': 'Good', 'data': [ 'a' ] }\n";
const BAD = "# bad\n{ 'enum': 'bad', 'data': [ 'a' ] }\n";
const DUMP = {
  format: 1,
  reference: "10.2.2",
  root: "qapi-schema.json",
  pragma: {
    "doc-required": false,
    "command-name-exceptions": [],
    "command-returns-exceptions": [],
    "documentation-exceptions": [],
    "member-name-exceptions": [],
  },
  modules: [
    {
      name: "qapi-schema.json",
      arrays: [],
      entities: [
        {
          kind: "enum",
          name: "Good",
          line: 1,
          if: null,
          features: [],
          doc: null,
          prefix: null,
          members: [{ name: "a", if: null, features: [] }],
        },
      ],
    },
  ],
  docs: [],
};

/** `verdicts right`, or what is wrong. */
function outcome(results: ReturnType<typeof compareCase>): readonly string[] {
  return results.map(({ measure, difference }) => `${measure} ${difference ?? "right"}`);
}

it("compares verdicts, places and dumps of cases", () => {
  const dump = { ...DUMP, root: "good.json", modules: [{ ...DUMP.modules[0], name: "good.json" }] };
  const directory = folder("edge", {
    "cases/good.json": GOOD,
    "cases/bad.json": BAD,
    "cases/elsewhere.json": BAD,
    "cases/accepted.json": BAD,
    "cases/refused.json": GOOD,
    "cases/crash.json": BAD,
    "dumps/good.json": dump,
    "expected.json": {
      good: { ok: true },
      bad: { ok: false, file: "bad.json", line: 2, message: "no" },
      elsewhere: { ok: false, file: "elsewhere.json", line: 1, message: "no" },
      accepted: { ok: true },
      refused: { ok: false, file: "refused.json", line: 1, message: "no" },
      missing: { ok: false, file: null, line: null, message: "no" },
      crash: { ok: false, crash: "KeyError" },
    },
  });
  const outcomes = Object.fromEntries(
    readCases(directory).map((item) => [item.name, outcome(compareCase(item, "edge"))]),
  );
  expect(outcomes).toEqual({
    good: ["verdicts right", "dumps right"],
    bad: ["verdicts right", "places right"],
    elsewhere: ["verdicts right", "places elsewhere.json:1 (no), ours elsewhere.json:2 (type-name-case)"],
    accepted: ["verdicts QEMU accepts it; we do not: type-name-case: enum 'bad' does not have a name in CamelCase"],
    refused: ["verdicts QEMU refuses it: no", "places we find nothing"],
    missing: ["verdicts right", "places right"],
    crash: ["verdicts right"],
  });
});

it("compares the dumps of trees", () => {
  const [module] = DUMP.modules;
  const directory = folder("schemas/qemu-1", {
    "src/qapi/qapi-schema.json": GOOD,
    "src/qga/qapi-schema.json": GOOD,
    "qapi.dump.json": DUMP,
    "qga.dump.json": { ...DUMP, modules: [{ ...module, arrays: [{ element: "Good", if: null }] }] },
  });
  expect(outcome(compareSchemas(directory, "schemas/qemu-1"))).toEqual([
    "dumps right",
    'dumps modules[0].arrays[0]: {"element":"Good","if":null} / (nothing)',
  ]);
});

it("compares the names in releases, in the order in which they are read", () => {
  const tree = { "qapi-schema.json": `{ 'include': 'a.json' }\n${GOOD}`, "a.json": "{ 'enum': 'A', 'data': [] }\n" };
  const right = folder("releases/v1", { ...tree, "index.json": { enum: ["A", "Good"] } });
  const wrong = folder("releases/v2", { ...tree, "index.json": { enum: ["Good", "A"] } });
  expect(outcome(compareRelease(right, "releases/v1"))).toEqual(["releases right"]);
  expect(outcome(compareRelease(wrong, "releases/v2"))).toEqual(['releases enum[0]: "Good" / "A"']);
});
