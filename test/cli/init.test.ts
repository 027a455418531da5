import { chmodSync, statSync, symlinkSync } from "node:fs";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { runCommand, type Outcome } from "../support/command-line.js";
import { newProject } from "../support/project.js";

const SCHEMA = "{ 'event': 'POWERDOWN' }\n";
const VITE = `import { defineConfig } from "vite";\n\nexport default defineConfig({\n  plugins: [],\n});\n`;

function config(schema: string, output: string): string {
  return `import { defineConfig } from "qapi-codegen/config";

export default defineConfig({
  schema: "${schema}",
  output: "${output}",
});
`;
}

/** Runs `init` at a terminal at which somebody types `answers`, and then nothing more. */
async function atTerminal(
  args: readonly string[],
  ...answers: readonly string[]
): Promise<Outcome & { shown: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = "";
  output.setEncoding("utf8").on("data", (text: string) => (shown += text));
  input.end(answers.map((answer) => `${answer}\n`).join(""));
  const outcome = await runCommand(["init", ...args], {
    streams: () => ({ input, output }),
    inIsTerminal: true,
    outIsTerminal: true,
    environment: { NO_COLOR: "1" },
  });
  return { ...outcome, shown };
}

describe("without questions", () => {
  it("takes what flags say, and what is likely for the rest", async () => {
    const project = newProject({
      "package.json": { type: "module", scripts: { build: "vite build" } },
      "tsconfig.json": {},
      "vite.config.ts": VITE,
      "src/main.ts": "",
      "a/schema.json": SCHEMA,
    });
    const { status, out, error } = await runCommand(["init", "--yes", "--schema", "a/schema.json"]);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(project.read("qapi.config.ts")).toBe(config("a/schema.json", "src/qmp"));
    expect(project.read("vite.config.ts")).toContain("plugins: [qapi()],");
    expect(JSON.parse(project.read("package.json"))).toEqual({
      type: "module",
      scripts: { build: "vite build", qapi: "qapi-codegen", prebuild: "qapi-codegen" },
      devDependencies: { "qapi-codegen": expect.stringMatching(/^\^\d/) as unknown },
    });
    expect(out).toContain("new: qapi.config.ts\n  @@ -0,0 +1,6 @@\n  +import { defineConfig }");
    expect(out).toContain(
      `changed: vite.config.ts\n  @@ -1,5 +1,6 @@\n   import { defineConfig } from "vite";\n  +import qapi`,
    );
    expect(out).toMatch(
      /Wrote qapi\.config\.ts, package\.json, vite\.config\.ts\nNext: npm install && npm run qapi\n$/,
    );
  });

  it("has nothing to do the second time", async () => {
    const project = newProject({ "package.json": { scripts: { build: "x" } }, "vite.config.ts": VITE });
    await runCommand(["init", "--yes"]);
    const before = project.files().map((path) => project.read(path));
    expect(await runCommand(["init", "--yes"])).toEqual({
      status: 0,
      out: "There is a configuration already: qapi.config.mjs\nThere is nothing to do\n",
      error: "",
    });
    expect(project.files().map((path) => project.read(path))).toEqual(before);
  });

  it("makes what the command line then takes", async () => {
    const project = newProject({ "qapi/qapi-schema.json": SCHEMA });
    expect((await runCommand(["init", "--yes"])).status).toBe(0);
    expect(JSON.parse(project.read("qapi.config.json"))).toEqual({ schema: "qapi", output: "qmp" });
    expect(await runCommand(["-q"])).toEqual({ status: 0, out: "", error: "" });
    expect(project.files()).toContain("qmp/events/qapi-schema.ts");
  });

  it.each([
    [{ type: "module", devDependencies: { typescript: "^5.9.0" } }, "qapi.config.ts"],
    [{ devDependencies: { typescript: "^5.9.0" } }, "qapi.config.mts"],
    [{ type: "module" }, "qapi.config.js"],
    [{}, "qapi.config.mjs"],
  ])("names the file as the project is: %j, %s", async (manifest, name) => {
    const project = newProject({ "package.json": manifest });
    await runCommand(["init", "--yes", "-s", "qga@10.2", "-o", "lib/agent"]);
    expect(project.read(name)).toBe(config("qga@10.2", "lib/agent"));
  });

  it("shows what it would do with --dry-run", async () => {
    const project = newProject({ "package.json": {}, "rollup.config.mjs": "export default { plugins: [] };\n" });
    const before = project.files();
    const { status, out } = await runCommand(["init", "--dry-run"]);
    expect(status).toBe(0);
    expect(out).toContain("+export default { plugins: [qapi()] };");
    expect(out).not.toContain("Wrote");
    expect(project.files()).toEqual(before);
    expect(project.read("package.json")).toBe("{}\n");
  });

  it("says what is left to do by hand", async () => {
    const project = newProject({
      "package.json": { scripts: { build: "webpack", prebuild: "clean" } },
      "webpack.config.js": "module.exports = require('./other');\n",
    });
    const { status, out } = await runCommand(["init", "--yes"]);
    expect(status).toBe(0);
    expect(out).toContain("note: package.json has a script 'prebuild' already: let it run 'qapi-codegen', too\n");
    expect(out).toContain(
      `note: webpack.config.js is for you to change, since what it exports is no object that could be found: import qapi from "qapi-codegen/webpack", and put qapi() first into 'plugins'\n`,
    );
    expect(project.read("webpack.config.js")).toBe("module.exports = require('./other');\n");
  });

  it.each([
    ["says that Vite has no configuration for a plugin", { "package.json": { devDependencies: { vite: "^8" } } }, true],
    ["does not say so where there is one", { "vite.config.js": "export default {};\n" }, false],
    ["does not say so where there is no Vite", { "package.json": {} }, false],
  ] as const)("%s", async (_, files, isSaid) => {
    newProject({ "package.json": { devDependencies: { vite: "^8" } }, ...files });
    const { out } = await runCommand(["init", "--yes"]);
    expect(out.includes("note: there is no configuration of Vite")).toBe(isSaid);
  });

  it("leaves links to be links, and modes as they are", async () => {
    const project = newProject({ "real/package.json": {} });
    symlinkSync("real/package.json", project.path("package.json"));
    chmodSync(project.path("real/package.json"), 0o640);
    expect((await runCommand(["init", "--yes"])).status).toBe(0);
    expect(project.read("real/package.json")).toContain("qapi-codegen");
    expect(statSync(project.path("real/package.json")).mode & 0o777).toBe(0o640);
  });

  it.each([
    [[], "there is no terminal to ask at: add --yes, and --schema and --output if you like"],
    [["schema.json"], "it takes no arguments: the schema is named by --schema"],
    [["--yes", "--schema", "nowhere"], "there is no schema at 'nowhere': no such file or directory"],
    [["--yes", "--schema", "qemu@10.9"], "there is no 'qemu@10.9' among the schemas that come with qapi-codegen"],
  ])("%j is bad usage", async (args, message) => {
    const project = newProject({ "package.json": {} });
    const { status, error } = await runCommand(["init", ...args]);
    expect(status).toBe(2);
    expect(error).toContain(`qapi-codegen: ${message}`);
    expect(project.files()).toEqual(["package.json"]);
  });
});

describe("at a terminal", () => {
  it("asks two questions, shows the difference, and asks for consent", async () => {
    const project = newProject({ "package.json": { type: "module" }, "src/a.js": "", "a.json": SCHEMA });
    const { status, shown, out } = await atTerminal([], "a.json", "lib", "y");
    expect(status).toBe(0);
    expect(shown).toMatch(/Which schema\? A file, a directory or a release \[qemu@[\d.]+\] /);
    expect(shown).toContain("Where to write? [src/qmp] ");
    expect(shown).toContain("Write this? [Y/n] ");
    expect(out).toContain("Wrote qapi.config.js, package.json\n");
    expect(project.read("qapi.config.js")).toBe(config("a.json", "lib"));
  });

  it("takes an empty answer for what it proposes", async () => {
    const project = newProject({ "package.json": {}, "qapi/qapi-schema.json": SCHEMA });
    expect((await atTerminal([], "", "", "")).status).toBe(0);
    expect(project.read("qapi.config.mjs")).toBe(config("qapi", "qmp"));
  });

  it("asks again when there is no such schema", async () => {
    const project = newProject({ "package.json": {}, "a.json": SCHEMA });
    const { status, out } = await atTerminal(["-o", "lib"], "b.json", "a.json", "yes");
    expect(status).toBe(0);
    expect(out).toMatch(/^there is no schema at 'b\.json': no such file or directory\n/);
    expect(project.read("qapi.config.mjs")).toBe(config("a.json", "lib"));
  });

  it.each([
    ["an answer is no", ["", "", "n"], "Nothing was written\n"],
    ["there is no answer to the first question", [], ""],
    ["there is no answer to the second question", [""], ""],
    ["there is no consent", ["", ""], "Nothing was written\n"],
  ])("writes nothing when %s", async (_, answers, end) => {
    const project = newProject({ "package.json": {} });
    const { status, out } = await atTerminal([], ...answers);
    expect(status).toBe(1);
    expect(out.endsWith(end)).toBe(true);
    expect(project.files()).toEqual(["package.json"]);
  });

  it("asks for nothing that is said", async () => {
    newProject({ "package.json": {} });
    const { status, shown } = await atTerminal(["-s", "qemu@7.2", "-o", "lib"], "y");
    expect(status).toBe(0);
    expect(shown.match(/\?/g)).toHaveLength(1);
  });
});
