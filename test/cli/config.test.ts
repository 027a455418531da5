import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command-line.js";
import { newProject, type Project } from "../support/project.js";

/** The built command line: what runs code of users has to be no part of this process. */
const BIN = resolve("dist/bin/qapi-codegen.cjs");

const ONE = "{ 'event': 'ONE', 'data': { 'size': 'uint64' } }\n";
const TWO = "{ 'event': 'TWO' }\n";
const BOTH = { schemas: [{ schema: "one.json", output: "one" }, { schema: "two.json", output: "two" }] }; // prettier-ignore

function twoSchemas(config: object = {}): Project {
  return newProject({ "one.json": ONE, "two.json": TWO, "qapi.config.json": { ...BOTH, ...config } });
}

describe("without a schema", () => {
  it("all schemas of the configuration are made, from wherever below it", async () => {
    const project = newProject({
      "sub/a.ts": "",
      ".git/HEAD": "",
      "one.json": ONE,
      "two.json": TWO,
      "qapi.config.json": BOTH,
    });
    process.chdir(project.path("sub"));
    const { status, out, error } = await runCommand([]);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out).toMatch(
      /^Read \.\.\/one\.json: .*\nMade \.\.\/one: .*\nRead \.\.\/two\.json: .*\nMade \.\.\/two: .*, in \d+ ms\n$/,
    );
    expect(project.read("one/events/one.ts")).toContain("OneEvent");
    expect(project.read("two/events/two.ts")).toContain("TwoEvent");
  });

  it("what the command line says goes before what the configuration does, for each schema", async () => {
    const project = twoSchemas({ int64: "bigint", prefix: "Shared", emit: ["types", "events"] });
    expect((await runCommand(["--int64", "number", "--emit", "events", "-q"])).status).toBe(0);
    const events = project.read("one/events/one.ts");
    expect(events).toContain("SharedOneEvent");
    expect(events).toMatch(/size: number;/);
    expect(project.files()).not.toContain("one/types/one.ts");
  });

  it("one that is bad does not keep the others from being made", async () => {
    const project = twoSchemas();
    project.put("one.json", "{ 'event': 'ONE', 'data': 'Nope' }\n");
    const { status, out, error } = await runCommand([]);
    expect(status).toBe(1);
    expect(error).toMatch(/^one\.json:1:27: error\[undefined-type\]/);
    expect(out).toMatch(/^Read two\.json: /);
    expect(project.files().some((path) => path.startsWith("one/"))).toBe(false);
  });

  it("JSON has what is wrong with all of them", async () => {
    const project = twoSchemas({ format: "json" });
    project.put("one.json", "{ 'event': 'ONE', 'data': 'Nope' }\n");
    project.put("two.json", "{ 'event': 'TWO', 'data': 'Nope' }\n");
    const { status, out, error } = await runCommand([]);
    expect({ status, error }).toEqual({ status: 1, error: "" });
    expect(JSON.parse(out)).toMatchObject([{ file: "one.json" }, { file: "two.json" }]);
  });

  it("the configuration says how to go about it, unless the command line does", async () => {
    twoSchemas({ quiet: true });
    expect(await runCommand([])).toEqual({ status: 0, out: "", error: "" });
    expect((await runCommand(["--format", "text"])).out).toBe("");
  });

  it("check takes them, too", async () => {
    const project = twoSchemas();
    const { status, out } = await runCommand(["check"]);
    expect(out.match(/^Checked /gm) ?? out).toHaveLength(2);
    expect(status).toBe(0);
    project.put("two.json", "{ 'event': 'two' }\n");
    expect(await runCommand(["check", "--format", "json"])).toMatchObject({ status: 1 });
  });

  it.each([
    [[], {}, "which schema? Name a file or a directory, or write a configuration: qapi-codegen init"],
    [["check"], {}, "which schema? Name a file or a directory"],
    [["--no-config"], { "qapi.config.json": BOTH }, "which schema? Name a file or a directory, or write"],
    [["-o", "x"], { "qapi.config.json": BOTH }, "-o is for one schema, but the configuration has 2"],
    [[], { "qapi.config.json": { schemas: [] } }, "which schema? There is none in the configuration, '"],
  ])("%j with %j is bad usage", async (args, files, message) => {
    newProject({ ...files, ".git/HEAD": "" });
    const { status, error } = await runCommand(args);
    expect(status).toBe(2);
    expect(error).toContain(`qapi-codegen: ${message}`);
  });
});

describe("with a schema", () => {
  it("it is one run with what the schemas of the configuration share", async () => {
    const project = twoSchemas({ prefix: "Shared", emit: "events" });
    expect((await runCommand(["one.json", "-o", "here", "-q"])).status).toBe(0);
    expect(project.read("here/events/one.ts")).toContain("SharedOneEvent");
    expect(project.files().some((path) => /^(one|two)\//.test(path))).toBe(false);
  });

  it("the output of the configuration is not taken for that of another schema", async () => {
    newProject({ "one.json": ONE, "qapi.config.json": { schema: "two.json", output: "two" } });
    const { status, error } = await runCommand(["one.json"]);
    expect(status).toBe(2);
    expect(error).toContain("where to? Name the output directory: -o DIR");
  });

  it("--config names another configuration, --no-config none", async () => {
    const project = twoSchemas({ prefix: "Shared" });
    project.put("other.json", { schema: "one.json", output: "x", prefix: "Other" });
    await runCommand(["one.json", "-o", "here", "-q", "--config", "other.json"]);
    expect(project.read("here/events/one.ts")).toContain("OtherOneEvent");
    await runCommand(["one.json", "-o", "here", "-q", "--no-config"]);
    expect(project.read("here/events/one.ts")).toContain("interface OneEvent");
  });
});

describe("a configuration that is bad", () => {
  it("is told in full, and exits with 2", async () => {
    twoSchemas({ int64: "big", quite: true });
    expect(await runCommand([])).toEqual({
      status: 2,
      out: "",
      error:
        'qapi.config.json:12:12: int64: expected "mixed", "bigint" or "number", received "big"\n' +
        "qapi.config.json:13:12: quite: there is no such option; did you mean 'quiet'?\n",
    });
  });

  it("cannot write to the terminal what it likes", async () => {
    newProject({ "qapi.config.json": { schema: "a", output: "b", "\u001b[31m": 1 } });
    expect((await runCommand([])).error).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it.each([
    [
      "mjs",
      "export default {\n  schema: a b };",
      /^qapi\.config\.mjs:2:12: cannot load the configuration: SyntaxError: /,
    ],
    ["ts", "export default {\n  schema: a b };", /^qapi\.config\.ts:2(:12)?: cannot load the configuration: /],
    [
      "cjs",
      "module.exports = {\n  schema: a b };",
      /^qapi\.config\.cjs:2: cannot load the configuration: SyntaxError: /,
    ],
    [
      "mjs",
      "\nthrow new TypeError('I am broken');",
      /^qapi\.config\.mjs:2:7: cannot load the configuration: TypeError: I am broken\n$/,
    ],
    [
      "mts",
      "const a: 1 = 1;\nthrow new TypeError('I am broken');",
      /^qapi\.config\.mts:2:7: cannot load the configuration: TypeError: I am broken\n$/,
    ],
    ["mjs", "throw 'nonsense';", /^qapi\.config\.mjs: cannot load the configuration: it throws nonsense\n$/],
    [
      "mjs",
      "import './nowhere.js';",
      /^qapi\.config\.mjs: cannot load the configuration: Error: Cannot find module '.*nowhere\.js'/,
    ],
  ])("as %s, %j, is told with its place and without our stack", (extension, text, message) => {
    newProject({ [`qapi.config.${extension}`]: text });
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN], { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each(["ts", "mts", "mjs"])("unlike one that imports qapi-codegen/config as %s", (extension) => {
    const project = newProject({
      "one.json": ONE,
      [`qapi.config.${extension}`]: `import { defineConfig } from "qapi-codegen/config";\nexport default defineConfig({ schema: "one.json", output: "out" });\n`,
    });
    project.link("qapi-codegen");
    const { status, stderr } = spawnSync(process.execPath, [BIN, "-q"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(project.files()).toContain("out/events/one.ts");
  });
});

describe("the other ways to run", () => {
  it("--check says what is stale, writes nothing and exits with 1; with 0 when nothing is", async () => {
    const project = twoSchemas();
    const { status, out, error } = await runCommand(["--check"]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(error).toMatch(/new: events\/one\.ts\n/);
    expect(error).toMatch(/error\[output-stale\]: 'one' is not up to date: \d+ files to write\n/);
    expect(project.files()).not.toContain("one/index.ts");
    await runCommand([]);
    expect(await runCommand(["--check"])).toEqual({
      status: 0,
      out: expect.stringMatching(/^one is up to date: \d+ files\ntwo is up to date: \d+ files\n$/) as unknown,
      error: "",
    });
    project.put("one.json", ONE.replace("size", "length"));
    const changed = await runCommand(["--check", "-q"]);
    expect(changed).toMatchObject({ status: 1, out: "" });
    expect(changed.error).toContain("  -    size: number | bigint;\n");
    expect(JSON.parse((await runCommand(["--check", "--format", "json"])).out)).toMatchObject([
      { code: "output-stale" },
    ]);
    expect(project.read("one/events/one.ts")).toContain("size");
  });

  it("--dry-run lists what would be written and removed, and exits with 0", async () => {
    const project = twoSchemas({ emit: "events" });
    await runCommand([]);
    project.put("one.json", ONE.replace("size", "length"));
    const { status, out } = await runCommand(["--dry-run"]);
    expect(status).toBe(0);
    expect(out).toMatch(/Would make one: \d+ files, .*: 1 written, .*\n {2}write events\/one\.ts\n/);
    expect(await runCommand(["--dry-run", "-q"])).toEqual({ status: 0, out: "  write events/one.ts\n", error: "" });
    expect(project.read("one/events/one.ts")).toContain("size");
  });

  it("--stdout prints the files, each under its path, and needs no output directory", async () => {
    const project = newProject({ "one.json": ONE, "events/one.ts": "mine" });
    const { status, out, error } = await runCommand(["one.json", "--stdout", "--emit", "events"]);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out).toMatch(/^\/\/ events\/index\.ts\n/);
    expect(out).toContain("\n// events/one.ts\n");
    expect(project.files()).toEqual(["events/one.ts", "one.json"]);
  });

  it(
    "--watch makes it again when the schema or the configuration changes, until it is interrupted",
    { timeout: 20_000 },
    async () => {
      const project = twoSchemas();
      const interruption = new AbortController();
      const steps: readonly (readonly [RegExp, () => void])[] = [
        [/ two: \d+ written, 0 unchanged, in \d+ ms\n$/, () => project.put("one.json", ONE.replace("size", "length"))],
        [
          / one: 2 written, \d+ unchanged, in \d+ ms\n$/,
          () => project.put("two.json", "{ 'event': 'TWO', 'data': 'No' }\n"),
        ],
        [/error\[undefined-type\].*'No'[^]*1 error\n$/, () => project.put("two.json", TWO)],
        [/ two: 0 written, /, () => project.put("qapi.config.json", { schema: 5 })],
        [
          /qapi\.config\.json:2:13: schema: expected a path/,
          () => project.put("qapi.config.json", { schema: "two.json", output: "new" }),
        ],
        [/ new: \d+ written, 0 unchanged/, () => interruption.abort()],
      ];
      let step = 0;
      const next = (text: string): boolean => {
        const [pattern, act] = steps[step] ?? [];
        if (pattern?.test(text) === true) {
          step++;
          act?.();
        }
        return true;
      };
      let error = "";
      const status = await runCommand(["--watch"], {
        interruption: () => interruption.signal,
        out: next,
        onError: (text) => next((error = text)),
      });
      expect(step).toBe(steps.length);
      expect(status.status).toBe(0);
      expect(error).toContain("schema: expected a path");
      expect(project.read("new/events/two.ts")).toContain("TwoEvent");
    },
  );

  it("--watch shows the last result of each schema in place of the ones before, on a terminal", async () => {
    const project = twoSchemas();
    const interruption = new AbortController();
    const shown: string[] = [];
    await runCommand(["--watch"], {
      interruption: () => interruption.signal,
      outIsTerminal: true,
      errorIsTerminal: true,
      environment: { CI: "1", NO_COLOR: "1" },
      out(text) {
        shown.push(text.replaceAll(String.fromCharCode(27), "^"));
        if (shown.length === 2) project.put("two.json", "{ 'event': 'TWO', 'data': 'No' }\n");
        if (shown.length === 3) interruption.abort();
        return true;
      },
    });
    const line = (name: string): string => `\\d\\d:\\d\\d:\\d\\d ${name}: .* ms\\n`;
    const watching = "Watching for changes; Ctrl-C ends it\\n";
    expect(shown).toEqual([
      expect.stringMatching(new RegExp(`^${line("one")}$`)),
      expect.stringMatching(new RegExp(`^\\^\\[1A\\^\\[J${line("one")}${line("two")}${watching}$`)),
      expect.stringMatching(
        new RegExp(`^\\^\\[3A\\^\\[J${line("one")}two\\.json:1:27: error[^]*1 error\\n${watching}$`),
      ),
    ]);
  });

  it("--watch does not begin with a configuration that is bad", async () => {
    twoSchemas({ int64: "big" });
    expect((await runCommand(["--watch"])).status).toBe(2);
  });
});
