/**
 * What the compiler must know about generated types, on `fixtures/net`. Nothing here runs: `npm run typecheck` is the test,
 * and a `@ts-expect-error` without an error below it is one.
 */
import type {
  ChardevInfo,
  Commands,
  Empty,
  Events,
  Executor,
  InetSocketAddress,
  NetClientDriver,
  Netdev,
  NetdevStreamConnectedEvent,
  NetdevStreamOptions,
  NetdevVhostUserConnectedEvent,
  NetdevVhostUserDisconnectedEvent,
  QmpEvent,
  RxFilterInfo,
  SocketAddress,
  UnixSocketAddress,
} from "../../generated/fixtures/net/index.js";
import { isNetdev, isQueryRxFilterReturns, netdevAdd, queryRxFilter } from "../../generated/fixtures/net/index.js";

/** True when both types are the same: neither can be told from the other even by what depends on `readonly` or `?`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- comparing two such functions is the trick
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Takes `true` when both types are the same, else `false`. */
declare function same<A, B>(answer: Same<A, B>): void;

/** Reads a value. */
declare function read(value: unknown): void;

/** `Netdev` narrows on `type`. */
export function describeNetdev(netdev: Netdev): string | undefined {
  // @ts-expect-error: not before it is known which one it is
  read(netdev.addr);
  switch (netdev.type) {
    case "stream":
      same<typeof netdev.addr, SocketAddress>(true);
      // @ts-expect-error: a member of another branch
      read(netdev.hubid);
      return describeAddress(netdev.addr);
    case "user":
      return netdev.dnssearch?.map((domain) => domain.str).join(" ");
    case "hubport":
      same<typeof netdev.hubid, number>(true);
      return String(netdev.hubid);
    case "l2tpv3":
      same<typeof netdev.txsession, number>(true);
      same<typeof netdev.txcookie, number | bigint | undefined>(true);
      return netdev.src;
    case "none":
      // @ts-expect-error: a value without a branch has the common members only
      read(netdev.chardev);
      return netdev.id;
    case "tap":
      // @ts-expect-error: the name on the wire has an underscore
      read(netdev["vnet-hdr"]);
      same<typeof netdev.vnet_hdr, boolean | undefined>(true);
      return netdev.ifname;
    // @ts-expect-error: no such type
    case "usb":
      return undefined;
    default:
      return netdev.id;
  }
}

/** Every branch can be handled, and the compiler sees when one is forgotten. */
export function allAddresses(address: SocketAddress): string {
  switch (address.type) {
    case "inet":
      return address.host;
    case "unix":
      return address.path;
    case "vsock":
      return address.cid;
    case "fd":
      return address.str;
    default:
      same<typeof address, never>(true);
      return address;
  }
}

/** `SocketAddress` narrows on `type`. */
function describeAddress(address: SocketAddress): string {
  if (address.type === "unix") {
    const path: UnixSocketAddress = address;
    // @ts-expect-error: a member of another branch
    read(address.port);
    return path.path;
  }
  if (address.type === "inet") {
    const inet: InetSocketAddress = address;
    same<typeof address.port, string>(true);
    same<typeof address.to, number | undefined>(true);
    return `${inet.host}:${address.port}`;
  }
  // @ts-expect-error: that one is gone by now
  return address.type === "unix" ? "" : address.type;
}

/** `QmpEvent` narrows on `event`. */
export function describeEvent(event: QmpEvent): string {
  same<typeof event.timestamp.seconds, number>(true);
  if (event.event === "NETDEV_STREAM_CONNECTED") {
    same<typeof event, NetdevStreamConnectedEvent>(true);
    // @ts-expect-error: `info` is what the event of vhost-user has
    read(event.data.info);
    return describeAddress(event.data.addr);
  }
  if (event.event === "NETDEV_VHOST_USER_CONNECTED") {
    same<typeof event.data.info, ChardevInfo>(true);
    return event.data["netdev-id"];
  }
  // @ts-expect-error: none of the events that are left has it
  read(event.data.info);
  return event.event;
}

/** `info` comes with a connection only. */
export function labels(
  connected: NetdevVhostUserConnectedEvent,
  disconnected: NetdevVhostUserDisconnectedEvent,
): readonly string[] {
  // @ts-expect-error: nothing is known of what is gone
  read(disconnected.data.info);
  // @ts-expect-error: the key on the wire has a dash
  read(connected.data.netdevId);
  return [connected.data.info.label, disconnected.data["netdev-id"]];
}

/** The maps are keyed by the names on the wire. */
export function maps(): void {
  same<Events["NETDEV_STREAM_CONNECTED"], NetdevStreamConnectedEvent>(true);
  same<Commands["netdev_add"]["arguments"], Netdev>(true);
  same<Commands["netdev_add"]["returns"], Empty>(true);
  same<Commands["query-rx-filter"]["returns"], RxFilterInfo[]>(true);
  same<keyof Events & `NETDEV_STREAM_${string}`, "NETDEV_STREAM_CONNECTED" | "NETDEV_STREAM_DISCONNECTED">(true);
  // @ts-expect-error: no such event
  same<Events["NETDEV_STREAM_PAUSED"], never>(true);
  // @ts-expect-error: an identifier is not a name on the wire
  same<Commands["netdevAdd"]["returns"], Empty>(true);
}

/** Optional members may be missing; `undefined` and `null` are not missing. */
export const streams: readonly NetdevStreamOptions[] = [
  { addr: { type: "fd", str: "3" } },
  { addr: { type: "fd", str: "3" }, server: true },
  // @ts-expect-error: exactOptionalPropertyTypes
  { addr: { type: "fd", str: "3" }, server: undefined },
  // @ts-expect-error: never null instead
  { addr: { type: "fd", str: "3" }, server: null },
  // @ts-expect-error: the address is not optional
  { server: true },
];

/** Literals are checked against the branch that their discriminator chooses. */
export const netdevs: readonly Netdev[] = [
  { type: "none", id: "a" },
  { type: "nic", id: "b", vectors: 0 },
  { type: "vmnet-bridged", id: "c", ifname: "en0" },
  // @ts-expect-error: the branch needs an address
  { type: "stream", id: "d" },
  // @ts-expect-error: a member of another branch
  { type: "none", id: "e", hubid: 0 },
  // @ts-expect-error: no such value
  { type: "usb", id: "f" },
  // @ts-expect-error: the id is missing
  { type: "user" },
];

/** Enumerations are unions of strings. */
export function drivers(driver: NetClientDriver): boolean {
  const known: readonly NetClientDriver[] = ["none", "vhost-user"];
  // @ts-expect-error: no such value
  const unknown: NetClientDriver = "vhost_user";
  return known.includes(driver) || driver === unknown;
}

/** Stubs take what their commands take. */
export async function stubs(qmp: Executor): Promise<void> {
  same<Awaited<ReturnType<typeof queryRxFilter>>, RxFilterInfo[]>(true);
  await queryRxFilter(qmp);
  await queryRxFilter(qmp, { name: "nic1" });
  // @ts-expect-error: an unknown argument
  await queryRxFilter(qmp, { nic: "nic1" });
  await netdevAdd(qmp, { type: "user", id: "net0" });
  // @ts-expect-error: what to add?
  await netdevAdd(qmp);

  const filters = await qmp.execute("query-rx-filter");
  same<typeof filters, RxFilterInfo[]>(true);
  read(filters);
  await qmp.execute("netdev_del", { id: "net0" });
  // @ts-expect-error: the argument is missing
  await qmp.execute("netdev_del");
  // @ts-expect-error: no such command
  await qmp.execute("netdev_remove", { id: "net0" });
}

/** Validators narrow what is unknown. */
export function validated(value: unknown): string {
  if (isNetdev(value)) return value.id;
  if (isQueryRxFilterReturns(value)) {
    const [first] = value;
    // @ts-expect-error: noUncheckedIndexedAccess: the list may be empty
    read(first.name);
    return first?.["main-mac"] ?? "";
  }
  // @ts-expect-error: still unknown
  read(value.id);
  return "";
}
