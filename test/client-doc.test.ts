/** docs/client.md, and what the README says of the client: the examples compile, in a project that has installed the package, against what it generates there. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RESOLUTIONS, STRICTEST } from "./support/strictest.js";

const PAGE = readFileSync("docs/client.md", "utf8");
const README = readFileSync("README.md", "utf8");
const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-client-doc-"));

function run(...args: readonly string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

function examplesIn(page: string): readonly string[] {
  return [...page.matchAll(/^```ts\n([^]*?)\n```$/gm)].map(([, code = ""]) => code);
}

beforeAll(() => {
  mkdirSync(join(directory, "node_modules/@types"), { recursive: true });
  symlinkSync(resolve("."), join(directory, "node_modules/qapi-codegen"), "dir");
  symlinkSync(resolve("node_modules/@types/node"), join(directory, "node_modules/@types/node"), "dir");
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

it("all examples compile", () => {
  for (const [fixture, output] of [
    ["machine", "qmp"],
    ["agent", "qga"],
  ] as const) {
    const schema = resolve("fixtures", fixture);
    const made = run(
      resolve("dist/bin/qapi-codegen.cjs"),
      schema,
      "-o",
      output,
      "--root",
      resolve("fixtures"),
      "--quiet",
    );
    expect(made).toEqual({ status: 0, text: "" });
  }
  const examples = [...examplesIn(PAGE), ...examplesIn(README).filter((code) => code.includes("qapi-codegen/qmp"))];
  expect(examples.length).toBeGreaterThan(6);
  for (const [index, code] of examples.entries()) {
    writeFileSync(join(directory, `example-${String(index)}.ts`), `${code}\nexport {};\n`);
  }
  // Examples have names that are exported and not used, and no explicit types.
  const compilerOptions = {
    ...STRICTEST,
    ...RESOLUTIONS.nodenext,
    types: ["node"],
    skipLibCheck: true,
    noUnusedLocals: false,
    isolatedDeclarations: false,
    lib: ["ESNext"],
  };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  expect(run(resolve("node_modules/typescript/bin/tsc"), "-p", ".")).toEqual({ status: 0, text: "" });
});

it("the options that it lists are those that there are", () => {
  const declared = readFileSync("src/runtime/options.ts", "utf8");
  const [, options = ""] = /export interface ClientOptions \{([^]*?)\n\}/.exec(declared) ?? [];
  const names = [...options.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names.filter((one) => one !== "signal"))
    expect(PAGE).toMatch(new RegExp(`^\\|.*\`${name}\``, "m"));
});
