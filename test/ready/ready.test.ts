/** The ready types of the package, as they are published: dist/ready/, which the build makes of generated/. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, describe, expect, it, test } from "vitest";
import { createServer } from "../../src/runtime/qmp.js";
import { schema } from "../../generated/qemu-10.2/schema/index.js";
import { STRICTEST, RESOLUTIONS } from "../support/strictest.js";
import { App, PROJECT, seenOf } from "./app.js";

const READY = join(PROJECT, "dist/ready");
const RELEASES = ["qemu-10.2", "qemu-7.2", "qga-10.2"];

/** The files of a release in the package, as paths in it. */
function filesOf(release: string, extension: string): readonly string[] {
  const all = readdirSync(join(READY, release), { recursive: true, encoding: "utf8" });
  return all.map((path) => path.replaceAll("\\", "/")).filter((path) => path.endsWith(extension));
}

/** The modules that a release can be imported by, as paths without extension, by what they are called. */
function modulesOf(release: string): ReadonlyMap<string, string> {
  const manifest: unknown = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8"));
  const found = new Map<string, string>();
  for (const [name, target] of Object.entries(exportsOf(manifest))) {
    if (!`${name}/`.startsWith(`./${release}/`)) continue;
    const file = target.default.replace(/\.js$/, "");
    expect(target).toEqual({ types: `${file}.d.ts`, default: `${file}.js` });
    expect(Object.keys(target)[0]).toBe("types");
    if (!name.endsWith("/*")) found.set(name, file);
    else {
      const folder = name.slice(`./${release}/`.length, -2);
      const files = filesOf(release, ".js").filter((path) => path.startsWith(`${folder}/`));
      expect(files, name).not.toEqual([]);
      for (const path of files)
        found.set(`./${release}/${path.slice(0, -3)}`, `./dist/ready/${release}/${path.slice(0, -3)}`);
    }
  }
  return found;
}

type Exports = Readonly<Record<string, { readonly types: string; readonly default: string }>>;

function exportsOf(manifest: unknown): Exports {
  return (manifest as { readonly exports: Exports }).exports;
}

describe.each(RELEASES)("%s", (release) => {
  const modules = modulesOf(release);

  it("has a module for each file of types, events, commands and validators, and for all", () => {
    const generated = readdirSync(join(PROJECT, "generated", release), { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => /^(?:types|events|commands|validators)\/.*\.ts$/.test(path) || path === "index.ts")
      // The guest agent has no events.
      .filter((path) => !release.startsWith("qga") || !path.startsWith("events/"));
    for (const path of generated) {
      const name = path === "index.ts" ? `./${release}` : `./${release}/${path.replace(/\.ts$/, "")}`;
      const file = modules.get(name);
      expect(file, name).toBeDefined();
      expect(existsSync(join(PROJECT, `${String(file)}.d.ts`)), name).toBe(true);
    }
    expect([...modules.keys()].filter((name) => /internal|shapes|support/.test(name))).toEqual([]);
  });

  it("has the values that are declared, and no others", async () => {
    for (const [name, file] of modules) {
      const loaded: unknown = await import(join(PROJECT, `${file}.js`));
      const values = Object.keys(loaded as object);
      expect(values.sort(), name).toEqual([...declaredValues(join(PROJECT, `${file}.d.ts`))].sort());
    }
  });

  it("imports nothing but itself", () => {
    for (const path of [...filesOf(release, ".js"), ...filesOf(release, ".d.ts")]) {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(READY, release, path), "utf8"), true, true);
      for (const { fileName } of importedFiles) {
        expect(fileName, path).toMatch(/^\.\.?\//);
        const target = resolve(READY, release, path, "..", fileName);
        expect(target.startsWith(join(READY, release)), `${path}: ${fileName}`).toBe(true);
        expect(
          existsSync(path.endsWith(".js") ? target : target.replace(/\.js$/, ".d.ts")),
          `${path}: ${fileName}`,
        ).toBe(true);
      }
    }
  });

  it("is declared without a mistake", () => {
    const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-ready-"));
    try {
      const files = [...modules.values()].map((file) => join(PROJECT, `${file}.d.ts`));
      const compilerOptions = { ...STRICTEST, ...RESOLUTIONS.nodenext };
      writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
      const tsc = join(PROJECT, "node_modules/typescript/bin/tsc");
      expect(spawnSync(process.execPath, [tsc, "-p", directory], { encoding: "utf8" }).stdout).toBe("");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("keeps its documentation, but in the declarations alone", () => {
    const [first = ""] = readdirSync(join(READY, release, "types"));
    expect(first).not.toBe("");
    const declared = filesOf(release, ".d.ts").map((path) => readFileSync(join(READY, release, path), "utf8"));
    expect(declared.join("")).toMatch(/\n \* @since \d/);
    for (const path of filesOf(release, ".js"))
      expect(readFileSync(join(READY, release, path), "utf8")).not.toContain("@see");
  });
});

/** The names of values that a file of declarations exports, through those that it exports all of. */
function declaredValues(file: string): ReadonlySet<string> {
  const names = new Set<string>();
  const { statements } = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
  for (const statement of statements) {
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly) {
      const { exportClause: clause, moduleSpecifier: from } = statement;
      if (clause === undefined && from !== undefined && ts.isStringLiteral(from)) {
        const target = resolve(file, "..", from.text.replace(/\.js$/, ".d.ts"));
        for (const name of declaredValues(target)) names.add(name);
      } else if (clause !== undefined && ts.isNamedExports(clause)) {
        for (const { isTypeOnly, name } of clause.elements) if (!isTypeOnly) names.add(name.text);
      }
    } else if (isExported(statement)) {
      if (ts.isVariableStatement(statement)) {
        for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) names.add(name.text);
      } else if (
        (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
        statement.name !== undefined
      ) {
        names.add(statement.name.text);
      }
    }
  }
  return names;
}

function isExported(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement)
    ? (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
    : false;
}

describe("a bundle has what is used, and little else", () => {
  test.each([
    ['import type { Events } from "qapi-codegen/qemu-10.2"; const x: keyof Events = "STOP"; console.log(x);', 100],
    ['import { RunState } from "qapi-codegen/qemu-10.2"; console.log(RunState);', 1000],
    ['import { netdevAdd } from "qapi-codegen/qemu-10.2"; console.log(netdevAdd);', 1000],
    [
      'import { isNetdevStreamConnectedEvent as is } from "qapi-codegen/qemu-10.2/validators/net"; console.log(is);',
      5000,
    ],
    ['import { isNetdevStreamConnectedEvent as is } from "qapi-codegen/qemu-10.2/validators"; console.log(is);', 5000],
  ])("%s", async (contents, most) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: PROJECT, loader: "ts" },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
    });
    const size = outputFiles.reduce((sum, { text }) => sum + text.length, 0);
    expect(size).toBeGreaterThan(10);
    expect(size).toBeLessThan(most);
  });

  it("as separate files, what `schema` loads late is apart", async () => {
    const { outputFiles } = await build({
      stdin: { contents: 'export { schema } from "qapi-codegen/qemu-10.2";', resolveDir: PROJECT },
      bundle: true,
      splitting: true,
      minify: true,
      format: "esm",
      outdir: "out",
      write: false,
    });
    const sizes = outputFiles.map(({ text }) => text.length).sort((a, b) => a - b);
    expect(sizes.slice(0, -1).reduce((sum, size) => sum + size, 0)).toBeLessThan(20_000);
    expect(sizes.at(-1)).toBeGreaterThan(100_000);
  });
});

describe("an application", () => {
  const app = new App("qemu-10.2");
  afterAll(() => app.remove());

  it("compiles, with either resolution", () => {
    expect(app.compile("bundler")).toBe("");
    expect(app.compile("nodenext")).toBe("");
  });

  it("connects with `schema`, calls commands, and has events and validators", async () => {
    app.compile("nodenext");
    const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-ready-"));
    await using server = await createServer(schema, {
      "query-version": () => ({ qemu: { major: 10, minor: 2, micro: 0 }, package: "" }),
      "query-status": () => ({ running: false, status: "prelaunch" }),
      "query-machines": () => [
        {
          name: "none",
          "cpu-max": 1,
          "hotpluggable-cpus": false,
          "numa-mem-supported": false,
          deprecated: false,
          acpi: false,
        },
      ],
      netdev_add: () => ({}),
      quit: (_, { client }) => client.emit("SHUTDOWN", { guest: false, reason: "host-qmp-quit" }),
    });
    try {
      const { address } = await server.listen(`unix:${join(directory, "qmp")}`);
      expect(await app.run(address)).toEqual(seenOf("10.2"));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
