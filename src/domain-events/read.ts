/**
 * Reads what came from QEMU, which may be anything, as a table says.
 */
import { isJsonObject, ownMember } from "../runtime/message.js";
import type { AddressPlaces, AnyEntry, GraphicsEntry, LifecycleChange } from "./entries.js";
import type {
  GraphicsAddress,
  GraphicsDomainEvent,
  IoErrorAction,
  IoErrorDomainEvent,
  LifecycleDomainEvent,
  DomainEvent,
  RtcChangeDomainEvent,
  ShutdownDetail,
  StoppedDetail,
} from "./events.js";
import type { Place } from "./place.js";

/** When it happened. */
export type Timestamp = DomainEvent["timestamp"];

/** Which disk it is, as far as QEMU tells with an event; what it does not tell is empty. */
export interface DiskNames {
  /** The name of the block backend. */
  readonly device: string;
  /** The name of the block node at the top. */
  readonly node: string;
  /** Where the device is in QEMU's object model. */
  readonly qomPath: string;
}

/** What happened: a domain event, or what becomes one with what only the domain knows. */
export type Happening =
  | Exclude<DomainEvent, LifecycleDomainEvent | IoErrorDomainEvent | RtcChangeDomainEvent>
  | { readonly id: "ioError"; readonly action: IoErrorAction; readonly disk: DiskNames; readonly timestamp: Timestamp }
  /** @property offset - How far from where QEMU was told to start the clock. */
  | { readonly id: "rtcChange"; readonly offset: bigint; readonly timestamp: Timestamp }
  | { readonly id: "lifecycle"; readonly change: LifecycleChange; readonly timestamp: Timestamp }
  | { readonly id: "suspended"; readonly timestamp: Timestamp }
  | {
      readonly id: "shutdown";
      readonly detail: ShutdownDetail;
      readonly stopped: StoppedDetail;
      readonly timestamp: Timestamp;
    };

/** What is wrong with an event. */
export class Misread extends Error {
  readonly path: string;
  readonly expected: string;
  readonly received: string;

  constructor(path: string, expected: string, received: string) {
    super(`${path}: expected ${expected}, received ${received}`);
    this.path = path;
    this.expected = expected;
    this.received = received;
  }
}

/** @throws Misread */
export function read(entry: AnyEntry, data: unknown, timestamp: Timestamp): Happening {
  switch (entry.becomes) {
    case "graphics":
      return graphics(entry, data, timestamp);
    case "ioError": {
      const disk = {
        device: take(data, entry.device),
        node: take(data, entry.node),
        qomPath: take(data, entry.qomPath),
      };
      return { id: "ioError", action: take(data, entry.action), disk, timestamp };
    }
    case "watchdog":
      return { id: "watchdog", action: take(data, entry.action), timestamp };
    case "rtcChange":
      return { id: "rtcChange", offset: take(data, entry.offset), timestamp };
    case "reboot":
      return { id: "reboot", timestamp };
    case "interfaceConnected": {
      const { becomes: id, kind, netdev, peer } = entry;
      return { id, kind, netdev: take(data, netdev), peer: take(data, peer), timestamp };
    }
    case "interfaceDisconnected":
      return { id: "interfaceDisconnected", kind: entry.kind, netdev: take(data, entry.netdev), timestamp };
    case "lifecycle":
      return { id: "lifecycle", change: entry.change, timestamp };
    case "suspended":
      return { id: "suspended", timestamp };
    case "shutdown":
      return { id: "shutdown", detail: take(data, entry.detail), stopped: take(data, entry.stopped), timestamp };
  }
}

function graphics(entry: GraphicsEntry<unknown>, data: unknown, timestamp: Timestamp): GraphicsDomainEvent {
  const { phase, local, remote, authScheme, subject } = entry;
  const identities = subject.map(({ type, name }) => ({ type, name: take(data, name) }));
  return {
    id: "graphics",
    phase,
    local: address(local, data),
    remote: address(remote, data),
    authScheme: authScheme === undefined ? "" : take(data, authScheme),
    subject: identities.filter(({ name }) => name !== ""),
    timestamp,
  };
}

function address({ family, node, service }: AddressPlaces<unknown>, data: unknown): GraphicsAddress {
  return { family: take(data, family), node: take(data, node), service: take(data, service) };
}

/** What is at a place. Only what came counts, not what objects inherit. @throws Misread */
function take<Value>(data: unknown, { at, as }: Place<unknown, Value>): Value {
  const names = namesIn(at);
  let value = data;
  let depth = 0;
  for (const name of names) {
    if (value === undefined) break;
    if (!isJsonObject(value)) throw new Misread(wayTo(names, depth), "an object", kindOf(value));
    value = ownMember(value, name);
    depth++;
  }
  const taken = as.take(value);
  if (taken === undefined) {
    const expected = depth === names.length ? as.expected : "an object";
    throw new Misread(wayTo(names, depth), expected, kindOf(value));
  }
  return taken;
}

/** The names in paths, which are few, and needed for each event. */
const namesByPath = new Map<string, readonly string[]>();

function namesIn(path: string): readonly string[] {
  let found = namesByPath.get(path);
  if (found === undefined) namesByPath.set(path, (found = path.split(".")));
  return found;
}

function wayTo(names: readonly string[], depth: number): string {
  return ["data", ...names.slice(0, depth)].join(".");
}

/** What something is, in words. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
