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
  const cwd = mkdtempSync(join(tmpdir(), "qapi-codegen-examples-"));
  try {
    mkdirSync(join(cwd, "node_modules/@types"), { recursive: true });
    symlinkSync(resolve("."), join(cwd, "node_modules/qapi-codegen"), "dir");
    symlinkSync(resolve("node_modules/@types/node"), join(cwd, "node_modules/@types/node"), "dir");
    writeFileSync(join(cwd, "package.json"), '{ "type": "module" }');
    const names = [...examples.keys()];
    names.forEach((name, index) => {
      writeFileSync(join(cwd, `example${String(index)}.ts`), withAssertions(examples.get(name) ?? ""));
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
    writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const tsc = spawnSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", "."], {
      cwd,
      encoding: "utf8",
    });
    const errors = tsc.stdout.split("\n").filter((line) => line !== "");
    const failures = runAll(cwd, names.length);
    const wrong: Record<string, string> = {};
    names.forEach((name, index) => {
      const file = `example${String(index)}`;
      const lines = errors.filter((line) => line.startsWith(`${file}.ts`));
      const failure = lines.length > 0 ? lines.join("\n") : failures[index];
      if (typeof failure === "string") wrong[name] = failure;
    });
    if (Object.keys(wrong).length === 0 && tsc.status !== 0) wrong["tsc"] = tsc.stdout + tsc.stderr;
    return wrong;
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function withAssertions(code: string): string {
  const body = code.replaceAll(
    EXPECTATION,
    (_, margin: string, actual: string, expected: string) => `${margin}deepStrictEqual(${actual}, ${expected});`,
  );
  return `import { deepStrictEqual } from "node:assert";\n${body}\n`;
}

/** Imports compiled examples, one after the other, in a program of their own: how each failed, or null. */
function runAll(cwd: string, count: number): readonly (string | null)[] {
  writeFileSync(
    join(cwd, "run.js"),
    `const failures = [];
    for (let index = 0; index < ${String(count)}; index++) {
      try {
        await import(\`./example\${index}.js\`);
        failures.push(null);
      } catch (error) {
        failures.push(String(error?.stack ?? error));
      }
    }
    console.log("\\n" + JSON.stringify(failures));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ["run.js"], { cwd, encoding: "utf8", timeout: 100_000 });
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  if (!last.startsWith("[")) throw new Error(`the examples did not come to their end: ${stdout}${stderr}`);
  return JSON.parse(last) as readonly (string | null)[];
}
