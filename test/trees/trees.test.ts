/**
 * Whole schema trees of QEMU, which are not part of the project: `npm run trees -- DIR`, where DIR has a folder
 * `qemu-VERSION` for each release with its schemas in `src/` and what QEMU's own compiler made of them in `NAME.dump.json`.
 *
 * For each schema the command line is run as a user runs it. It must succeed; its output must have everything that the dump
 * has and nothing else, compile under the strictest flags with two versions of TypeScript, and be as prettier leaves it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OutputContents, readOutput } from "../support/read-output.js";
import { RESOLUTIONS, STRICTEST } from "../support/strictest.js";
import { readDump } from "./dump.js";

const PROJECT = join(import.meta.dirname, "../..");
const CLI = join(PROJECT, "dist/bin/qapi-codegen.cjs");

/** Releases whose schemas are in the language of today; those before it come with another issue. */
const RELEASES = /^qemu-(?:[7-9]|1\d)\./;

const directory = process.env["QAPI_TREES"];
if (directory === undefined) throw new Error("say which trees: npm run trees -- DIR");

const schemas = readdirSync(directory)
  .filter((release) => RELEASES.test(release))
  .flatMap((release) =>
    readdirSync(join(directory, release))
      .filter((file) => file.endsWith(".dump.json"))
      .map((file): [string, string, string] => {
        const name = file.replace(".dump.json", "");
        const source = join(directory, release, "src", name === "storage-daemon" ? join(name, "qapi") : name);
        return [`${release} ${name}`, join(source, "qapi-schema.json"), join(directory, release, file)];
      }),
  );

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

  test("everything of the dump is in the output, and nothing else", () => {
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

  test("prettier has nothing to change", async () => {
    const changed: string[] = [];
    for (const [path, text] of files) if (!(await check(text, { parser: "typescript" }))) changed.push(path);
    expect(changed).toEqual([]);
  });

  describe.each([
    ["typescript", "5.9"],
    ["typescript-newest", "newest"],
  ])("compiles with %s (%s)", (compiler) => {
    test.each(["nodenext", "bundler"] as const)("with %s resolution", (resolution) => {
      const config = { compilerOptions: { ...STRICTEST, ...RESOLUTIONS[resolution] }, include: ["out"] };
      writeFileSync(join(workspace, "tsconfig.json"), JSON.stringify(config));
      writeFileSync(join(workspace, "package.json"), '{ "type": "module" }');
      const tsc = join(PROJECT, "node_modules", compiler, "bin/tsc");
      const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", workspace], { encoding: "utf8" });
      expect(stdout).toBe("");
      expect(status).toBe(0);
    });
  });
});
