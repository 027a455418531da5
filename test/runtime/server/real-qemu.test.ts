/** What the server replies to what is no proper command, next to what real QEMUs reply to it. */
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "../../../generated/fixtures/net/schema/index.js";
import { parseJson, stringifyJson } from "../../../src/runtime/json.js";
import { CommandError } from "../../../src/runtime/server/command-error.js";
import { createListeningServer } from "../../../src/runtime/server/create-server.js";
import type { ListeningServer } from "../../../src/runtime/server/server-api.js";
import { listenFor } from "../../../src/runtime/transport/listen.js";
import { eachQemu } from "../../support/each-qemu.js";
import { isListening, Stage } from "../../support/stage.js";

/** How a client begins: without negotiation, with it, and with out-of-band execution. */
type Mode = "greeted" | "plain" | "oob";

const CASES: readonly (readonly [Mode, readonly (string | Buffer)[]])[] = [
  ["plain", ids("0", "null", "false", '""', "[]", '{"a":[1,"x"]}', "18446744073709551615", "9007199254740993")],
  ["plain", ids("-9223372036854775808", "18446744073709551616", "-9223372036854775809", "1.5", "1e3", "-0", "1e100")],
  ["plain", ids('"\u00e9\u20ac\u{1f600}\u007f<\\u0000>"', `"\\u0001\\b\\f\\n\\r\\t\\/\\"\\\\\\'"`, '"\\ud83d\\ude00"')],
  [
    "plain",
    ids('"\\ud83d"', '"\\ude00"', '"\\ud83dx"', '"\\uffff"', '"\uffff"', '"\ufdd0"', '"\\x"', '"\\u12"', '"\\u12g4"'),
  ],
  ["plain", ids('"a\tb"', '"a\u007fb"', '"a\nb"', "truefalse", "true1", 'true"x"', '1"x"', "01", "tru", "+1")],
  ["plain", [`{'execute':'query-chardev','id':'a"b\\'c'}`, `{'execute':"query-chardev",'id':"a'b\\'c\\"d"}`]],
  ["plain", ['{"execute":"query-chardev","id":1,"id":2}', '{"execute":"query-chardev","id":1,}']],
  ["plain", ['{"execute":"query-chardev" "id":1}', '{"execute":}', '{"execute"}', '{execute:"query-chardev"}']],
  ["plain", ['{1:"query-chardev"}', "{null:1}", "{true:1}", "{[]:1}", "{}", "[]", '[{"execute":"query-chardev"}]']],
  ["plain", ['"query-chardev"', "'query-chardev'", "1", "-1", "true", "null", "nul ", "nan", "undefined", "Infinity"]],
  ["plain", ["-", "-x", "01", "1.", "1.x", "1e", "1e+", ".5", "+1", "0e1", "-0", "00", "1.5e-3"]],
  ["plain", ["}", "]", ",", ":", "{]", "[}", '{"a":[}]', "{}}", '{"a":1]{"execute":"query-chardev"}', "[{]}"]],
  ["plain", commands('"execute":"no-such"', '"execute":""', '"execute":"__proto__"', '"execute":"constructor"')],
  ["plain", commands('"execute":"query-chardev","arguments":{}', '"execute":"query-chardev","arguments":[]')],
  ["plain", commands('"execute":"query-chardev","arguments":null', '"execute":"query-chardev","arguments":{"x":1}')],
  ["plain", commands('"execute":"query-chardev","x":1', '"x":1,"execute":5', '"execute":null', '"arguments":{}')],
  [
    "plain",
    commands('"execute":"query-chardev","exec-oob":"query-chardev"', '"exec-oob":"query-chardev"', '"exec-oob":5'),
  ],
  [
    "plain",
    commands('"__proto__":{"x":1},"execute":"query-chardev"', '"execute":"query-chardev","arguments":{"__proto__":1}'),
  ],
  ["plain", commands('"execute":"qmp_capabilities"', '"execute":"qmp_capabilities","arguments":{"enable":["nope"]}')],
  ["plain", commands('"execute":"netdev_add","arguments":{"type":"nope","id":"x"}', '"execute":"netdev_add"')],
  [
    "plain",
    commands(
      '"execute":"netdev_add","arguments":{"type":"user","id":5}',
      '"execute":"set_link","arguments":{"name":"x"}',
    ),
  ],
  [
    "plain",
    commands(
      '"execute":"set_link","arguments":{"name":"x","up":1}',
      '"execute":"set_link","arguments":{"name":"x","up":true}',
    ),
  ],
  [
    "plain",
    [
      '{"execute":"query-chardev","id":1}{"execute":"query-chardev","id":2}',
      ' \t\r\n{ \n"execute"\r:\t"query-chardev"}',
    ],
  ],
  ["plain", ['{"execute":"query-chardev","id":1}, {"execute":"query-chardev","id":2}']],
  [
    "plain",
    garbage("\x00", "\x01", "\x0b\x0b", "\x00\x00", "@#$ abc ", "@\nabc ", 'A"x"', "%s", "/*c*/", "\u00e9", "\x7f"),
  ],
  [
    "plain",
    garbage('{"execute":"query-ch\x01', '{"execute":"query-ch\n', '{"execute":\x01', '{"execute":\x00\x00', "[{[\x02"),
  ],
  ["plain", [0xff, 0xfe, 0x80].map((byte) => Buffer.concat([Buffer.from([byte]), Buffer.from(QUERY("1"))]))],
  [
    "plain",
    [Buffer.from('{"execute":\xff\n{"execute":"query-chardev"}', "latin1"), Buffer.from("[\xff\xff", "latin1")],
  ],
  ["plain", [1024, 1025].map((depth) => "[".repeat(depth) + "]".repeat(depth))],
  ["plain", [1023, 1024].map((depth) => QUERY("[".repeat(depth) + "]".repeat(depth)))],
  ["plain", ['{"a":'.repeat(1025) + "1" + "}".repeat(1025)]],
  [
    "greeted",
    commands('"execute":"query-chardev"', '"execute":"query-version"', '"execute":"query-commands"', '"execute":"no"'),
  ],
  ["greeted", commands('"execute":5', '"exec-oob":"qmp_capabilities"', "", '"execute":"qmp_capabilities","x":1')],
  ["greeted", ["nope", '"oob"', "null", "[5]", '["nope"]', "{}"].map((enable) => CAPABILITIES(enable))],
  [
    "greeted",
    commands('"execute":"qmp_capabilities","arguments":{"x":[]}', '"execute":"qmp_capabilities","arguments":[]'),
  ],
  ["greeted", ["}", "[]", CAPABILITIES('["oob","oob"]'), CAPABILITIES("[]")]],
  ["oob", commands('"exec-oob":"query-chardev"', '"exec-oob":"no-such"', '"exec-oob":"migrate-pause"', '"exec-oob":5')],
  ["oob", ['{"exec-oob":"no-such"}', '{"exec-oob":"migrate-pause"}', '{"exec-oob":"qmp_capabilities"}']],
  [
    "oob",
    commands(
      '"exec-oob":"migrate-pause","execute":"query-chardev"',
      '"execute":"query-chardev","exec-oob":"migrate-pause"',
    ),
  ],
  ["oob", commands('"exec-oob":"migrate-pause","arguments":{"x":1}', '"exec-oob":"query-chardev","arguments":{"x":1}')],
  ["oob", commands('"execute":"migrate-pause"', '"execute":"qmp_capabilities"', '"exec-oob":"query-version"')],
];

function QUERY(id: string): string {
  return `{"execute":"query-chardev","id":${id}}`;
}

function CAPABILITIES(enable: string): string {
  return `{"execute":"qmp_capabilities","arguments":{"enable":${enable}},"id":1}`;
}

function ids(...values: readonly string[]): readonly string[] {
  return values.map((value) => QUERY(value));
}

function commands(...members: readonly string[]): readonly string[] {
  return members.map((text) => (text === "" ? '{"id":[1]}' : `{${text},"id":[1]}`));
}

function garbage(...texts: readonly string[]): readonly string[] {
  return texts.map((text) => text + QUERY("1"));
}

/** What comes of one input: of each reply, its class and its id. */
function talk(path: string, mode: Mode, input: string | Buffer): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = createConnection(path, () => {
      if (mode !== "greeted")
        socket.write(CAPABILITIES(mode === "oob" ? '["oob"]' : "[]").replace('"id":1', '"id":"first"'));
      socket.write(input);
      socket.write('\n{"execute":"query-version","id":"end"}');
    });
    socket.setEncoding("utf8").on("data", (text: string) => {
      received += text;
      if (!/"id": "end"[,}][^\n]*\n/.test(received)) return;
      socket.end();
      const lines = received.split("\r\n").slice(mode === "greeted" ? 1 : 2, -2);
      resolve(lines.map(kindOf));
    });
    socket.setTimeout(5000, () => socket.destroy());
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`closed after ${received.slice(-200)}`)));
  });
}

function kindOf(line: string): string {
  const { id, error } = parseJson(line) as { readonly id?: unknown; readonly error?: { readonly class: string } };
  return `${error?.class ?? "return"}, ${id === undefined ? "no id" : stringifyJson(id)}`;
}

const directory = mkdtempSync(join(tmpdir(), "qapi-server-"));
const ours = join(directory, "ours");
let server: ListeningServer<typeof schema>;

beforeAll(async () => {
  const migratePause = (): never => {
    throw new CommandError("GenericError", "there is no migration");
  };
  const handlers = {
    "query-chardev": () => [],
    netdev_add: () => undefined,
    set_link: () => {
      throw new CommandError("DeviceNotFound", "no such device");
    },
    "migrate-pause": migratePause,
  };
  const metadata = new Map([...schema.metadata, ["migrate-pause", { allowOob: true }] as const]);
  // The schema of the fixture has no command that may be executed out of band: the arguments of this one are none of ours.
  const validators = schema.validators();
  const none = validators.commands.get("query-chardev");
  if (none === undefined) throw new Error("the fixture has no query-chardev");
  const withPause = { ...validators, commands: new Map([...validators.commands, ["migrate-pause", none] as const]) };
  const extended = { ...schema, metadata, validators: () => withPause };
  server = await createListeningServer(listenFor, extended, handlers);
  await server.listen(`unix:${ours}`);
});

afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

eachQemu("the server compared with QEMU", 0, ({ executable }) => {
  const stage = new Stage();
  const path = stage.path("qmp");

  beforeAll(async () => {
    const monitor = ["-qmp", `unix:${path},server=on,wait=off`];
    const bare = ["-machine", "none", "-nodefaults", "-display", "none"];
    await stage.startAndWait(executable, [...bare, ...monitor], () => isListening(path));
  });

  afterAll(() => stage.end());

  it.each(CASES)("replies the same, %s: %s", async (mode, inputs) => {
    for (const input of inputs) {
      const theirs = await talk(path, mode, input);
      const shown = input.toString().slice(0, 100);
      expect([shown, await talk(ours, mode, input)]).toEqual([shown, theirs]);
    }
  });

  it("greets alike", async () => {
    const greetingOf = (where: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = createConnection(where).setEncoding("utf8").on("error", reject);
        socket.once("data", (text: string) => {
          socket.end();
          resolve(text.replace(/"(qemu|package)": ?("[^"]*"|\{[^}]*\})/g, '"$1"').replaceAll(" ", ""));
        });
      });
    expect(await greetingOf(ours)).toBe(await greetingOf(path));
  });
});
