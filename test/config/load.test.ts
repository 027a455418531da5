import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/config/config-error.js";
import { loadConfig, type LoadedConfig } from "../../src/config/load.js";
import { newProject } from "../support/project.js";

const OPTIONS = `{ schema: "a.json", output: "out", int64: "bigint" }`;
const CONFIG = { schema: "a.json", output: "out", int64: "bigint" };

/** Loads the configuration of the current directory, or a file. */
async function load(file?: string): Promise<LoadedConfig> {
  const loaded = await loadConfig(file === undefined ? {} : { file });
  if (loaded === undefined) throw new Error("there is no configuration");
  return loaded;
}

async function mistakes(file?: string): Promise<string> {
  try {
    await load(file);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("nothing is wrong");
}

describe("a configuration can be", () => {
  it.each([
    ["qapi.config.ts", `const config: { readonly schema: string } = ${OPTIONS};\nexport default config;\n`],
    ["qapi.config.mts", `const config = ${OPTIONS} satisfies object;\nexport default config;\n`],
    ["qapi.config.js", `const config = await Promise.resolve(${OPTIONS});\nexport default config;\n`],
    ["qapi.config.mjs", `export default ${OPTIONS};\n`],
    ["qapi.config.cjs", `module.exports = ${OPTIONS};\n`],
    ["qapi.config.json", JSON.stringify(CONFIG)],
    ["package.json", JSON.stringify({ name: "project", type: "module", qapi: CONFIG })],
  ])("%s, in a package of modules", async (name, text) => {
    newProject({ "package.json": { type: "module" }, [name]: text });
    const { config, file, directory, isCode } = await load();
    expect(config).toEqual(CONFIG);
    expect(file.endsWith(name)).toBe(true);
    expect(directory).toBe(".");
    expect(isCode).toBe(!name.endsWith(".json"));
  });

  it.each([
    ["qapi.config.ts", `const config: object = ${OPTIONS};\nexport default config;\n`],
    ["qapi.config.mts", `const config: object = ${OPTIONS};\nexport default config;\n`],
    ["qapi.config.js", `module.exports = ${OPTIONS};\n`],
    ["qapi.config.mjs", `export default ${OPTIONS};\n`],
    ["qapi.config.cjs", `exports.__esModule = true;\nexports.default = ${OPTIONS};\n`],
  ])("%s, in a package of CommonJS", async (name, text) => {
    newProject({ "package.json": { type: "commonjs" }, [name]: text });
    expect((await load()).config).toEqual(CONFIG);
  });

  it("TypeScript that imports a file, loaded anew with it when both have changed", async () => {
    const project = newProject({
      "qapi.config.ts": `import { output } from "./output.ts";\nexport default { schema: "a", output };\n`,
      "output.ts": `export const output: string = "one";\n`,
    });
    expect((await load()).config).toMatchObject({ output: "one" });
    project.put("output.ts", `export const output: string = "two";\n`);
    expect((await load()).config).toMatchObject({ output: "two" });
  });

  it.each(["mjs", "cjs"])("%s that is loaded anew", async (extension) => {
    const name = `qapi.config.${extension}`;
    const text = (output: string): string =>
      `${extension === "cjs" ? "module.exports =" : "export default"} { schema: "a", output: "${output}" };\n`;
    const project = newProject({ [name]: text("one") });
    expect((await load()).config).toMatchObject({ output: "one" });
    project.put(name, text("two"));
    expect((await load()).config).toMatchObject({ output: "two" });
  });
});

describe("a configuration is looked for", () => {
  it("in the directories above, up to the repository's root", async () => {
    const project = newProject({ "qapi.config.json": CONFIG, ".git/HEAD": "", "packages/app/src/a.ts": "" });
    process.chdir(project.path("packages/app/src"));
    const { file, directory, inputs } = await load();
    expect(file).toBe(project.path("qapi.config.json"));
    expect(directory).toBe("../../..");
    expect(inputs).toContain(project.path("packages/app/src/qapi.config.ts"));
    expect(inputs).toContain(project.path("packages/app/package.json"));
    expect(inputs.at(-1)).toBe(file);
  });

  it("not beyond that", async () => {
    const project = newProject({ "qapi.config.json": CONFIG, "repository/.git/HEAD": "", "repository/src/a.ts": "" });
    process.chdir(project.path("repository/src"));
    expect(await loadConfig()).toBeUndefined();
  });

  it("without a repository, up to the package's root", async () => {
    const project = newProject({ "qapi.config.json": CONFIG, "package.json": {}, "src/a.ts": "" });
    process.chdir(project.path("src"));
    expect((await load()).file).toBe(project.path("qapi.config.json"));
    project.put("src/package.json", {});
    expect(await loadConfig()).toBeUndefined();
  });

  it.each([
    ["has none", { name: "qapi" }],
    ["is broken", '{ "qapi": '],
    ["is a list", '["qapi"]'],
  ])("past a package.json that %s", async (_, manifest) => {
    const project = newProject({ "qapi.config.json": CONFIG, ".git/HEAD": "", "app/package.json": manifest });
    process.chdir(project.path("app"));
    expect((await load()).file).toBe(project.path("qapi.config.json"));
  });

  it("in the nearest place first, and there in a file of its own first", async () => {
    const project = newProject({
      ".git/HEAD": "",
      "qapi.config.ts": "export default { schema: 'above', output: 'out' };",
      "app/package.json": { qapi: CONFIG },
    });
    process.chdir(project.path("app"));
    expect((await load()).file).toBe(project.path("app/package.json"));
    project.put("app/qapi.config.json", CONFIG);
    expect((await load()).file).toBe(project.path("app/qapi.config.json"));
  });

  it("not when it is named", async () => {
    const project = newProject({ "qapi.config.json": CONFIG, "other/mine.json": { ...CONFIG, output: "mine" } });
    const { config, directory, inputs } = await load("other/mine.json");
    expect(config).toMatchObject({ output: "mine" });
    expect(directory).toBe("other");
    expect(inputs).toEqual([project.path("other/mine.json")]);
  });
});

describe("what is wrong with a file is said with its place", () => {
  it.each([
    [
      "qapi.config.json",
      '{\n  "schema": "a.json",\n  output: 1\n}',
      /^qapi\.config\.json:3:3: this is not JSON: 'o' stands/,
    ],
    [
      "qapi.config.json",
      '{\n  "schema": "a.json", "output": "out",\n  "int64": "big"\n}',
      /^qapi\.config\.json:3:12: int64: expected "mixed", "bigint" or "number", received "big"$/,
    ],
    [
      "package.json",
      '{\n  "qapi": {\n    "schema": 5, "output": "out" } }',
      /^package\.json:3:15: schema: expected a path, received 5$/,
    ],
    ["qapi.config.mjs", "export const config = {};", /^qapi\.config\.mjs: there is no default export: export default/],
    [
      "qapi.config.mjs",
      "export default () => ({});",
      /^qapi\.config\.mjs: expected a configuration, received a function; call it/,
    ],
    [
      "qapi.config.mjs",
      "export default Promise.resolve({});",
      /^qapi\.config\.mjs: expected a configuration, received a promise; await it$/,
    ],
    [
      "qapi.config.json",
      '{ "__proto__": { "schema": "a" }, "schema": "a", "output": "b" }',
      /^qapi\.config\.json:1:16: __proto__: there is no such option$/,
    ],
    ["qapi.config.json", "", /^qapi\.config\.json:1:1: this is not JSON: the file ends where a value should be$/],
    ["qapi.config.json", "[]", /^qapi\.config\.json:1:1: expected a configuration, received a list$/],
  ])("%s: %j", async (name, text, message) => {
    newProject({ [name]: text });
    expect(await mistakes()).toMatch(message);
  });

  it.each([
    ["nowhere.ts", "nowhere.ts: cannot read the configuration: no such file"],
    ["directory.json", "directory.json: cannot read the configuration: it is a directory"],
    [
      "qapi.yaml",
      "qapi.yaml: a configuration is a file of one of the kinds .ts, .mts, .js, .mjs, .cjs, .json, or package.json",
    ],
    ["package.json", "package.json: there is no key 'qapi', which a configuration is in"],
  ])("%s", async (name, message) => {
    const project = newProject({ "qapi.yaml": "", "package.json": {} });
    mkdirSync(project.path("directory.json"));
    expect(await mistakes(name)).toBe(message);
  });
});
