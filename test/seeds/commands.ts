/** The commands of the documents that this project grew from, with their replies, and wrong variants of both. */
import { readMessage } from "./read.js";
import { replaced, without } from "./variant.js";
import type { Variant } from "./events.js";

/** A command, its reply and what becomes of them. */
export interface CommandSeed {
  /** The command's name in the schema. */
  readonly command: string;
  readonly arguments: unknown;
  readonly returns: unknown;
  /** Other arguments that are right. */
  readonly alsoRight: readonly Variant[];
  /** Arguments that QEMU refuses, or that mean something else than they seem to. */
  readonly wrong: readonly Variant[];
  /** Replies of a newer QEMU, which are accepted. */
  readonly newerReturns: readonly Variant[];
  /** Replies that no QEMU sends. */
  readonly wrongReturns: readonly Variant[];
}

/** Written with single quotes where it comes from; the fixtures do not have the command. */
export const CAPABILITIES_TEXT = "{ 'execute': 'qmp_capabilities' }";

const setLink = { name: "e1000.0", up: false };

const netdevAdd = { type: "user", id: "netdev1", dnssearch: [{ str: "example.org" }] };

const netdevDel = readMessage(`{ 'id': "netdev1" }`);

const queryRxFilter = { name: "vnet0" };

const rxFilter = [
  {
    promiscuous: true,
    name: "vnet0",
    "main-mac": "52:54:00:12:34:56",
    unicast: "normal",
    vlan: "normal",
    "vlan-table": [4, 0],
    "unicast-table": [],
    multicast: "normal",
    "multicast-overflow": false,
    "unicast-overflow": false,
    "multicast-table": ["01:00:5e:00:00:01", "33:33:00:00:00:01", "33:33:ff:12:34:56"],
    "broadcast-allowed": false,
  },
];

const announceSelf = { initial: 50, max: 550, rounds: 10, step: 50, interfaces: ["vn2", "vn3"], id: "bob" };

const NOT_AN_OBJECT: readonly Variant[] = [
  { name: "null", message: null },
  { name: "a list", message: [] },
  { name: "text", message: "{}" },
];

/** Replies to commands that return nothing. */
const EMPTY = {
  returns: {},
  newerReturns: [{ name: "a member", message: { "x-new": 1 } }],
  wrongReturns: NOT_AN_OBJECT,
};

/** All commands of the documents. */
export const COMMANDS: readonly CommandSeed[] = [
  {
    command: "set_link",
    arguments: setLink,
    ...EMPTY,
    alsoRight: [{ name: "up", message: { name: "e1000.0", up: true } }],
    wrong: [
      ...NOT_AN_OBJECT,
      { name: "no name", message: without(setLink, ["name"]) },
      { name: "no up", message: without(setLink, ["up"]) },
      { name: "up as text", message: replaced(setLink, ["up"], "off") },
      { name: "up as a number", message: replaced(setLink, ["up"], 0) },
      { name: "name is null", message: replaced(setLink, ["name"], null) },
      { name: "an unknown argument", message: replaced(setLink, ["down"], true) },
    ],
  },
  {
    command: "netdev_add",
    arguments: netdevAdd,
    ...EMPTY,
    alsoRight: [
      { name: "no options", message: without(netdevAdd, ["dnssearch"]) },
      { name: "no names", message: replaced(netdevAdd, ["dnssearch"], []) },
      { name: "a type without members", message: { type: "none", id: "netdev1" } },
      {
        name: "a stream",
        message: { type: "stream", id: "n0", addr: { type: "fd", str: "3" }, server: true, reconnect: 4294967295 },
      },
      { name: "a hub", message: { type: "hubport", id: "n0", hubid: -2147483648 } },
      {
        name: "a tunnel with the largest cookie",
        message: { type: "l2tpv3", id: "n0", src: "a", dst: "b", txsession: 0, txcookie: 18446744073709551615n },
      },
      { name: "an interface with a buffer", message: { type: "tap", id: "n0", sndbuf: 1048576, vnet_hdr: true } },
      { name: "a datagram socket without addresses", message: { type: "dgram", id: "n0" } },
    ],
    wrong: [
      ...NOT_AN_OBJECT,
      { name: "no id", message: without(netdevAdd, ["id"]) },
      { name: "no type", message: without(netdevAdd, ["type"]) },
      { name: "an unknown type", message: replaced(netdevAdd, ["type"], "usb") },
      { name: "a type of another case", message: replaced(netdevAdd, ["type"], "User") },
      { name: "a type that all objects have", message: { type: "constructor", id: "netdev1" } },
      { name: "another type's member", message: replaced(netdevAdd, ["type"], "tap") },
      { name: "an unknown member", message: replaced(netdevAdd, ["dns-search"], []) },
      { name: "names as text", message: replaced(netdevAdd, ["dnssearch"], "example.org") },
      { name: "names not wrapped", message: replaced(netdevAdd, ["dnssearch"], ["example.org"]) },
      { name: "a name with more", message: replaced(netdevAdd, ["dnssearch", 0, "string"], "example.org") },
      { name: "a name without text", message: replaced(netdevAdd, ["dnssearch", 0], {}) },
      { name: "a member of a type without members", message: { type: "none", id: "netdev1", hubid: 0 } },
      { name: "a stream without address", message: { type: "stream", id: "n0" } },
      { name: "a stream with an unknown address", message: { type: "stream", id: "n0", addr: { type: "tcp" } } },
      {
        name: "an address with another one's member",
        message: { type: "stream", id: "n0", addr: { type: "fd", str: "3", path: "/run/passt" } },
      },
      { name: "a hub's number as text", message: { type: "hubport", id: "n0", hubid: "0" } },
      { name: "a hub's number too large", message: { type: "hubport", id: "n0", hubid: 2147483648 } },
      { name: "a port too large", message: { type: "vde", id: "n0", port: 65536 } },
      { name: "a port below zero", message: { type: "vde", id: "n0", port: -1 } },
      { name: "vectors too many", message: { type: "nic", id: "n0", vectors: 4294967296 } },
      { name: "a buffer below zero", message: { type: "tap", id: "n0", sndbuf: -1 } },
      { name: "a buffer with a suffix", message: { type: "tap", id: "n0", sndbuf: "1M" } },
      { name: "vnet-hdr", message: { type: "tap", id: "n0", "vnet-hdr": true } },
      {
        name: "a cookie too large",
        message: { type: "l2tpv3", id: "n0", src: "a", dst: "b", txsession: 0, txcookie: 18446744073709551616n },
      },
      {
        name: "a cookie that was rounded",
        message: { type: "l2tpv3", id: "n0", src: "a", dst: "b", txsession: 0, txcookie: 2 ** 53 },
      },
    ],
  },
  {
    command: "netdev_del",
    arguments: netdevDel,
    ...EMPTY,
    alsoRight: [],
    wrong: [
      ...NOT_AN_OBJECT,
      { name: "no id", message: {} },
      { name: "id is a number", message: { id: 1 } },
      { name: "an unknown argument", message: { id: "netdev1", force: true } },
    ],
  },
  {
    command: "query-rx-filter",
    arguments: queryRxFilter,
    returns: rxFilter,
    alsoRight: [{ name: "no name", message: {} }],
    wrong: [
      ...NOT_AN_OBJECT,
      { name: "name is null", message: { name: null } },
      { name: "an unknown argument", message: { nic: "vnet0" } },
    ],
    newerReturns: [
      { name: "no devices", message: [] },
      { name: "two devices", message: [...rxFilter, ...rxFilter] },
      { name: "a new state", message: replaced(rxFilter, [0, "vlan"], "some") },
      { name: "a new member", message: replaced(rxFilter, [0, "x-new"], null) },
      { name: "a large number", message: replaced(rxFilter, [0, "vlan-table", 0], 9223372036854775807n) },
    ],
    wrongReturns: [
      { name: "null", message: null },
      { name: "an object", message: rxFilter[0] },
      { name: "a list with null", message: [null] },
      { name: "a list of lists", message: [rxFilter] },
      ...Object.keys(rxFilter[0] ?? {}).map((key) => ({
        name: `no ${key}`,
        message: replaced(rxFilter, [0], without(rxFilter[0], [key])),
      })),
      { name: "a state that is a number", message: replaced(rxFilter, [0, "vlan"], 0) },
      { name: "a table of text", message: replaced(rxFilter, [0, "vlan-table"], ["4", "0"]) },
      { name: "a table that is null", message: replaced(rxFilter, [0, "unicast-table"], null) },
      { name: "a table that is an object", message: replaced(rxFilter, [0, "unicast-table"], {}) },
      { name: "an element of the wrong type", message: replaced(rxFilter, [0, "multicast-table", 1], 33) },
      { name: "a number that is not whole", message: replaced(rxFilter, [0, "vlan-table", 1], 0.5) },
      { name: "a number too large", message: replaced(rxFilter, [0, "vlan-table", 1], 9223372036854775808n) },
      { name: "a number that was rounded", message: replaced(rxFilter, [0, "vlan-table", 1], 2 ** 63) },
    ],
  },
  {
    command: "announce-self",
    arguments: announceSelf,
    ...EMPTY,
    alsoRight: [
      { name: "no interfaces", message: without(announceSelf, ["interfaces"]) },
      { name: "no id", message: without(announceSelf, ["id"]) },
      { name: "a negative number", message: replaced(announceSelf, ["step"], -50) },
      { name: "the lowest number", message: replaced(announceSelf, ["step"], -9223372036854775808n) },
    ],
    wrong: [
      ...NOT_AN_OBJECT,
      { name: "no initial", message: without(announceSelf, ["initial"]) },
      { name: "no max", message: without(announceSelf, ["max"]) },
      { name: "no rounds", message: without(announceSelf, ["rounds"]) },
      { name: "no step", message: without(announceSelf, ["step"]) },
      { name: "rounds as text", message: replaced(announceSelf, ["rounds"], "10") },
      { name: "rounds not whole", message: replaced(announceSelf, ["rounds"], 0.1) },
      { name: "rounds not a number", message: replaced(announceSelf, ["rounds"], NaN) },
      { name: "a number too low", message: replaced(announceSelf, ["step"], -9223372036854775809n) },
      { name: "interfaces as text", message: replaced(announceSelf, ["interfaces"], "vn2,vn3") },
      { name: "interfaces with null", message: replaced(announceSelf, ["interfaces", 1], null) },
      { name: "an unknown argument", message: replaced(announceSelf, ["delay"], 5) },
    ],
  },
];
