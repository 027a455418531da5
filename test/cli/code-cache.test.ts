/** What V8 has made of the bundle, which the executable as it is built keeps for its next run. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BUNDLE = join(ROOT, "dist/bin/cli.cjs");
const CODE = /^code-.*\.bin$/;

let directory: string;
let cache: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-code-")));
  cache = join(directory, "cache");
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

it("is kept by a run that makes something, and taken by the next, which leaves it as it is", () => {
  generate("one");
  const file = codeFile();
  const before = statSync(file);
  expect(isTaken(file)).toBe(true);
  generate("two");
  expect(statSync(file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

it("is not kept by runs that do little, and with --no-cache", () => {
  run("--version");
  run("rules");
  generate("one", "--no-cache");
  expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
});

it.each([
  ["nothing", () => Buffer.alloc(0)],
  ["cut off", (code: Buffer) => code.subarray(0, code.length / 2)],
  ["damaged", (code: Buffer) => Buffer.concat([code.subarray(0, -100), Buffer.alloc(100, 1)])],
  ["another's", () => Buffer.from("this is not code")],
])("is made again where it is %s", (_, damage) => {
  generate("one");
  const file = codeFile();
  const code = readFileSync(file);
  writeFileSync(file, damage(code));
  generate("two");
  expect(readFileSync(file).length).toBeGreaterThan(100_000);
  expect(isTaken(file)).toBe(true);
});

it("is that of four bundles at most", () => {
  generate("one");
  const names = ["a", "b", "c", "d", "e"].map((build) => `code-${build}-v20.0.0-linux-x64.bin`);
  for (const name of names) writeFileSync(join(cache, name), "");
  rmSync(codeFile(CODE, names));
  generate("two");
  const kept = readdirSync(cache).filter((name) => CODE.test(name));
  expect(kept).toHaveLength(4);
  expect(kept.some((name) => !names.includes(name))).toBe(true);
});

function generate(output: string, ...options: readonly string[]): void {
  run(join(ROOT, "fixtures/net"), "-o", join(directory, output), "--quiet", ...options);
}

function run(...args: readonly string[]): void {
  execFileSync(process.execPath, [join(ROOT, "dist/bin/qapi-codegen.cjs"), ...args], {
    cwd: directory,
    env: { ...process.env, QAPI_CODEGEN_CACHE: cache },
  });
}

function codeFile(name: RegExp = CODE, others: readonly string[] = []): string {
  const [file, ...rest] = readdirSync(cache).filter((one) => name.test(one) && !others.includes(one));
  expect(rest).toEqual([]);
  return join(cache, file ?? "none");
}

/** Whether V8 takes the code in a file, in a process that has not compiled the bundle yet. */
function isTaken(file: string): boolean {
  const program = `
    import { readFileSync } from "node:fs";
    import { compile } from ${JSON.stringify(pathToFileURL(join(ROOT, "out/cli/compiled.js")).href)};
    const code = readFileSync(${JSON.stringify(file)}).subarray(4);
    console.log(compile(${JSON.stringify(BUNDLE)}, code).cachedDataRejected);
  `;
  const args = ["--input-type=module", "--eval", program];
  return execFileSync(process.execPath, args, { encoding: "utf8" }).trim() === "false";
}
