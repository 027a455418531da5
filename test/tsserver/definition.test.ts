/**
 * "Go to definition" in an editor, on what a project imports from an output with `--target js`, leads to the schema.
 *
 * What counts is TypeScript's own server: the maps say where names come from, but it decides which part of a map it looks at.
 */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../src/build/generate.js";
import { defaultEmitters } from "../../src/emitters/index.js";
import { RESOLUTIONS, STRICTEST } from "../support/strictest.js";
import { type FileSpan, Tsserver } from "../support/tsserver.js";

/** A line of an application that uses an output as `qmp`, and the line of a schema to which the name in «» leads. */
type Lead = readonly [code: string, schemaLine: string];

const directory = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-tsserver-")));
let server: Tsserver;

beforeAll(() => {
  server = new Tsserver();
});

afterAll(() => {
  server.stop();
  rmSync(directory, { recursive: true });
});

describe("in the example", () => {
  const leads: readonly Lead[] = [
    // Types.
    [`(_: qmp.«NetdevStreamOptions») => _;`, "{ 'struct': '«NetdevStreamOptions»',"],
    [`(_: qmp.«Netdev») => _;`, "{ 'union': '«Netdev»',"],
    [`(_: qmp.«NetdevBase») => _;`, "{ 'union': '«Netdev»',"],
    [`(_: qmp.«RxState») => _;`, "{ 'enum': '«RxState»', 'data': [ 'normal', 'none', 'all' ] }"],
    [`(_: qmp.«String») => _;`, "{ 'struct': '«String»',"],
    // The branches of a union; the last one is not written, but the value is.
    [`(_: qmp.«NetdevStream») => _;`, "    '«stream»':   'NetdevStreamOptions',"],
    [`(_: qmp.«NetdevVmnetHost») => _;`, "    '«vmnet-host»': { 'type': 'NetdevVmnetHostOptions',"],
    [`(_: qmp.«NetdevNone») => _;`, "  'data': [ '«none»', 'nic', 'user', 'tap', 'l2tpv3', 'socket', 'stream',"],
    // Members.
    [`(_: qmp.RxFilterInfo) => _.«promiscuous»;`, "    '«promiscuous»':        'bool',"],
    [`(_: qmp.RxFilterInfo) => _["«main-mac»"];`, "    '«main-mac»':           'str',"],
    [`(_: qmp.NetLegacyNicOptions) => _.«macaddr»;`, "    '*«macaddr»': 'str',"],
    [`(_: qmp.NetdevBase) => _.«id»;`, "  'base': { '«id»': 'str', 'type': 'NetClientDriver' },"],
    [`({ «rounds»: 3 }) as qmp.AnnounceParameters;`, "            '«rounds»': 'int',"],
    // Values.
    [`qmp.RxState.«normal»;`, "{ 'enum': 'RxState', 'data': [ '«normal»', 'none', 'all' ] }"],
    [`qmp.RxState.«none»;`, "{ 'enum': 'RxState', 'data': [ 'normal', '«none»', 'all' ] }"],
    [`qmp.RxState.«all»;`, "{ 'enum': 'RxState', 'data': [ 'normal', 'none', '«all»' ] }"],
    [`qmp.NetClientDriver["«vhost-vdpa»"];`, "            '«vhost-vdpa»',"],
    [`qmp.NetClientDriver["«vmnet-shared»"];`, "            { 'name': '«vmnet-shared»', 'if': 'CONFIG_VMNET' },"],
    // Commands and their arguments.
    [`qmp.«netdevAdd»;`, "{ 'command': '«netdev_add»', 'data': 'Netdev', 'boxed': true,"],
    [`(_: qmp.«SetLinkArguments») => _;`, "{ 'command': '«set_link»', 'data': { 'name': 'str', 'up': 'bool' } }"],
    [`(_: qmp.SetLinkArguments) => _.«up»;`, "{ 'command': 'set_link', 'data': { 'name': 'str', '«up»': 'bool' } }"],
    [`(_: qmp.QueryRxFilterArguments) => _.«name»;`, "  'data': { '*«name»': 'str' },"],
    [`(_: qmp.Commands) => _.«netdev_add»;`, "{ 'command': '«netdev_add»', 'data': 'Netdev', 'boxed': true,"],
    [`(_: qmp.Commands["«query-rx-filter»"]) => _;`, "{ 'command': '«query-rx-filter»',"],
    // Events and what they carry.
    [`(_: qmp.«NetdevStreamConnectedEvent») => _;`, "{ 'event': '«NETDEV_STREAM_CONNECTED»',"],
    [`(_: qmp.Events) => _.«FAILOVER_NEGOTIATED»;`, "{ 'event': '«FAILOVER_NEGOTIATED»',"],
    [`(_: qmp.NetdevStreamConnectedEvent) => _.«event»;`, "{ 'event': '«NETDEV_STREAM_CONNECTED»',"],
    [`(_: qmp.FailoverNegotiatedEvent) => _.data["«device-id»"];`, "  'data': { '«device-id»': 'str' } }"],
    [`(_: qmp.NetdevStreamConnectedEvent) => _.data.«addr»;`, "            '«addr»': 'SocketAddress' } }"],
    // Validators.
    [`qmp.«isNetdevStreamOptions»;`, "{ 'struct': '«NetdevStreamOptions»',"],
    [`qmp.«validateNicRxFilterChangedEvent»;`, "{ 'event': '«NIC_RX_FILTER_CHANGED»',"],
    [`qmp.«isSetLinkArguments»;`, "{ 'command': '«set_link»', 'data': { 'name': 'str', 'up': 'bool' } }"],
    [`qmp.«knownRxState»;`, "{ 'enum': '«RxState»', 'data': [ 'normal', 'none', 'all' ] }"],
    // What no schema has: names before, between and behind those that one has.
    [`(_: qmp.«Events») => _;`, "events/index.d.ts: export interface «Events» {"],
    [`(_: qmp.«QmpEvent») => _;`, "events/index.d.ts: export type «QmpEvent» = Events[keyof Events];"],
    [`(_: qmp.NicRxFilterChangedEvent) => _.«timestamp»;`, "events/net.d.ts:   «timestamp»: Timestamp;"],
    [`(_: qmp.Commands["netdev_del"]) => _.«returns»;`, "commands/index.d.ts:     «returns»: Empty;"],
  ];
  itLeads("net", resolve("fixtures/net/qapi-schema.json"), leads);
});

describe("in a schema of odd names, whose lines end as on Windows", () => {
  const lines = [
    "# \u{1F600}",
    "{ 'enum': 'Odd', 'data': [ '2_5', 'default', { 'name': 'name' }, '__com.example_x-y' ] }",
    "{ 'struct': 'Members', 'data': { 'Members': 'str', '*str': 'str', 'a': 'Odd' } }",
    "{ 'union': 'Outer', 'base': 'Members', 'discriminator': 'a', 'data': { 'default': 'Inner' } }",
    "{ 'union': 'Inner', 'base': { 'b': 'Odd', '*when': { 'type': 'int', 'if': 'X' } }, 'discriminator': 'b',",
    "  'data': { 'name': 'Only' } }",
    "{ 'struct': 'Only', 'data': { 'only': 'any' } }",
    "{ 'alternate': 'Either', 'data': { 'one': 'Only', 'list': [ 'str' ] } }",
    "{ 'command': 'delete', 'data': { 'Members': 'Members' }, 'returns': 'Either' }",
    "{ 'event': '__com.example_GONE', 'data': 'Members' }",
  ];
  const schema = join(directory, "odd.json");
  writeFileSync(schema, lines.join("\r\n"));
  itLeads("odd", schema, [
    [`qmp.Odd["«2_5»"];`, "{ 'enum': 'Odd', 'data': [ '«2_5»', 'default', { 'name': 'name' }, '__com.example_x-y' ] }"],
    [`qmp.Odd.«name»;`, "{ 'enum': 'Odd', 'data': [ '2_5', 'default', { 'name': '«name»' }, '__com.example_x-y' ] }"],
    [
      `qmp.Odd["«__com.example_x-y»"];`,
      "{ 'enum': 'Odd', 'data': [ '2_5', 'default', { 'name': 'name' }, '«__com.example_x-y»' ] }",
    ],
    [
      `(_: qmp.Members) => _.«Members»;`,
      "{ 'struct': 'Members', 'data': { '«Members»': 'str', '*str': 'str', 'a': 'Odd' } }",
    ],
    [
      `(_: qmp.Members) => _.«str»;`,
      "{ 'struct': 'Members', 'data': { 'Members': 'str', '*«str»': 'str', 'a': 'Odd' } }",
    ],
    [
      `(_: qmp.«OuterDefault») => _;`,
      "{ 'union': 'Outer', 'base': 'Members', 'discriminator': 'a', 'data': { '«default»': 'Inner' } }",
    ],
    [`(_: qmp.«InnerName») => _;`, "  'data': { '«name»': 'Only' } }"],
    [
      `(_: qmp.Inner) => _.«when»;`,
      "{ 'union': 'Inner', 'base': { 'b': 'Odd', '*«when»': { 'type': 'int', 'if': 'X' } }, 'discriminator': 'b',",
    ],
    [`(_: qmp.«Either») => _;`, "{ 'alternate': '«Either»', 'data': { 'one': 'Only', 'list': [ 'str' ] } }"],
    [`qmp.«delete_»;`, "{ 'command': '«delete»', 'data': { 'Members': 'Members' }, 'returns': 'Either' }"],
    [
      `(_: qmp.Commands) => _.«delete»;`,
      "{ 'command': '«delete»', 'data': { 'Members': 'Members' }, 'returns': 'Either' }",
    ],
    [
      `(_: qmp.DeleteArguments) => _.«Members»;`,
      "{ 'command': 'delete', 'data': { '«Members»': 'Members' }, 'returns': 'Either' }",
    ],
    [`(_: qmp.Events["«__com.example_GONE»"]) => _;`, "{ 'event': '«__com.example_GONE»', 'data': 'Members' }"],
    [`(_: qmp.«ComExampleGoneEvent») => _;`, "{ 'event': '«__com.example_GONE»', 'data': 'Members' }"],
    [
      `(_: qmp.ComExampleGoneEvent) => _.data.«a»;`,
      "{ 'struct': 'Members', 'data': { 'Members': 'str', '*str': 'str', '«a»': 'Odd' } }",
    ],
  ]);
});

describe("in the notation of the proposal of 2011", () => {
  const accessor = "[ '«block-device-event»', { 'device': 'str' }, {}, 'BlockDeviceEvent' ]";
  const argument = "[ 'block-device-event', { '«device»': 'str' }, {}, 'BlockDeviceEvent' ]";
  const event = "{ '«BlockDeviceEvent»': { 'action': 'BlockDeviceAction',";
  itLeads("proposal", resolve("fixtures/proposal/qapi-schema.json"), [
    // Both commands of a signal, and the signal.
    [`qmp.«blockDeviceEventConnect»;`, accessor],
    [`qmp.«blockDeviceEventDisconnect»;`, accessor],
    [`(_: qmp.Commands["«block-device-event-disconnect»"]) => _;`, accessor],
    [`(_: qmp.Signals["«block-device-event»"]) => _;`, accessor],
    [`(_: qmp.«BlockDeviceEventConnectArguments») => _;`, accessor],
    [`qmp.«isBlockDeviceEventDisconnectArguments»;`, accessor],
    // Their arguments; the tag is not written.
    [`(_: qmp.BlockDeviceEventConnectArguments) => _.«device»;`, argument],
    [`(_: qmp.BlockDeviceEventDisconnectArguments) => _.«device»;`, argument],
    [
      `(_: qmp.BlockDeviceEventDisconnectArguments) => _.«tag»;`,
      "[ «»'block-device-event', { 'device': 'str' }, {}, 'BlockDeviceEvent' ]",
    ],
    // Events, structs and enumerations.
    [`(_: qmp.«BlockDeviceEvent») => _;`, event],
    [`(_: qmp.Events) => _.«BLOCK_DEVICE_EVENT»;`, event],
    [
      `(_: qmp.BlockDeviceEvent) => _.data.«reason»;`,
      "                        '«reason»': 'BlockDeviceActionReason' } }",
    ],
    [`qmp.«validateBlockIoEvent»;`, "{ '«BlockIOEvent»': { 'device': 'str', 'action': 'str', 'operation': 'str' } }"],
    [`(_: qmp.«BlockDeviceOperation») => _;`, "{ '«BlockDeviceOperation»': [ 'read', 'write' ] }"],
    [`qmp.BlockDeviceOperation.«write»;`, "{ 'BlockDeviceOperation': [ 'read', '«write»' ] }"],
    [`(_: qmp.«Signals») => _;`, "schema/index.d.ts: export interface «Signals» {"],
  ]);
});

/** Tests where the names of an application lead, in a project of its own. */
function itLeads(name: string, schema: string, leads: readonly Lead[]): void {
  const app = join(directory, name, "app.ts");

  beforeAll(async () => {
    const project = dirname(app);
    mkdirSync(project);
    const output = join(project, "qmp");
    const result = await generate({ schema, output, emitters: defaultEmitters, target: "js" });
    expect(result).toMatchObject({ ok: true });
    const compilerOptions = { ...STRICTEST, ...RESOLUTIONS.nodenext };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    writeFileSync(join(project, "package.json"), '{ "type": "module" }');
    const lines = leads.map(([code]) => code.replaceAll(/[«»]/g, ""));
    writeFileSync(app, `import * as qmp from "./qmp/index.js";\n${lines.join("\n")}\n`);
    server.open(app);
  });

  const cases = leads.map(([code, line], index) => {
    return { code, line, place: { line: index + 2, offset: code.indexOf("«") + 2 } };
  });

  it.each(cases)("$code", async ({ line, place }) => {
    const definitions = await server.definitions(app, place);
    // A name that is that of a type and of a value is defined twice, at the same place.
    expect([...new Set(definitions.map(shown))]).toEqual([line]);
  });

  // Of a quoted name, this looks for what is within the quotes.
  it.each(cases.filter(({ code }) => code.includes('"«')))("$code as an implementation", async ({ line, place }) => {
    expect((await server.implementations(app, place)).map(shown)).toEqual([line]);
  });
}

/** The line of a span, with it in «»; behind the file if that is not a schema. */
function shown({ file, start, end }: FileSpan): string {
  const line = readFileSync(file, "utf8").split(/\r?\n/)[start.line - 1] ?? "";
  const path = file.endsWith(".json") ? "" : `${file.replace(/^.*\/qmp\//, "")}: `;
  if (end.line !== start.line) return `${path}${line} ... to line ${String(end.line)}`;
  const [from, to] = [start.offset - 1, end.offset - 1];
  return `${path}${line.slice(0, from)}«${line.slice(from, to)}»${line.slice(to)}`;
}
