/** What signals become in the output: a map of them, as types and at run time, and what is said of their commands. */
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { emit } from "../../src/emit/emit.js";
import { commands } from "../../src/emitters/commands.js";
import { builtinEmitters, defaultEmitters } from "../../src/emitters/index.js";
import { schema as schemaEmitter } from "../../src/emitters/schema.js";
import { clientFiles } from "../support/client-files.js";
import { compileErrors, newestErrors } from "../support/compile.js";
import { emitted, emittedFiles } from "../support/emitted.js";
import { schemaOf } from "../support/harness.js";
import { readOutput } from "../support/read-output.js";
import { runSchema } from "../support/run-schema.js";

/** Accessors of each kind: with arguments, without, with nothing but optional ones; two of one event. */
const PROPOSAL = `
{ 'BlockDeviceAction': [ 'report', 'stop', 'none' ] }
##
# @BlockDeviceEvent:
#
# Something went wrong. See @block-device-event.
##
{ 'BlockDeviceEvent': { 'action': 'BlockDeviceAction' } }
{ 'BlockIOEvent': { 'device': 'str' } }
##
# @block-device-event:
#
# Errors of one device, unlike @BlockIOEvent.
##
[ 'block-device-event', { 'device': 'str' }, {}, 'BlockDeviceEvent' ]
[ 'block-io-event', {}, {}, 'BlockIOEvent' ]
[ 'any-io', {}, { 'device': 'str', 'counts': ['int'] }, 'BlockIOEvent' ]`;

/** The output for what was selected of a schema. */
function emittedOnly(text: string, only: readonly string[]): ReadonlyMap<string, string> {
  return new Map(emit(schemaOf(text, { only }), defaultEmitters).map(({ path, text }) => [path, text]));
}

/** The text of a declaration, with the comment before it. */
function declaration(text: string, beginning: string): string {
  const statement = text.split("\n\n").find((statement) => new RegExp(`^export ${beginning}\\b`, "m").test(statement));
  if (statement === undefined) throw new Error(`there is no ${beginning}`);
  return statement.trim();
}

describe("the map of signals", () => {
  const text = emitted(PROPOSAL, schemaEmitter, "schema/index.ts");

  it("has what each accessor takes, and its event", () => {
    expect(declaration(text, "interface Signals")).toMatchInlineSnapshot(`
      "/** What the accessors of signals take and which events those are, by the names of the accessors. */
      export interface Signals {
        /** {@link blockDeviceEventConnect} */
        "block-device-event": {
          arguments: BlockDeviceEventConnectArguments;
          event: BlockDeviceEvent;
        };
        /** {@link blockIoEventConnect} */
        "block-io-event": { event: BlockIoEvent };
        /** {@link anyIoConnect} */
        "any-io": { arguments?: AnyIoConnectArguments; event: BlockIoEvent };
      }"
    `);
  });

  it("is there at run time, by the names on the wire", async () => {
    const { schema } = await runSchema(schemaOf(PROPOSAL));
    expect(schema.signals).toEqual(
      new Map([
        ["block-device-event", { event: "BLOCK_DEVICE_EVENT", arguments: ["device"] }],
        ["block-io-event", { event: "BLOCK_IO_EVENT", arguments: [] }],
        ["any-io", { event: "BLOCK_IO_EVENT", arguments: ["device", "counts"] }],
      ]),
    );
  });

  it("is not there in the output for a schema without signals, however that calls its types", () => {
    const text = `{ 'struct': 'Signals', 'data': {} } { 'struct': 'SignalAccessor', 'data': { 's': 'Signals' } }
      { 'BlockIOEvent': { 'device': 'str' } } { 'command': 'block-io-event-connect', 'data': 'SignalAccessor' }`;
    const files = emittedFiles(text, defaultEmitters);
    expect(files.get("schema/index.ts")).not.toMatch(/signal/i);
    expect(files.get("types/test.ts")).toContain("export interface Signals {");
    expect(compileErrors(files)).toEqual([]);
  });

  it("has its names before types of the schema, also where a part of that is emitted", () => {
    const text = `${PROPOSAL} { 'struct': 'Signals', 'data': {} } { 'struct': 'mapOf', 'data': { 's': 'Signals' } }
      { 'SignalAccessor': [ 'v' ] } { 'struct': 'commands', 'data': {} } [ 'c', { 's': 'SignalAccessor' }, {}, 'BlockIOEvent' ]`;
    const files = emittedFiles(text, defaultEmitters);
    expect(files.get("types/test.ts")).toMatch(/interface Signals_ [^]*const SignalAccessor_ /);
    expect(compileErrors(files)).toEqual([]);
    const part = emittedOnly(text, ["mapOf"]);
    expect(part.get("types/test.ts")).toContain("export interface Signals_ ");
    expect(part.get("schema/index.ts")).not.toMatch(/signals/);
  });

  it("has what was selected", () => {
    const part = emittedOnly(PROPOSAL, ["any-io"]);
    expect(part.get("schema/index.ts")).toContain('"any-io": {');
    expect(part.get("schema/index.ts")).not.toContain("block-io-event");
    expect(compileErrors(part)).toEqual([]);
  });

  it("says nothing where nothing is to be said", () => {
    const files = emittedFiles(PROPOSAL, defaultEmitters, { docs: "none" });
    expect(files.get("schema/index.ts")).not.toContain("{@link");
    expect(files.get("commands/test.ts")).not.toContain("/**");
  });
});

describe("the commands of a signal", () => {
  const text = emitted(PROPOSAL, commands);

  it("say what they are for, after what the schema says of them", () => {
    // Events are linked where they are emitted.
    expect(declaration(text, "function anyIoConnect")).toMatch(/with the tag[^]*\{@link anyIoDisconnect\}/);
    expect(declaration(text, "function anyIoConnect")).toContain("`BLOCK_IO_EVENT`");
    const all = emittedFiles(PROPOSAL, defaultEmitters).get("commands/test.ts") ?? "";
    expect(declaration(all, "function blockDeviceEventConnect")).toMatchInlineSnapshot(`
      "/**
       * Errors of one device, unlike {@link BlockIoEvent | BlockIOEvent}.
       *
       * Connects to the signal \`block-device-event\`: from now on, {@link BlockDeviceEvent} comes with the tag
       * that is returned. {@link blockDeviceEventDisconnect} takes it.
       *
       * @see \`test.json:15\`
       */
      export function blockDeviceEventConnect(
        qmp: Executor,
        args: BlockDeviceEventConnectArguments,
        options?: ExecuteOptions,
      ): Promise<string> {
        return qmp.execute("block-device-event-connect", args, options);
      }"
    `);
    expect(declaration(all, "function blockDeviceEventDisconnect")).toMatchInlineSnapshot(`
      "/**
       * Disconnects from the signal \`block-device-event\`: no {@link BlockDeviceEvent} comes any more
       * with the tag, which {@link blockDeviceEventConnect} returned.
       *
       * @see \`test.json:15\`
       */
      export function blockDeviceEventDisconnect(
        qmp: Executor,
        args: BlockDeviceEventDisconnectArguments,
        options?: ExecuteOptions,
      ): Promise<Empty> {
        return qmp.execute("block-device-event-disconnect", args, options);
      }"
    `);
  });

  it("are linked to where documentation names the accessor or the event as the notation does", () => {
    const files = emittedFiles(PROPOSAL, defaultEmitters);
    expect(files.get("events/test.ts")).toContain("See {@link blockDeviceEventConnect | block-device-event}.");
    expect(files.get("commands/test.ts")).toContain("unlike {@link BlockIoEvent | BlockIOEvent}.");
  });

  it("say it briefly, too", () => {
    const files = emittedFiles(PROPOSAL, defaultEmitters, { docs: "brief" });
    expect(files.get("commands/test.ts")).toContain("Connects to the signal `any-io`");
  });
});

describe("all of the output", () => {
  const files = emittedFiles(PROPOSAL, builtinEmitters);

  it("compiles, whatever the options", () => {
    expect(newestErrors(files)).toBe("");
    for (const options of [{}, { prefix: "qga" }, { int64: "bigint" }, { docs: "none" }] as const) {
      expect(compileErrors(emittedFiles(PROPOSAL, builtinEmitters, options))).toEqual([]);
    }
  });

  it("is as prettier would have it", async () => {
    for (const [path, text] of files) expect(await format(text, { filepath: path }), path).toBe(text);
  });

  it("is as prettier would have it with names of up to 120 characters", async () => {
    for (let length = 1; length <= 120; length++) {
      const name = "m".repeat(length);
      const event = `X${name}Event`;
      const text = `{ '${event}': { '${name}': 'str' } } [ 'a', {}, {}, '${event}' ] [ '${name}', { '${name}': 'str', 'x': 'str' }, {}, '${event}' ]`;
      const file = emittedFiles(text, [schemaEmitter]).get("schema/index.ts") ?? "";
      expect(await format(file, { parser: "typescript" })).toBe(file);
    }
  });

  it("says what the schema says", () => {
    const contents = readOutput(files);
    expect([...contents.events]).toEqual([
      ["BLOCK_DEVICE_EVENT", "action"],
      ["BLOCK_IO_EVENT", "device"],
    ]);
    expect([...contents.commands]).toEqual([
      ["block-device-event-connect", "device"],
      ["block-device-event-disconnect", "tag device?"],
      ["block-io-event-connect", ""],
      ["block-io-event-disconnect", "tag"],
      ["any-io-connect", "device? counts?"],
      ["any-io-disconnect", "tag device? counts?"],
    ]);
    for (const name of [
      "isBlockDeviceEvent",
      "validateBlockIoEvent",
      "isAnyIoConnectArguments",
      "isAnyIoDisconnectReturns",
    ]) {
      expect(contents.validators).toContain(name);
    }
  });

  it("validates what the commands take and return, and the events", async () => {
    const schema = await runSchema(schemaOf(PROPOSAL));
    expect(schema.arguments("block-device-event-connect").issues({ device: "ide0" })).toBeUndefined();
    expect(schema.arguments("block-device-event-connect").issues({})).toMatchObject([{ path: ["device"] }]);
    expect(schema.returns("block-device-event-connect").issues("tag")).toBeUndefined();
    expect(schema.returns("block-device-event-connect").issues({})).toHaveLength(1);
    expect(schema.arguments("block-device-event-disconnect").issues({ tag: "t" })).toBeUndefined();
    expect(schema.arguments("block-device-event-disconnect").issues({ tag: "t", device: "ide0" })).toBeUndefined();
    expect(schema.arguments("block-device-event-disconnect").issues({ device: "ide0" })).toMatchObject([
      { path: ["tag"] },
    ]);
    expect(schema.returns("block-device-event-disconnect").issues({})).toBeUndefined();
    const timestamp = { seconds: 1, microseconds: 2 };
    const event = { event: "BLOCK_DEVICE_EVENT", data: { action: "stop" }, timestamp, tag: "t" };
    expect(schema.event("BLOCK_DEVICE_EVENT").issues(event)).toBeUndefined();
  });
});

describe("the types", () => {
  const APP = `
    import type { Client } from "./runtime/client-api.js";
    import type { Schema, SignalsOf } from "./runtime/schema.js";
    import { anyIoConnect, blockDeviceEventDisconnect, schema, type BlockDeviceEvent, type BlockIoEvent, type Signals } from "./qmp/index.js";
    type Qmp = Client<typeof schema>;
    export const fitting: Schema = schema;
    export declare function connect<S extends Schema>(schema: S): Promise<Client<S>>;
    export const connected: Promise<Qmp> = connect(schema);
    export declare const signals: SignalsOf<typeof schema>;
    export const same: Signals = signals;
    export async function use(qmp: Qmp): Promise<void> {
      qmp.accessor("block-device-event", { device: "ide0" }).connect((event) => {
        const same: BlockDeviceEvent = event;
        const action: "report" | "stop" | "none" = same.data.action;
        // @ts-expect-error: its event does not say which device it is.
        void event.data.device;
        void action;
      });
      qmp.accessor("block-io-event").connect((event) => {
        const same: BlockIoEvent = event;
        void same;
      });
      qmp.accessor("any-io");
      qmp.accessor("any-io", {});
      qmp.accessor("any-io", { device: "ide0", counts: [1, 2n] });
      // @ts-expect-error: it takes a device.
      qmp.accessor("block-device-event");
      // @ts-expect-error: a device is a string.
      qmp.accessor("block-device-event", { device: 1 });
      // @ts-expect-error: it takes nothing else.
      qmp.accessor("block-device-event", { device: "ide0", tag: "t" });
      // @ts-expect-error: there is no such accessor.
      qmp.accessor("block-device");
      const tag: string = await anyIoConnect(qmp, { device: "ide0" });
      await blockDeviceEventDisconnect(qmp, { tag });
      await qmp.execute("any-io-disconnect", { tag, device: "ide0" });
      // @ts-expect-error: the tag says which connection.
      await qmp.execute("any-io-disconnect", { device: "ide0" });
    }`;

  it("are those that clients take", () => {
    const files = new Map([...clientFiles(), ["app.ts", APP]]);
    for (const [path, text] of emittedFiles(PROPOSAL, defaultEmitters)) files.set(`qmp/${path}`, text);
    expect(compileErrors(files)).toEqual([]);
    expect(newestErrors(files)).toBe("");
  });

  it("let no client have accessors of a schema without signals", () => {
    const app = `
      import type { Client } from "./runtime/client-api.js";
      import { schema } from "./qmp/index.js";
      export function use(qmp: Client<typeof schema>): void {
        // @ts-expect-error: it has none.
        qmp.accessor("block-io-event");
      }`;
    const files = new Map([...clientFiles(), ["app.ts", app]]);
    for (const [path, text] of emittedFiles("{ 'event': 'BLOCK_IO_EVENT' }", defaultEmitters))
      files.set(`qmp/${path}`, text);
    expect(compileErrors(files)).toEqual([]);
  });
});
