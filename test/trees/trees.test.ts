/**
 * Whole schema trees of QEMU, which are not part of the project: `npm run trees -- DIR`, for every `qapi-schema.json` below
 * DIR. Beside some of them, in `NAME.dump.json`, is what QEMU's own compiler made of them: of `src/NAME/qapi-schema.json`.
 *
 * For each schema the command line is run as a user runs it. It must succeed; its output must compile under the strictest
 * flags, with two versions of TypeScript if there is a dump, and be as prettier leaves it; and it must have everything that
 * the dump has and nothing else.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { check } from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OutputContents, readOutput } from "../support/read-output.js";
import { RESOLUTIONS, STRICTEST } from "../support/strictest.js";
import { readDump } from "./dump.js";

const PROJECT = join(import.meta.dirname, "../..");
const CLI = join(PROJECT, "dist/bin/qapi-codegen.cjs");

/** Releases whose dumps are of the language of today; the conformance run compares those before it. */
const DUMPED = /^qemu-(?:[7-9]|1\d)\./;

const directory = process.env["QAPI_TREES"];
if (directory === undefined) throw new Error("say which trees: npm run trees -- DIR");

const schemas = readdirSync(directory, { recursive: true, encoding: "utf8" })
  .filter((path) => basename(path) === "qapi-schema.json")
  .sort()
  .map((path): [string, string, string | undefined] => [dirname(path), join(directory, path), dumpOf(path)]);

/** The dump of the schema at `path`, which is relative to the directory of all. */
function dumpOf(path: string): string | undefined {
  const match = /^((?:.*\/)?([^/]+))\/src\/([^/]+)\//.exec(path);
  if (match === null) return undefined;
  const [, folder = "", release = "", name = ""] = match;
  const dump = join(directory ?? "", folder, `${name}.dump.json`);
  return DUMPED.test(release) && existsSync(dump) ? dump : undefined;
}

test("there are trees", () => {
  expect(schemas.map(([name]) => name)).not.toEqual([]);
});

describe.each(schemas)("%s", (_, schema, dumpPath) => {
  const workspace = mkdtempSync(join(tmpdir(), "qapi-codegen-trees-"));
  let contents: OutputContents;
  let files: readonly (readonly [string, string])[];

  beforeAll(() => {
    const { status, stderr } = spawnSync(process.execPath, [CLI, schema, "-o", join(workspace, "out")], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    files = readdirSync(join(workspace, "out"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .sort()
      .map((path) => [path, readFileSync(join(workspace, "out", path), "utf8")] as const);
    contents = readOutput(files);
  });

  afterAll(() => {
    rmSync(workspace, { recursive: true });
  });

  if (dumpPath !== undefined) compareWithDump(dumpPath, () => contents);

  test("prettier has nothing to change", async () => {
    const changed: string[] = [];
    for (const [path, text] of files) if (!(await check(text, { parser: "typescript" }))) changed.push(path);
    expect(changed).toEqual([]);
  });

  // All ways for the releases of today; the language of the others was less, and one way is enough.
  describe.each(dumpPath === undefined ? ["typescript-newest"] : ["typescript", "typescript-newest"])(
    "compiles with %s",
    (compiler) => {
      const resolutions = dumpPath === undefined ? (["nodenext"] as const) : (["nodenext", "bundler"] as const);
      test.each(resolutions)("with %s resolution", (resolution) => {
        const config = { compilerOptions: { ...STRICTEST, ...RESOLUTIONS[resolution] }, include: ["out"] };
        writeFileSync(join(workspace, "tsconfig.json"), JSON.stringify(config));
        writeFileSync(join(workspace, "package.json"), '{ "type": "module" }');
        const tsc = join(PROJECT, "node_modules", compiler, "bin/tsc");
        const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", workspace], { encoding: "utf8" });
        expect(stdout).toBe("");
        expect(status).toBe(0);
      });
    },
  );
});

/** The tests of output against the dump of its schema. */
function compareWithDump(dumpPath: string, contentsOf: () => OutputContents): void {
  test("everything of the dump is in the output, and nothing else", () => {
    const contents = contentsOf();
    const expected = readDump(dumpPath);
    expect(Object.fromEntries(contents.enums)).toEqual(Object.fromEntries(expected.enums));
    expect(Object.fromEntries(contents.commands)).toEqual(Object.fromEntries(expected.commands));
    expect(Object.fromEntries(contents.events)).toEqual(Object.fromEntries(expected.events));
    const branches = new Set<string>();
    for (const [name, count] of expected.unions) {
      const parts = contents.unions.get(name) ?? [];
      expect(parts, name).toHaveLength(count);
      for (const part of parts) branches.add(part);
    }
    for (const [name, members] of expected.interfaces) expect(contents.interfaces.get(name), name).toEqual(members);
    const made = (name: string): boolean => branches.has(name) || expected.inlineBases.has(name.replace(/Base$/, ""));
    expect([...contents.interfaces.keys()].filter((name) => !expected.interfaces.has(name) && !made(name))).toEqual([]);
    const aliases = [...contents.unions.keys()].filter(
      (name) => !expected.unions.has(name) && !expected.enums.has(name) && !branches.has(name),
    );
    expect(aliases.sort()).toEqual([...expected.alternates].sort());
  });

  test("there are validators of every type and event, of all arguments and results", () => {
    const contents = contentsOf();
    const { enums, interfaces, unions, alternates, events, commands } = readDump(dumpPath);
    const types = new Set([...enums.keys(), ...interfaces.keys(), ...unions.keys(), ...alternates]);
    for (const kind of ["is", "validate"]) {
      const names = [...contents.validators]
        .filter((name) => name.startsWith(kind))
        .map((name) => name.slice(kind.length));
      expect(names.filter((name) => types.has(name)).sort()).toEqual([...types].sort());
      const others = names.filter((name) => !types.has(name));
      expect(others.filter((name) => name.endsWith("Event"))).toHaveLength(events.size);
      expect(others.filter((name) => name.endsWith("Arguments"))).toHaveLength(commands.size);
      expect(others.filter((name) => name.endsWith("Returns")).length).toBeGreaterThan(0);
    }
  });
}
