/**
 * Examples of the library's use: code that says what comes out, `parse(source).diagnostics; // => []`. They are compiled strictly
 * against the built package, as in a project that has installed it, and run, and what comes out is compared.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { RESOLUTIONS, STRICTEST } from "./strictest.js";

/** An expression that is a statement, and what its value is. */
const EXPECTATION = /^( *)(?!\/\/)(\S.*); \/\/ => (.+)$/gm;

/** How many values an example promises. */
export function countExpectations(code: string): number {
  return [...code.matchAll(EXPECTATION)].length;
}

/**
 * What is wrong with examples, by their names; empty if nothing is. They are run one by one in a directory of their own, in which
 * they may write.
 */
export function wrongExamples(examples: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-examples-"));
  try {
    mkdirSync(join(directory, "node_modules/@types"), { recursive: true });
    symlinkSync(resolve("."), join(directory, "node_modules/qapi-codegen"), "dir");
    symlinkSync(resolve("node_modules/@types/node"), join(directory, "node_modules/@types/node"), "dir");
    writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
    const names = [...examples.keys()];
    names.forEach((name, index) => {
      writeFileSync(join(directory, `example${String(index)}.ts`), withAssertions(examples.get(name) ?? ""));
    });
    const compilerOptions = {
      ...STRICTEST,
      ...RESOLUTIONS.nodenext,
      noEmit: false,
      // What an example declares need not be used, and has no explicit type if it is exported.
      noUnusedLocals: false,
      isolatedDeclarations: false,
      declaration: false,
      lib: ["ESNext"],
      types: ["node"],
      skipLibCheck: true,
    };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const compiled = node(directory, resolve("node_modules/typescript/bin/tsc"), "-p", ".");
    const wrong: Record<string, string> = {};
    names.forEach((name, index) => {
      const file = `example${String(index)}`;
      const errors = compiled.filter((line) => line.startsWith(`${file}.ts`));
      const failures = errors.length > 0 ? errors : node(directory, "--enable-source-maps", `${file}.js`);
      if (failures.length > 0) wrong[name] = failures.join("\n");
    });
    if (Object.keys(wrong).length === 0 && compiled.length > 0) wrong["tsc"] = compiled.join("\n");
    return wrong;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function withAssertions(code: string): string {
  const body = code.replaceAll(
    EXPECTATION,
    (_, margin: string, actual: string, expected: string) => `${margin}deepStrictEqual(${actual}, ${expected});`,
  );
  return `import { deepStrictEqual } from "node:assert";\n${body}\n`;
}

/** What a program prints when it fails, line by line; nothing when it does not. */
function node(directory: string, ...args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: "utf8" });
  return status === 0 ? [] : (stdout + stderr).split("\n").filter((line) => line !== "");
}
