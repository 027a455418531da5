import { expect, it } from "vitest";
import { check } from "../../src/schema/check.js";
import { memoryHost } from "../../src/schema/host.js";
import { load } from "../../src/schema/load.js";
import { dump } from "../../conformance/dump.js";
import { isObject, type Json, listAt, stringAt } from "../../conformance/json.js";
import { inQemuOrder } from "../../conformance/place.js";

const DOC = "##\n# text\n##\n";

function modulesOf(files: Readonly<Record<string, string>>): readonly Json[] {
  const { tree, ...rest } = load("main.json", memoryHost(files));
  const { schema } = check({ tree, ...rest });
  return schema === undefined ? [] : listAt(dump(tree, schema, "10.2"), "modules").map((item) => shown(item));
}

function shown(module: Json): Json {
  const includes = listAt(module, "entities").flatMap((entity) => stringAt(entity, "module") ?? []);
  return isObject(module) ? [module["name"] ?? null, ...includes] : null;
}

it("names modules by their normalised ways", () => {
  const files = { "main.json": "{ 'include': 'inc/a.json' }\n{ 'include': 'inc/../inc/b.json' }\n" };
  expect(modulesOf({ ...files, "inc/a.json": "{ 'include': '../inc/b.json' }\n", "inc/b.json": DOC })).toEqual([
    ["main.json", "inc/a.json", "inc/b.json"],
    ["inc/a.json", "inc/b.json"],
    ["inc/b.json"],
  ]);
});

it("keeps './', with which the modules of QEMU's compiler itself begin", () => {
  const files = { "main.json": "{ 'include': './inc/a.json' }\n{ 'include': 'inc/b.json' }\n" };
  expect(modulesOf({ ...files, "inc/a.json": "{ 'include': 'b.json' }\n", "inc/b.json": DOC })).toEqual([
    ["main.json", "./inc/a.json", "inc/b.json"],
    ["./inc/a.json", "./inc/b.json"],
    ["./inc/b.json"],
    ["inc/b.json"],
  ]);
});

it("names files as the includes that first led to them", () => {
  const files = { "main.json": "{ 'include': 'inc/a.json' }\n", "inc/a.json": "{ 'include': '../b.json' }\n" };
  const loaded = load("main.json", memoryHost({ ...files, "b.json": "]\n" }));
  const [first] = inQemuOrder(check(loaded, { style: true }).diagnostics, loaded.tree);
  expect(first?.place).toEqual({ file: "inc/../b.json", line: 1, column: 1 });
});
