import { posix } from "node:path";
import { runInNewContext } from "node:vm";
import { build, transformSync } from "esbuild";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/emitters/commands.js";
import { MAP_OF } from "../../src/emitters/map-of.js";
import { metadata } from "../../src/emitters/metadata.js";
import { types } from "../../src/emitters/types.js";
import type { Definition, Feature } from "../../src/schema/schema.js";
import { compileErrors } from "../support/compile.js";
import { emitted, emittedFiles } from "../support/emitted.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { schemaOf, type SchemaText } from "../support/harness.js";

const FILE = "metadata/metadata.ts";

/** The statement that declares the map. */
function declared(text: SchemaText): string {
  const file = emitted(text, metadata, FILE);
  return file.slice(file.indexOf("export const"));
}

/** What code sees in the map, as plain lists. */
function loaded(text: SchemaText): unknown {
  const run = (path: string, result: string, require?: () => unknown): unknown => {
    const { code } = transformSync(emitted(text, metadata, path), { loader: "ts", format: "cjs" });
    return runInNewContext(`const module = { exports: {} };\n${code}\n${result}`, { require });
  };
  const required = run(MAP_OF.path, "module.exports");
  // Maps are of another realm there.
  const plain = `JSON.stringify([...module.exports.metadata], (key, value) => value?.entries ? [...value] : value)`;
  const json = run(FILE, plain, () => required);
  const entries: unknown = JSON.parse(String(json));
  return entries;
}

/** The same from the model: each part of each definition by itself. */
function expected(text: SchemaText): unknown {
  return schemaOf(text).definitions.flatMap((definition) => {
    const entry = {
      ...(definition.features.length > 0 && { features: names(definition.features) }),
      ...parts("members", ownMembers(definition)),
      ...parts("values", definition.kind === "enum" ? definition.values : []),
      ...(definition.kind === "command" && {
        ...(definition.allowOob && { allowOob: true }),
        ...(definition.allowPreconfig && { allowPreconfig: true }),
        ...(definition.coroutine && { coroutine: true }),
        ...(!definition.successResponse && { successResponse: false }),
        ...(!definition.gen && { gen: false }),
      }),
    };
    return Object.keys(entry).length === 0 ? [] : [[definition.name, entry]];
  });
}

interface Part {
  readonly name: string;
  readonly features: readonly Feature[];
}

function ownMembers(definition: Definition): readonly Part[] {
  if (definition.kind === "struct") return definition.members;
  const written =
    definition.kind === "union"
      ? definition.base
      : definition.kind === "command" || definition.kind === "event"
        ? definition.arguments
        : undefined;
  return written?.kind === "anonymous" ? written.members : [];
}

function parts(key: string, all: readonly Part[]): object {
  const marked = all.filter(({ features }) => features.length > 0);
  return marked.length === 0 ? {} : { [key]: marked.map(({ name, features }) => [name, names(features)]) };
}

function names(features: readonly Feature[]): readonly string[] {
  return features.map(({ name }) => name);
}

describe("the map", () => {
  it("has what the schema says of each definition, and nothing of the others", () => {
    const text = `
      { 'enum': 'Mode', 'data': [ 'on', { 'name': 'off', 'features': [ 'deprecated' ] } ] }
      { 'struct': 'Plain', 'data': { 'x': 'int' } }
      { 'struct': 'Base', 'data': { 'a': { 'type': 'int', 'features': [ 'unstable' ] }, 'b': 'int' }, 'features': [ 'new' ] }
      { 'struct': 'Derived', 'base': 'Base', 'data': { } }
      { 'command': 'quit-now', 'success-response': false, 'allow-oob': true }
      { 'command': 'any-device', 'gen': false, 'data': { 'id': { 'type': 'str', 'features': [ 'deprecated', 'unstable' ] } } }
      { 'command': 'begin', 'coroutine': true, 'allow-preconfig': true }
      { 'event': 'QUIT', 'features': [ 'rare' ], 'data': { 'why': { 'type': 'str', 'features': [ 'x' ] } } }`;
    expect(declared(text)).toBe(`\
export const metadata: ReadonlyMap<string, Metadata> =
  /* @__PURE__ */ mapOf<Metadata>({
    Mode: {
      values: /* @__PURE__ */ mapOf<readonly string[]>({ off: ["deprecated"] }),
    },
    Base: {
      features: ["new"],
      members: /* @__PURE__ */ mapOf<readonly string[]>({ a: ["unstable"] }),
    },
    "quit-now": { allowOob: true, successResponse: false },
    "any-device": {
      members: /* @__PURE__ */ mapOf<readonly string[]>({
        id: ["deprecated", "unstable"],
      }),
      gen: false,
    },
    begin: { allowPreconfig: true, coroutine: true },
    QUIT: {
      features: ["rare"],
      members: /* @__PURE__ */ mapOf<readonly string[]>({ why: ["x"] }),
    },
  });
`);
    expect(loaded(text)).toEqual(expected(text));
  });

  it("has the members that a union writes in place", () => {
    const text = `{ 'enum': 'Tag', 'data': [ 'a' ] }
      { 'union': 'U', 'base': { 'tag': { 'type': 'Tag', 'features': [ 'x' ] } }, 'discriminator': 'tag', 'data': {} }`;
    expect(loaded(text)).toEqual([["U", { members: [["tag", ["x"]]] }]]);
  });

  it("is there when there is nothing to say", () => {
    const text = "{ 'struct': 'S', 'data': {} }";
    expect(declared(text)).toMatch(/ =\n {2}\/\* @__PURE__ \*\/ mapOf<Metadata>\(\{\}\);\n$/);
    expect(loaded(text)).toEqual([]);
  });

  it.each([...okRoots.map((root) => ["ok", root] as const), ["net", "qapi-schema.json"] as const])(
    "is what the model has: fixtures/%s/%s",
    (folder, root) => {
      const text = fixtureFiles(folder, root);
      expect(loaded(text)).toEqual(expected(text));
    },
  );

  it("takes names that objects have anyway", () => {
    const text = `{ 'command': 'constructor', 'allow-oob': true }
      { 'command': 'toString', 'data': { 'valueOf': { 'type': 'int', 'features': [ 'hasOwnProperty' ] } } }`;
    expect(loaded(text)).toEqual([
      ["constructor", { allowOob: true }],
      ["toString", { members: [["valueOf", ["hasOwnProperty"]]] }],
    ]);
  });

  it("gives way to no type", () => {
    const files = emittedFiles("{ 'struct': 'Metadata', 'data': {} } { 'command': 'metadata' }", [commands, metadata]);
    expect(compileErrors(files)).toEqual([]);
    expect(files.get("types/test.ts")).toContain("interface Metadata_ ");
    expect(files.get("commands/test.ts")).toContain("function metadata_(");
  });
});

it("is as prettier would have it with names of up to 120 characters", async () => {
  for (let length = 1; length <= 120; length++) {
    const name = "m".repeat(length);
    const member = `{ 'type': 'int', 'features': [ 'deprecated', 'f-${name}' ] }`;
    const text = `
      { 'struct': 'S${name}', 'data': { '${name}': ${member} } }
      { 'struct': 'T${name}', 'data': { '${name}': ${member}, 'two': ${member} }, 'features': [ '${name}' ] }
      { 'enum': 'E${name}', 'data': [ { 'name': '${name}', 'features': [ 'x' ] } ] }
      { 'command': 'c${name}', 'allow-oob': true, 'allow-preconfig': true, 'success-response': false }`;
    for (const schema of [text, `{ 'command': 'c${name}', 'allow-oob': true }`]) {
      const file = emitted(schema, metadata, FILE);
      expect(await format(file, { parser: "typescript" })).toBe(file);
    }
  }
});

describe("an application", () => {
  const text = `{ 'enum': 'E', 'data': [ 'v' ] }
    { 'command': 'c', 'allow-oob': true, 'data': { 'x': { 'type': 'int', 'features': [ 'deprecated' ] } } }`;

  it("finds the answers with their types", () => {
    const files = new Map(emittedFiles(text, [commands, metadata])).set(
      "app.ts",
      `import { metadata, type Metadata } from "./index.js";
       const command: Metadata | undefined = metadata.get("c");
       export const oob: boolean | undefined = command?.allowOob;
       export const features: readonly string[] | undefined = command?.members?.get("x");
       // @ts-expect-error: they do not change.
       metadata.set("d", {});`,
    );
    expect(compileErrors(files)).toEqual([]);
  });

  it("that does not ask has none of it in its bundle", async () => {
    const files = emittedFiles(text, [types, metadata]);
    const bundle = async (app: string): Promise<string> => {
      const { outputFiles } = await build({
        stdin: { contents: app, loader: "ts", resolveDir: "/" },
        bundle: true,
        format: "esm",
        write: false,
        plugins: [
          {
            name: "in-memory",
            setup(build) {
              build.onResolve({ filter: /^\./ }, ({ path, importer }) => ({
                path: posix.join(posix.dirname(importer), path).replace(/\.js$/, ".ts"),
                namespace: "output",
              }));
              build.onLoad({ filter: /.*/, namespace: "output" }, ({ path }) => ({
                contents: files.get(path) ?? "",
                loader: "ts",
              }));
            },
          },
        ],
      });
      return outputFiles[0]?.text ?? "";
    };
    expect(await bundle('import { metadata } from "./index.js"; console.log(metadata);')).toContain("allowOob");
    const without = await bundle('import { E } from "./index.js"; console.log(E);');
    expect(without).toContain("console.log(E)");
    expect(without).not.toMatch(/allowOob|mapOf/);
  });
});
