import { runInNewContext } from "node:vm";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { Config, SchemaConfig, SeveralConfig, SingleConfig } from "../../src/config/config.js";
import { defineConfig } from "../../src/config/config.js";
import { ConfigError } from "../../src/config/config-error.js";
import { runsOf } from "../../src/config/runs.js";
import { keyOf, nameOf, SETTINGS, SETTINGS_BY_KEY, type SettingKey } from "../../src/config/settings.js";
import { isConfig } from "../../src/config/validate.js";
import { defaultEmitters, emitters } from "../../src/emitters/index.js";
import { newProject } from "../support/project.js";

const MINIMAL: SingleConfig = { schema: "a.json", output: "out" };

/** What is said of values that are no configurations, a line each. */
async function mistakes(config: object): Promise<readonly string[]> {
  const outcome: unknown = await runsOf(json(config), ".").catch((error: unknown) => error);
  if (outcome instanceof ConfigError)
    return outcome.message.split("\n").map((line) => line.replace("the options: ", ""));
  throw new Error("nothing is wrong", { cause: outcome });
}

/** Passes for a configuration, as what comes from JavaScript does. */
function json(value: object): Config {
  return Object.assign(Object.create(null) as Config, value);
}

describe("the runs of a configuration", () => {
  it("are one for one schema, with what the command line has by default", async () => {
    expect(await runsOf(MINIMAL, ".")).toEqual([
      { schema: "a.json", output: "out", emitters: defaultEmitters, defines: new Map(), definesFiles: [] },
    ]);
  });

  it("have every option", async () => {
    const config: Config = defineConfig({
      schema: "a.json",
      output: "out",
      emit: ["events", "types"],
      only: ["netdev_add", "query-*"],
      define: { CONFIG_A: true, CONFIG_B: false },
      defines: ["config-host.h"],
      prefix: "Qga",
      int64: "bigint",
      docs: "brief",
      manual: "none",
      target: "js",
      importExtension: "none",
      root: "..",
      names: "names.json",
      format: "json",
      quiet: true,
      color: false,
      cache: false,
    });
    expect(await runsOf(config, "/project")).toEqual([
      {
        schema: "/project/a.json",
        output: "/project/out",
        emitters: [emitters.types, emitters.events],
        only: ["netdev_add", "query-*"],
        defines: new Map([
          ["CONFIG_A", true],
          ["CONFIG_B", false],
        ]),
        definesFiles: ["/project/config-host.h"],
        prefix: "Qga",
        int64: "bigint",
        docs: "brief",
        manual: "none",
        target: "js",
        importExtension: "none",
        root: "/",
        names: "/project/names.json",
      },
    ]);
    expect(new Set(Object.keys(config))).toEqual(
      new Set(["schema", ...keys("schema"), ...keys("run")].filter((key) => key !== "emitter")),
    );
  });

  it("leave the names of releases as they are, for they are no paths", async () => {
    const runs = await runsOf({ schema: "qemu@10.2", output: "out", names: "qga@5.2" }, "/project");
    expect(runs).toMatchObject([{ schema: "qemu@10.2", output: "/project/out", names: "qga@5.2" }]);
    const path = await runsOf({ schema: "./qemu@10.2", output: "qga@5.2" }, "/project");
    expect(path).toMatchObject([{ schema: "/project/qemu@10.2", output: "/project/qga@5.2" }]);
  });

  it("take one for a list, and commas in names", async () => {
    const [run] = await runsOf({ ...MINIMAL, emit: "events, types", only: "a,b", defines: "x.h" }, "sub");
    expect(run).toMatchObject({
      schema: "sub/a.json",
      emitters: [emitters.types, emitters.events],
      only: ["a", "b"],
      definesFiles: ["sub/x.h"],
    });
  });

  it("are several for several schemas, whose options stand in the place of the shared ones", async () => {
    const config: SeveralConfig = {
      int64: "bigint",
      define: { A: true, B: true },
      emit: ["types"],
      schemas: [
        { schema: "a", output: "x" },
        { schema: "/b", output: "y", int64: "number", define: { A: false }, emit: "schema" },
      ],
    };
    const [first, second] = await runsOf(config, "base");
    expect(first).toMatchObject({ schema: "base/a", output: "base/x", int64: "bigint", emitters: [emitters.types] });
    expect(first?.defines).toEqual(new Map([["A", true], ["B", true]])); // prettier-ignore
    expect(second).toMatchObject({ schema: "/b", output: "base/y", int64: "number", emitters: [emitters.schema] });
    expect(second?.defines).toEqual(new Map([["A", false]]));
  });

  it("take what is undefined for what is not there", async () => {
    const config = json({
      ...MINIMAL,
      prefix: undefined,
      emit: undefined,
      define: { A: undefined, B: true },
      only: undefined,
    });
    expect(await runsOf(config, ".")).toEqual([
      { ...MINIMAL, emitters: defaultEmitters, defines: new Map([["B", true]]), definesFiles: [] },
    ]);
  });

  it("run emitters of others: objects, and modules that are found from the configuration", async () => {
    newProject({
      "sub/mine.mjs": 'export default { name: "mine", emit() {} };',
      "sub/node_modules/theirs/package.json": { name: "theirs", type: "module", exports: "./index.js" },
      "sub/node_modules/theirs/index.js": 'export default { name: "theirs", emit() {} };',
    });
    const own = { name: "own", emit: (): void => undefined };
    const [run] = await runsOf({ ...MINIMAL, emit: ["types", "mine"], emitter: ["./mine.mjs", "theirs", own] }, "sub");
    expect(run?.emitters?.map(({ name }) => name)).toEqual(["types", "mine", "theirs", "own"]);
  });
});

describe("what is wrong with a configuration", () => {
  it.each<readonly [object, readonly string[]]>([
    [{}, ["'schema' is missing: which schema? A file or a directory", "'output' is missing: where to? A directory"]],
    [{ ...MINIMAL, int64: "big" }, ['int64: expected "mixed", "bigint" or "number", received "big"']],
    [{ ...MINIMAL, schema: 5 }, ["schema: expected a path, received 5"]],
    [{ ...MINIMAL, output: "" }, ['output: expected a path, received ""']],
    [{ ...MINIMAL, output: "a\0b" }, ['output: expected a path, received "a\\u0000b"']],
    [{ ...MINIMAL, int46: "mixed" }, ["int46: there is no such option; did you mean 'int64'?"]],
    [
      { ...MINIMAL, "import-extension": ".js" },
      ["[\"import-extension\"]: there is no such option; did you mean 'importExtension'?"],
    ],
    [{ ...MINIMAL, constructor: 1 }, ["constructor: there is no such option"]],
    [{ ...MINIMAL, watch: true }, ["watch: only the command line can say this: --watch"]],
    [{ ...MINIMAL, dryRun: true }, ["dryRun: only the command line can say this: --dry-run"]],
    [
      { ...MINIMAL, prefix: "9x" },
      ["prefix: expected what can begin an identifier, a letter, then letters, digits and '_', received \"9x\""],
    ],
    [
      { ...MINIMAL, manual: "manual.html" },
      ['manual: expected the address of a page, https://..., or "none", received "manual.html"'],
    ],
    [{ ...MINIMAL, quiet: "yes" }, ['quiet: expected true or false, received "yes"']],
    [
      { ...MINIMAL, define: { A: "off", "b c": true } },
      [
        'define.A: expected true or false, received "off"',
        'define["b c"]: expected a name of letters, digits and \'_\', received "b c"',
      ],
    ],
    [{ ...MINIMAL, define: ["A"] }, ["define: expected build options, { NAME: true or false }, received a list"]],
    [{ ...MINIMAL, defines: ["a.h", 7] }, ["defines[1]: expected a path, received 7"]],
    [{ ...MINIMAL, defines: true }, ["defines: expected a path or a list of paths, received true"]],
    [{ ...MINIMAL, only: ["a", ""] }, ['only[1]: expected a name, received ""']],
    [{ ...MINIMAL, only: null }, ["only: expected a name or a list of names, received null"]],
    [{ ...MINIMAL, emit: ["types", "type"] }, ["emit[1]: unknown emitter 'type'; did you mean 'types'?"]],
    [
      { ...MINIMAL, emit: "types,nonsense" },
      [
        "emit: unknown emitter 'nonsense'; there are types, events, commands, validators, metadata, schema, json-schema",
      ],
    ],
    [
      { ...MINIMAL, emitter: [{ name: "A" }] },
      ["emitter[0]: this is no emitter: its name 'A' does not consist of small letters, digits and '-'"],
    ],
    [{ ...MINIMAL, emitter: "./nowhere.js" }, ["emitter: there is no emitter at './nowhere.js': no such file"]],
    [
      { ...MINIMAL, emitter: { name: "types", emit: (): void => undefined } },
      ["emitter: there is an emitter 'types' already"],
    ],
    [
      { ...MINIMAL, emit: "mine", emitter: { name: "other", emit: (): void => undefined } },
      [expect.stringMatching(/^emit: unknown emitter 'mine'; there are .*, json-schema, other$/)],
    ],
    [
      { ...MINIMAL, target: "js", importExtension: ".ts" },
      ["importExtension: JavaScript cannot import '.ts' files: with target js, imports end with .js or none"],
    ],
    [{ schemas: MINIMAL }, ["schemas: expected a list of schemas, received an object"]],
    [{ schemas: ["a.json"] }, ['schemas[0]: expected a schema: { schema, output }, received "a.json"']],
    [
      { ...MINIMAL, schemas: [] },
      ["schema: this belongs into one of the 'schemas'", "output: this belongs into one of the 'schemas'"],
    ],
    [
      { schemas: [MINIMAL, { schema: "b", int64: "big", quiet: true }] },
      [
        "schemas[1]: 'output' is missing: where to? A directory",
        'schemas[1].int64: expected "mixed", "bigint" or "number", received "big"',
        "schemas[1].quiet: this is said once, beside 'schemas'",
      ],
    ],
    [
      { int64: 1, schemas: [{ schemas: [] }] },
      [
        'int64: expected "mixed", "bigint" or "number", received 1',
        "schemas[0]: 'schema' is missing: which schema? A file or a directory",
        "schemas[0]: 'output' is missing: where to? A directory",
        "schemas[0].schemas: there is no such option; did you mean 'schema'?",
      ],
    ],
  ])("%j", async (config, messages) => {
    expect(await mistakes(config)).toEqual(messages);
  });

  it.each([
    ["a", "a", /^schemas\[1\]\.output: '.*a' is the output of another schema as well$/],
    ["a", "./b/../a/", /^schemas\[1\]\.output: '.*a' is the output of another schema as well$/],
    [
      "a",
      "a/b",
      /^schemas\[1\]\.output: '.*a\/b' and the output of another schema, '.*a', are one inside of the other$/,
    ],
    [
      "a/b",
      "a",
      /^schemas\[1\]\.output: '.*a' and the output of another schema, '.*a\/b', are one inside of the other$/,
    ],
  ])("are outputs %s and %s, which are in the way of each other", async (one, other, message) => {
    const schemas = [{ schema: "s", output: one }, { schema: "s", output: other }]; // prettier-ignore
    expect(await mistakes({ schemas })).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ["a", "ab"],
    ["a", "..a"],
    ["a/b", "a/c"],
  ])("are not outputs %s and %s", async (one, other) => {
    // prettier-ignore
    const schemas = [{ schema: "s", output: one }, { schema: "s", output: other }]; // prettier-ignore
    expect(await runsOf({ schemas }, ".")).toHaveLength(2);
  });

  it("is told up to a number of mistakes", async () => {
    const schemas = Array.from({ length: 30 }, () => ({}));
    const lines = await mistakes({ schemas });
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe("and 40 more mistakes");
  });

  it("says so of more than fit on a stack", async () => {
    const strays = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`stray${String(index)}`, true]));
    const lines = await mistakes({ schema: "a", output: "b", ...strays });
    expect(lines.at(-1)).toBe("and 199980 more mistakes");
  });

  it("cannot change what all objects have", () => {
    const value: unknown = JSON.parse('{ "__proto__": { "polluted": true }, "schema": "a", "output": "b" }');
    expect(isConfig(value, [])).toBe(false);
    expect(isConfig({ ...MINIMAL, define: JSON.parse('{ "__proto__": true }') as unknown }, [])).toBe(true);
    expect("polluted" in {}).toBe(false);
  });
});

describe("the table of options", () => {
  it("has all that a configuration can say, and nothing else of it", () => {
    expectTypeOf<SettingKey>().toEqualTypeOf<
      Exclude<keyof SchemaConfig | Exclude<keyof SingleConfig, keyof SchemaConfig>, "schema">
    >();
    const all: Readonly<Record<SettingKey, true>> = {
      output: true, emit: true, emitter: true, only: true, define: true, defines: true, prefix: true, int64: true, docs: true,
      manual: true, target: true, importExtension: true, root: true, names: true, cache: true, format: true, quiet: true, color: true,
    }; // prettier-ignore
    expect(new Set([...keys("schema"), ...keys("run")])).toEqual(new Set(Object.keys(all)));
  });

  it("has names that are their keys in another case", () => {
    for (const name of Object.keys(SETTINGS)) expect(nameOf(keyOf(name))).toBe(name);
  });

  it("has choices of which the first one is the default, and an example for each key", async () => {
    for (const [key, { scope, example, kind, choices }] of SETTINGS_BY_KEY) {
      if (scope === "command line") continue;
      expect(example, key).toBeDefined();
      expect(kind === "choice", key).toBe(choices !== undefined);
      if (key === "emitter") continue;
      const value: unknown = runInNewContext(`(${example ?? ""})`);
      await expect(runsOf(json({ ...MINIMAL, [key]: value }), "."), key).resolves.toHaveLength(1);
    }
  });
});

function keys(scope: string): readonly string[] {
  return [...SETTINGS_BY_KEY].filter(([, setting]) => setting.scope === scope).map(([key]) => key);
}
