/**
 * What `trees.test.ts` asks of the output as it is by default, of the output as it is with each option for 64-bit integers: it
 * compiles, and is as prettier leaves it; the same of JavaScript with declarations. And how much work it is for TypeScript.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { check } from "prettier";
import { beforeAll, describe, expect, test } from "vitest";
import { emitJavaScript } from "../../src/build/javascript.js";
import { emit } from "../../src/emit/emit.js";
import type { EmitOptions } from "../../src/emit/options.js";
import { defaultEmitters } from "../../src/emitters/index.js";
import { events } from "../../src/emitters/events.js";
import type { Schema } from "../../src/schema/schema.js";
import { compileErrors } from "../support/compile.js";
import { RESOLUTIONS, STRICTEST } from "../support/strictest.js";
import { readSchema, roots } from "./schemas.js";

/** QEMU's main schemas. Those of the guest agent and the storage daemon are parts of them, or much the same. */
const MAIN = /(?:^|\/)(?:schemas\/qemu-[\d.]+\/src\/qapi|releases\/v[\d.]+(?:\/qapi)?)$/;

const main = roots.filter(([name]) => MAIN.test(name));

function files(schema: Schema, options?: EmitOptions, emitters = defaultEmitters): ReadonlyMap<string, string> {
  return new Map(emit(schema, emitters, options).map(({ path, text }) => [path, text]));
}

describe.each(main)("%s", (_, path) => {
  describe.each(["bigint", "number"] as const)("with 64-bit integers in the mode %s", (int64) => {
    const schema = readSchema(path);
    const output = files(schema, { int64 });

    test("compiles", () => {
      expect(compileErrors(output)).toEqual([]);
    });

    test("prettier has nothing to change where it is not as by default", async () => {
      const usual = files(schema);
      const others = [...output].filter(([path, text]) => usual.get(path) !== text);
      expect(others).not.toEqual([]);
      const changed: string[] = [];
      for (const [path, text] of others) if (!(await check(text, { parser: "typescript" }))) changed.push(path);
      expect(changed).toEqual([]);
    });
  });
});

describe.each(main.filter(([name]) => name.includes("qemu-10.2")))("%s", (_, path) => {
  test("TypeScript has next to nothing to work out for types and events", async ({ annotate }) => {
    const schema = readSchema(path);
    const empty = instantiations(new Map([["index.ts", "export {};\n"]]));
    const some = instantiations(files(schema, {}, [events])) - empty;
    await annotate(`types and events: ${String(some)} instantiations more than an empty project`);
    await annotate(`all: ${String(instantiations(files(schema)) - empty)}`);
    expect(some).toBeLessThanOrEqual(200);
  });
});

describe.each(main.filter(([name]) => name.includes("qemu-10.2")))("%s as JavaScript", (_, path) => {
  let output: ReadonlyMap<string, string>;
  let declarations: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const files = await emitJavaScript(readSchema(path), { emitters: defaultEmitters, output: "out" });
    output = new Map(files.map((file) => [file.path, file.text]));
    declarations = new Map([...output].filter(([path]) => path.endsWith(".d.ts")));
  });

  test("compiles", () => {
    expect(declarations.size).toBeGreaterThan(100);
    expect(compileErrors(declarations)).toEqual([]);
  });

  test("prettier has nothing to change", async () => {
    const changed: string[] = [];
    for (const [path, text] of output)
      if (!path.endsWith(".map") && !(await check(text, { filepath: path }))) changed.push(path);
    expect(changed).toEqual([]);
  });

  test("TypeScript has next to nothing to work out but a type for each validator", async ({ annotate }) => {
    const options = { skipLibCheck: false };
    const empty = instantiations(new Map([["index.d.ts", "export {};\n"]]), options);
    const types = new Map([...declarations].filter(([path]) => /^(?:types|events|commands|metadata)\//.test(path)));
    const some = instantiations(types, options) - empty;
    await annotate(`without validators: ${String(some)} instantiations more than an empty project`);
    await annotate(`all: ${String(instantiations(declarations, options) - empty)}`);
    expect(some).toBeLessThanOrEqual(200);
  });
});

/** How often the compiler puts types into generic ones, the language's own library included. */
function instantiations(files: ReadonlyMap<string, string>, { skipLibCheck = true } = {}): number {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const config = { compilerOptions: { ...STRICTEST, ...RESOLUTIONS.nodenext, skipLibCheck } };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", directory, "--extendedDiagnostics"], {
      encoding: "utf8",
    });
    return Number(/^Instantiations: +(\d+)$/m.exec(stdout)?.[1]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
