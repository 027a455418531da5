/** What TypeScript makes of the plugin: its options, its place in configurations, and of what is imported by `qapi:`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { RESOLUTIONS, STRICTEST } from "../support/strictest.js";
import { Project, schemaFiles } from "./plugin-project.js";

const ROOT = join(import.meta.dirname, "../..");
const COMPILERS = ["typescript", "typescript-newest"] as const;

let project: Project | undefined;
afterEach(async () => project?.remove());

/** What a compiler prints about a project. */
function compile(compiler: string, directory: string, options: object, include: readonly string[]): string {
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include }));
  const program = join(ROOT, "node_modules", compiler, "bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [program, "-p", "."], { cwd: directory, encoding: "utf8" });
  return stdout + stderr;
}

const APPLICATION = `import { isRangEvent, type Door, type RangEvent } from "qapi:../schema/main.json";

export const doors: readonly Door[] = ["front"];
export const wrong: Door = "cellar";
export const doorOf = (event: unknown): RangEvent["data"]["door"] | undefined =>
  isRangEvent(event) ? event.data.door : undefined;
`;

describe.each(COMPILERS)("%s", (compiler) => {
  test.each(
    Object.entries(RESOLUTIONS).flatMap(([resolution, options]) =>
      ["esbuild", "rollup"].map((bundler) => [resolution, bundler, options] as const),
    ),
  )("an import by qapi:, with the resolution %s, as %s has made it", (_, bundler, resolution) => {
    const entry = { "src/app.js": 'export { Door } from "qapi:../schema/main.json";', "src/typed.ts": APPLICATION };
    project = new Project({ ...schemaFiles("front"), ...entry }, {});
    expect(project.build(bundler)).toEqual({ ok: true, errors: [] });
    const options = { ...STRICTEST, ...resolution };
    const printed = compile(compiler, project.directory, options, [".qapi/modules.d.ts", "src/typed.ts"]);
    expect(printed.match(/error/g)).toHaveLength(1);
    expect(printed).toMatch(/^src\/typed\.ts\(4,14\): error TS2322: Type '"cellar"' is not assignable/m);
  });

  test("configurations take the plugin", () => {
    const plugin = (bundler: string): string => `import qapi from "qapi-codegen/${bundler}";\n`;
    const call = 'qapi({ schema: "a.json", output: "src/qmp", int64: "bigint" })';
    project = new Project({
      "vite.ts": `import type { UserConfig } from "vite";\n${plugin("vite")}export const c: UserConfig = { plugins: [${call}, qapi()] };`,
      "rollup.ts": `import type { RollupOptions } from "rollup";\n${plugin("rollup")}export const c: RollupOptions = { plugins: [${call}] };`,
      "rolldown.ts": `import type { RolldownOptions } from "rolldown";\n${plugin("rolldown")}export const c: RolldownOptions = { plugins: [${call}] };`,
      "webpack.ts": `import type { Configuration } from "webpack";\n${plugin("webpack")}export const c: Configuration = { plugins: [${call}] };`,
      "rspack.ts": `import type { Configuration } from "@rspack/core";\n${plugin("rspack")}export const c: Configuration = { plugins: [${call}] };`,
      "esbuild.ts": `import type { BuildOptions } from "esbuild";\n${plugin("esbuild")}export const c: BuildOptions = { plugins: [${call}] };`,
      "farm.ts": `import type { UserConfig } from "@farmfe/core";\n${plugin("farm")}export const c: UserConfig = { plugins: [${call}] };`,
      "wrong.ts": `${plugin("vite")}qapi({ int64: "big" });`,
    });
    const { directory } = project;
    mkdirSync(join(directory, "node_modules/@types"), { recursive: true });
    const packages = ["vite", "rollup", "rolldown", "webpack", "@rspack", "@farmfe"];
    for (const name of packages)
      symlinkSync(join(import.meta.dirname, "node_modules", name), join(directory, "node_modules", name));
    for (const name of ["esbuild", "@types/node"])
      symlinkSync(join(ROOT, "node_modules", name), join(directory, "node_modules", name));
    symlinkSync(ROOT, join(directory, "node_modules/qapi-codegen"));
    const options = {
      ...STRICTEST,
      ...RESOLUTIONS.nodenext,
      types: ["node"],
      skipLibCheck: true,
      isolatedDeclarations: false,
    };
    const printed = compile(compiler, directory, options, ["*.ts"]);
    expect(printed.match(/error/g), printed).toHaveLength(1);
    expect(printed).toMatch(/^wrong\.ts\(2,8\): error TS2322/m);
  });
});
