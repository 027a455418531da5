/** What the built package declares compiles in projects of others, without skipping the check of declarations. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-declarations-"));

beforeAll(() => {
  mkdirSync(join(directory, "node_modules/@types"), { recursive: true });
  symlinkSync(resolve("."), join(directory, "node_modules/qapi-codegen"), "dir");
  for (const name of ["@types/node", "undici-types"]) {
    symlinkSync(resolve("node_modules", name), join(directory, "node_modules", name), "dir");
  }
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

it.each([
  ["qapi-codegen/qmp/core", "in a browser", ["ES2022", "DOM"], []],
  ["qapi-codegen/qmp/core", "in a browser, with the newest library", ["ESNext", "DOM"], []],
  ["qapi-codegen/qmp", "with Node.js", ["ES2022"], ["node"]],
])("%s %s", (entry, _, lib, types) => {
  const code = `import { connect, type Client, type Connector, type Schema } from "${entry}";
    export async function use(schema: Schema, connector: Connector): Promise<void> {
      const qmp: Client<Schema> = await connect(schema, connector, { signal: AbortSignal.timeout(5) });
      await qmp[Symbol.asyncDispose]();
    }`;
  writeFileSync(join(directory, "use.ts"), code);
  for (const [module, moduleResolution, compiler] of [
    ["NodeNext", "NodeNext", "typescript"],
    ["ESNext", "Bundler", "typescript-newest"],
  ] as const) {
    const compilerOptions = { strict: true, noEmit: true, target: "ES2022", module, moduleResolution, lib, types };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["use.ts"] }));
    const tsc = resolve("node_modules", compiler, "bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: directory, encoding: "utf8" });
    expect(stdout).toBe("");
  }
});
