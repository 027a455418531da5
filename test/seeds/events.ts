/**
 * The events of the documents that this project grew from, as they were on the wire, and wrong variants of each. Their
 * timestamps are those of real runs.
 */
import { readMessage } from "./read.js";
import { replaced, without } from "./variant.js";

/** An event and what becomes of it. */
export interface EventSeed {
  readonly name: string;
  /** The event's name in the schema. */
  readonly event: string;
  readonly message: unknown;
  /** What a newer QEMU may send: accepted, with more or other things in it than the schema has. */
  readonly newer: readonly Variant[];
  /** What no QEMU sends. */
  readonly wrong: readonly Variant[];
}

/** A message that differs from another one in the way that `name` says. */
export interface Variant {
  readonly name: string;
  readonly message: unknown;
}

const streamConnectedInet = {
  event: "NETDEV_STREAM_CONNECTED",
  data: { "netdev-id": "netdev0", addr: { port: "47666", ipv6: true, host: "::1", type: "inet" } },
  timestamp: { seconds: 1666269863, microseconds: 311222 },
};

const streamConnectedUnix = {
  event: "NETDEV_STREAM_CONNECTED",
  data: { "netdev-id": "netdev0", addr: { path: "/tmp/qemu0", type: "unix" } },
  timestamp: { seconds: 1666269706, microseconds: 413651 },
};

/** Written with single quotes where it comes from. */
export const STREAM_DISCONNECTED_TEXT = `{ 'event': 'NETDEV_STREAM_DISCONNECTED',
  'data': {'netdev-id': 'netdev0'},
  'timestamp': {'seconds': 1663330937, 'microseconds': 526695} }`;

const streamDisconnected = readMessage(STREAM_DISCONNECTED_TEXT);

const vhostUserConnected = {
  timestamp: { seconds: 1739469793, microseconds: 683713 },
  event: "NETDEV_VHOST_USER_CONNECTED",
  data: { "netdev-id": "netdev0", info: { "frontend-open": true, filename: "unix:", label: "chr0" } },
};

const vhostUserReconnected = {
  timestamp: { seconds: 1739517290, microseconds: 343777 },
  event: "NETDEV_VHOST_USER_CONNECTED",
  data: { "netdev-id": "netdev0", info: { "frontend-open": true, filename: "unix:", label: "chr0" } },
};

const vhostUserDisconnected = {
  timestamp: { seconds: 1739469786, microseconds: 822220 },
  event: "NETDEV_VHOST_USER_DISCONNECTED",
  data: { "netdev-id": "netdev0" },
};

const vhostUserKilled = {
  timestamp: { seconds: 1739517243, microseconds: 115081 },
  event: "NETDEV_VHOST_USER_DISCONNECTED",
  data: { "netdev-id": "netdev0" },
};

const nicRxFilterChanged = {
  event: "NIC_RX_FILTER_CHANGED",
  data: { name: "vnet0", path: "/machine/peripheral/vnet0/virtio-backend" },
  timestamp: { seconds: 1368697518, microseconds: 326866 },
};

const failoverNegotiated = {
  event: "FAILOVER_NEGOTIATED",
  data: { "device-id": "net1" },
  timestamp: { seconds: 1368697518, microseconds: 326866 },
};

/** What is wrong with any event that has data. */
function envelopeVariants(message: unknown): readonly Variant[] {
  return [
    { name: "null", message: null },
    { name: "a list", message: [message] },
    { name: "text", message: JSON.stringify(message) },
    { name: "no event", message: without(message, ["event"]) },
    { name: "another event", message: replaced(message, ["event"], "SHUTDOWN") },
    { name: "event in lower case", message: replaced(message, ["event"], "netdev_stream_connected") },
    { name: "no data", message: without(message, ["data"]) },
    { name: "data is null", message: replaced(message, ["data"], null) },
    { name: "data is a list", message: replaced(message, ["data"], []) },
    { name: "data is empty", message: replaced(message, ["data"], {}) },
    { name: "no timestamp", message: without(message, ["timestamp"]) },
    { name: "no seconds", message: without(message, ["timestamp", "seconds"]) },
    { name: "seconds as text", message: replaced(message, ["timestamp", "seconds"], "1666269863") },
    { name: "microseconds are null", message: replaced(message, ["timestamp", "microseconds"], null) },
  ];
}

function newerVariants(message: unknown): readonly Variant[] {
  return [
    { name: "another member", message: replaced(message, ["x-new"], 1) },
    { name: "another member of data", message: replaced(message, ["data", "x-new"], { deep: [null] }) },
    { name: "a clock that failed", message: replaced(message, ["timestamp"], { seconds: -1, microseconds: -1 }) },
  ];
}

function seed(
  name: string,
  event: string,
  message: unknown,
  wrong: readonly Variant[],
  newer: readonly Variant[] = [],
): EventSeed {
  return {
    name,
    event,
    message,
    newer: [...newerVariants(message), ...newer],
    wrong: [...envelopeVariants(message), ...wrong],
  };
}

function variantsOfString(message: unknown, member: string): readonly Variant[] {
  return [
    { name: `no ${member}`, message: without(message, ["data", member]) },
    { name: `${member} is null`, message: replaced(message, ["data", member], null) },
    { name: `${member} is a number`, message: replaced(message, ["data", member], 0) },
    { name: `${member} is a list`, message: replaced(message, ["data", member], ["netdev0"]) },
  ];
}

function variantsOfInfo(message: unknown): readonly Variant[] {
  return [
    { name: "no info", message: without(message, ["data", "info"]) },
    { name: "no label", message: without(message, ["data", "info", "label"]) },
    { name: "no filename", message: without(message, ["data", "info", "filename"]) },
    { name: "no frontend-open", message: without(message, ["data", "info", "frontend-open"]) },
    { name: "frontend-open is text", message: replaced(message, ["data", "info", "frontend-open"], "true") },
    { name: "frontend_open", message: replaced(message, ["data", "info"], { frontend_open: true, label: "chr0" }) },
  ];
}

/** All events of the documents. */
export const EVENTS: readonly EventSeed[] = [
  seed(
    "a stream connects by TCP",
    "NETDEV_STREAM_CONNECTED",
    streamConnectedInet,
    [
      ...variantsOfString(streamConnectedInet, "netdev-id"),
      { name: "no addr", message: without(streamConnectedInet, ["data", "addr"]) },
      { name: "addr is text", message: replaced(streamConnectedInet, ["data", "addr"], "tcp:[::1]:47666") },
      { name: "no type", message: without(streamConnectedInet, ["data", "addr", "type"]) },
      { name: "type is a number", message: replaced(streamConnectedInet, ["data", "addr", "type"], 0) },
      { name: "type of another branch", message: replaced(streamConnectedInet, ["data", "addr", "type"], "unix") },
      { name: "no host", message: without(streamConnectedInet, ["data", "addr", "host"]) },
      { name: "no port", message: without(streamConnectedInet, ["data", "addr", "port"]) },
      { name: "port is a number", message: replaced(streamConnectedInet, ["data", "addr", "port"], 47666) },
      { name: "ipv6 is null", message: replaced(streamConnectedInet, ["data", "addr", "ipv6"], null) },
      { name: "ipv6 is a number", message: replaced(streamConnectedInet, ["data", "addr", "ipv6"], 1) },
      { name: "to is negative", message: replaced(streamConnectedInet, ["data", "addr", "to"], -1) },
      { name: "to is too large", message: replaced(streamConnectedInet, ["data", "addr", "to"], 65536) },
      { name: "to is not whole", message: replaced(streamConnectedInet, ["data", "addr", "to"], 1.5) },
    ],
    [
      { name: "a new type", message: replaced(streamConnectedInet, ["data", "addr"], { type: "pigeon", coop: 3 }) },
      { name: "a new member of addr", message: replaced(streamConnectedInet, ["data", "addr", "x-ttl"], 64) },
      { name: "the largest to", message: replaced(streamConnectedInet, ["data", "addr", "to"], 65535) },
      { name: "no ipv6", message: without(streamConnectedInet, ["data", "addr", "ipv6"]) },
    ],
  ),
  seed("a stream connects by a Unix socket", "NETDEV_STREAM_CONNECTED", streamConnectedUnix, [
    { name: "no path", message: without(streamConnectedUnix, ["data", "addr", "path"]) },
    { name: "path is null", message: replaced(streamConnectedUnix, ["data", "addr", "path"], null) },
    { name: "type of another branch", message: replaced(streamConnectedUnix, ["data", "addr", "type"], "inet") },
    { name: "abstract is text", message: replaced(streamConnectedUnix, ["data", "addr", "abstract"], "on") },
  ]),
  seed(
    "a stream disconnects",
    "NETDEV_STREAM_DISCONNECTED",
    streamDisconnected,
    variantsOfString(streamDisconnected, "netdev-id"),
  ),
  seed("vhost-user connects", "NETDEV_VHOST_USER_CONNECTED", vhostUserConnected, [
    ...variantsOfString(vhostUserConnected, "netdev-id"),
    ...variantsOfInfo(vhostUserConnected),
  ]),
  seed(
    "vhost-user connects again",
    "NETDEV_VHOST_USER_CONNECTED",
    vhostUserReconnected,
    variantsOfInfo(vhostUserReconnected),
  ),
  seed(
    "vhost-user disconnects",
    "NETDEV_VHOST_USER_DISCONNECTED",
    vhostUserDisconnected,
    variantsOfString(vhostUserDisconnected, "netdev-id"),
  ),
  seed(
    "the peer of vhost-user is killed",
    "NETDEV_VHOST_USER_DISCONNECTED",
    vhostUserKilled,
    variantsOfString(vhostUserKilled, "netdev-id"),
  ),
  seed(
    "a filter changes",
    "NIC_RX_FILTER_CHANGED",
    nicRxFilterChanged,
    [
      ...variantsOfString(nicRxFilterChanged, "path"),
      { name: "name is null", message: replaced(nicRxFilterChanged, ["data", "name"], null) },
      { name: "name is a number", message: replaced(nicRxFilterChanged, ["data", "name"], 0) },
    ],
    [{ name: "no name", message: without(nicRxFilterChanged, ["data", "name"]) }],
  ),
  seed(
    "a failover is negotiated",
    "FAILOVER_NEGOTIATED",
    failoverNegotiated,
    variantsOfString(failoverNegotiated, "device-id"),
  ),
];
