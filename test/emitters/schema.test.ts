import { posix } from "node:path";
import { build } from "esbuild";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { defaultEmitters } from "../../src/emitters/index.js";
import { schema as schemaEmitter } from "../../src/emitters/schema.js";
import { types } from "../../src/emitters/types.js";
import { INT64_MODES } from "../../src/emit/options.js";
import { clientFiles } from "../support/client-files.js";
import { compileErrors, newestErrors } from "../support/compile.js";
import { emittedFiles } from "../support/emitted.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { schemaOf } from "../support/harness.js";
import { runSchema } from "../support/run-schema.js";

const VALIDATORS = "internal/all-validators.ts";

describe("the value", () => {
  it.each([...okRoots.map((root) => ["ok", root] as const), ["net", "qapi-schema.json"] as const])(
    "has all that the model has: fixtures/%s/%s",
    async (folder, root) => {
      const model = schemaOf(fixtureFiles(folder, root));
      const { schema } = await runSchema(model);
      const { commands, events } = await schema.validators();
      const names = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);
      expect([...schema.events]).toEqual(names(model.events));
      expect([...events.keys()]).toEqual(names(model.events));
      expect([...commands.keys()]).toEqual(names(model.commands));
      for (const [name, validator] of events) {
        const { issues = [] } = validator({ event: "no such event", timestamp: { seconds: 1, microseconds: 1 } });
        expect(issues[0]).toMatchObject({ path: ["event"], expected: `"${name}"` });
      }
      for (const { arguments: args, returns } of commands.values()) {
        expect(args(1).issues?.[0]?.received).toBe("1");
        expect(returns(undefined).issues?.[0]?.received).toBe("nothing");
      }
      for (const { name, allowOob, successResponse } of model.commands) {
        expect(schema.metadata.get(name)?.allowOob ?? false).toBe(allowOob);
        expect(schema.metadata.get(name)?.successResponse ?? true).toBe(successResponse);
      }
    },
  );

  it("validates strictly what is sent and tolerantly what is received", async () => {
    const schema = await runSchema(
      schemaOf(`{ 'struct': 'S', 'data': { 'id': 'int' } } { 'command': 'c', 'data': 'S', 'returns': 'S' }
        { 'command': 'n' } { 'command': 'quit', 'success-response': false }`),
    );
    const newer = { id: 1, added: true };
    expect(schema.arguments("c").issues(newer)).toMatchObject([{ path: ["added"] }]);
    expect(schema.returns("c").issues(newer)).toBeUndefined();
    expect(schema.arguments("n").issues({})).toBeUndefined();
    expect(schema.arguments("n").issues(newer)).toHaveLength(2);
    expect(schema.returns("n").issues({})).toBeUndefined();
    expect(schema.returns("quit").issues({})).toBeUndefined();
  });

  it.each(INT64_MODES)("says how 64-bit integers are held: %s", async (int64) => {
    expect((await runSchema(schemaOf(""), { int64 })).schema.int64).toBe(int64);
  });
});

describe("shapes", () => {
  it("say what values are made of", async () => {
    const schema = await runSchema(
      schemaOf(`
        { 'enum': 'E', 'data': [ 'a', 'b' ] } { 'struct': 'S', 'data': { 'id': 'int', '*size': 'size', 'n': 'number' } }
        { 'union': 'U', 'base': { 'tag': 'E' }, 'discriminator': 'tag', 'data': { 'a': 'S' } }
        { 'alternate': 'A', 'data': { 's': 'str', 'n': 'null', 'o': 'S' } }
        { 'command': 'u', 'returns': 'U' } { 'command': 'a', 'returns': [ 'A' ] } { 'command': 's', 'returns': 'S' }
        { 'event': 'X', 'data': { 'any': 'any', '*bool': 'bool' } }`),
    );
    const { shape: union } = schema.returns("u");
    if (union.kind !== "struct") expect.fail(union.kind);
    expect(union.tag?.()).toBe("tag");
    expect(Object.entries(union.describe()).map(([name, { kind }]) => [name, kind])).toEqual([["tag", "enum"]]);
    expect(Object.keys(union.branches?.() ?? {})).toEqual(["a"]);
    expect(union.branches?.()["a"]).toBe(schema.returns("s").shape);
    const { shape: struct } = schema.returns("s");
    if (struct.kind !== "struct") expect.fail(struct.kind);
    expect(struct.tag).toBeUndefined();
    expect(struct.describe()).toMatchObject({
      id: { kind: "simple", name: "int64" },
      "*size": { kind: "simple", name: "uint64" },
      n: { kind: "simple", name: "number" },
    });
    const { shape: list } = schema.returns("a");
    if (list.kind !== "list" || list.element.kind !== "alternate") expect.fail(list.kind);
    expect(list.element.types()).toMatchObject({
      string: { kind: "simple", name: "str" },
      null: { kind: "simple", name: "null" },
      object: struct,
    });
    const { shape } = schema.event("X");
    if (shape.kind !== "struct") expect.fail(shape.kind);
    const { event: name, data, timestamp } = shape.describe();
    expect(name).toMatchObject({ kind: "simple", name: "literal" });
    expect(timestamp).toMatchObject({ kind: "simple", name: "timestamp" });
    if (data?.kind !== "struct") expect.fail(data?.kind);
    expect(data.describe()).toMatchObject({ any: { kind: "json" }, "*bool": { kind: "simple", name: "bool" } });
  });
});

describe("the text", () => {
  it("is as prettier would have it with names of up to 120 characters", async () => {
    for (let length = 1; length <= 120; length++) {
      const name = "m".repeat(length);
      const event = `{ 'event': '${name.toUpperCase()}' }`;
      const both = `${event} { 'command': '${name}', 'data': { 'x': 'int' } } { 'command': 'a-${name}', 'success-response': false }`;
      for (const text of [event, both, `${both} { 'event': 'A_${name.toUpperCase()}', 'data': { 'x': 'int' } }`]) {
        const files = emittedFiles(text, [schemaEmitter]);
        for (const path of ["schema/index.ts", VALIDATORS]) {
          const file = files.get(path) ?? "";
          expect(file).toContain(name.toUpperCase());
          expect(await format(file, { parser: "typescript" })).toBe(file);
        }
      }
    }
  });

  it("gives way to no type and no command", () => {
    const text = `{ 'struct': 'QmpSchema', 'data': {} } { 'struct': 'SchemaValidators', 'data': {} }
      { 'struct': 'CommandValidators', 'data': {} } { 'struct': 'Validator', 'data': {} } { 'struct': 'EventValidator', 'data': {} }
      { 'struct': 'mapOf', 'data': {} } { 'struct': 'Shape', 'data': {} } { 'command': 'map-of', 'returns': 'mapOf' }
      { 'command': 'schema', 'returns': 'Shape' } { 'command': 'commands' } { 'command': 'events' } { 'event': 'COMMANDS' }`;
    const files = emittedFiles(text, defaultEmitters);
    expect(compileErrors(files)).toEqual([]);
    expect(files.get("commands/test.ts")).toContain("function schema_(");
  });
});

describe("a bundle", () => {
  const text = `{ 'enum': 'E', 'data': [ 'v' ] } { 'command': 'c', 'data': { 'member': 'E' } } { 'event': 'SEEN' }`;

  /** An application, bundled as esbuild does where nobody says that the package has no side effects. */
  async function bundle(app: string): Promise<string> {
    const files = emittedFiles(text, defaultEmitters);
    const { outputFiles } = await build({
      entryPoints: ["app.ts"],
      bundle: true,
      format: "esm",
      outdir: "/out",
      absWorkingDir: "/",
      write: false,
      plugins: [
        {
          name: "in-memory",
          setup(build) {
            build.onResolve({ filter: /.*/ }, ({ path, importer }) => ({
              path: posix.join(posix.dirname(importer), path).replace(/\.js$/, ".ts"),
              namespace: "output",
            }));
            build.onLoad({ filter: /.*/, namespace: "output" }, ({ path }) => ({
              contents: path === "app.ts" ? app : (files.get(path) ?? ""),
              loader: "ts",
            }));
          },
        },
      ],
    });
    return outputFiles.map((file) => file.text).join("\n");
  }

  it("has all of it where it is used", async () => {
    const code = await bundle(`import { schema } from "./index.js"; console.log(schema);`);
    expect(code).toMatch(/fitsCArguments[^]*validateSeenEvent[^]*new Set\(\["SEEN"\]\)/);
  });

  it("has nothing of it where it is not", async () => {
    const code = await bundle(`import { E } from "./index.js"; console.log(E);`);
    expect(code).toContain("console.log(E)");
    expect(code).not.toMatch(/SEEN|mapOf|"~standard"/);
  });
});

describe("the types", () => {
  const CODE: Readonly<Record<string, readonly [folder: string, root: string, code: string]>> = {
    net: [
      "net",
      "qapi-schema.json",
      `
      export async function use(qmp: Qmp, executor: Executor): Promise<void> {
        const fits: Executor = qmp;
        const done: Empty = await netdevAdd(qmp, { type: "stream", id: "net0", addr: { type: "unix", path: "/run/p" } });
        // @ts-expect-error: an executor alone has no signals.
        executor.signal("NETDEV_STREAM_CONNECTED");
        // @ts-expect-error: a stream has an address.
        await qmp.execute("netdev_add", { type: "stream", id: "net0" });
        // @ts-expect-error: there is no such command.
        await qmp.execute("netdev_sub", {});

        qmp.signal("NETDEV_STREAM_CONNECTED", { addr: { type: "unix" } });
        qmp.signal("NETDEV_STREAM_CONNECTED", { "netdev-id": "net0", addr: { type: "inet", host: "::1" } });
        qmp.signal("NETDEV_STREAM_CONNECTED", {});
        qmp.signal("NETDEV_STREAM_CONNECTED").connect((event) => {
          const same: NetdevStreamConnectedEvent = event;
          return same.data.addr.type;
        });
        // @ts-expect-error: there is no such event.
        qmp.signal("NETDEV_STREAM_CONNECT");
        // @ts-expect-error: the name has a "-".
        qmp.signal("NETDEV_STREAM_CONNECTED", { netdev_id: "net0" });
        // @ts-expect-error: a name is a string.
        qmp.signal("NETDEV_STREAM_CONNECTED", { "netdev-id": 1 });
        // @ts-expect-error: there is no such type of addresses.
        qmp.signal("NETDEV_STREAM_CONNECTED", { addr: { type: "pigeon" } });
        // @ts-expect-error: an address is no string.
        qmp.signal("NETDEV_STREAM_CONNECTED", { addr: "unix" });

        const both = await qmp.executeThenWait("netdev_del", { id: "net0" }, "NETDEV_STREAM_DISCONNECTED", { "netdev-id": "net0" }, { timeout: 5 });
        const returns: Empty = both.returns;
        const event: NetdevStreamDisconnectedEvent = both.event;
        const filters: RxFilterInfo[] = (await qmp.executeThenWait("query-rx-filter", undefined, "NIC_RX_FILTER_CHANGED")).returns;
        // @ts-expect-error: it takes an id.
        await qmp.executeThenWait("netdev_del", undefined, "NETDEV_STREAM_DISCONNECTED");
        // @ts-expect-error: it is the other event.
        const wrong: NetdevStreamConnectedEvent = both.event;
        for await (const each of qmp.events("NIC_RX_FILTER_CHANGED", { accessor: { path: "/machine" } })) {
          const path: string = each.data.path;
          void path;
        }
        void [fits, done, returns, event, filters, wrong];
      }`,
    ],
    tour: [
      "tour",
      "lamp.json",
      `
      export async function use(qmp: Qmp): Promise<void> {
        const fits: Executor = qmp;
        const lamps: Lamp[] = await qmp.execute("query-lamps");
        const done: Empty = await lampSet(qmp, { "lamp-id": "l", mode: "steady" }, { oob: true });
        // @ts-expect-error: it may not be executed out of band.
        await qmp.execute("query-lamps", undefined, { oob: true });
        const { event } = await qmp.executeThenWait("lamp-set", { "lamp-id": "l", mode: "off" }, "LAMP_FAILED", { "lamp-id": "l" });
        const heat: number = event.data.heat;
        // @ts-expect-error: a lamp has no such member.
        qmp.signal("LAMP_FAILED", { mode: "off" });
        void [fits, lamps, done, heat];
      }`,
    ],
  };

  /** An application of a fixture, and the files that it needs. */
  function application(name: string, int64?: (typeof INT64_MODES)[number]): ReadonlyMap<string, string> {
    const [folder = "", root = "", code = ""] = CODE[name] ?? [];
    const options = int64 === undefined ? {} : { int64 };
    const files = new Map<string, string>();
    for (const [path, text] of emittedFiles(fixtureFiles(folder, root), defaultEmitters, options)) {
      files.set(`qmp/${path}`, text);
    }
    for (const [path, text] of clientFiles()) files.set(path, text);
    const names = [...new Set(code.match(/\b(?:[A-Z]\w+|netdevAdd|lampSet)\b/g))].filter((word) => {
      return [...files].some(
        ([path, text]) => path.startsWith("qmp/") && new RegExp(`^export .*\\b${word}\\b`, "m").test(text),
      );
    });
    return files.set(
      "app.ts",
      `import type { Client } from "./runtime/client-api.js";
      import type { Schema } from "./runtime/schema.js";
      import { schema, ${names.map((word) => (/^[A-Z]/.test(word) ? `type ${word}` : word)).join(", ")} } from "./qmp/index.js";
      type Qmp = Client<typeof schema>;
      export const fitting: Schema = schema;
      export declare function connect<S extends Schema>(schema: S): Promise<Client<S>>;
      export const connected: Promise<Qmp> = connect(schema);
      ${code}`,
    );
  }

  it.each(Object.keys(CODE))("are those that clients take: fixtures/%s", (name) => {
    expect(compileErrors(application(name))).toEqual([]);
    expect(newestErrors(application(name))).toBe("");
  });

  it.each(INT64_MODES)("are so however 64-bit integers are held: %s", (int64) => {
    expect(compileErrors(application("tour", int64))).toEqual([]);
  });

  it("are there where nothing else is asked for", () => {
    const files = emittedFiles(fixtureFiles("net"), [schemaEmitter]);
    expect(files.get("index.ts")).toContain('export * from "./schema/index.js";');
    expect(files.get("schema/index.ts")).toContain('readonly int64: "mixed";');
    expect([...emittedFiles(fixtureFiles("net"), [types]).keys()].join()).not.toMatch(/schema\//);
  });
});
