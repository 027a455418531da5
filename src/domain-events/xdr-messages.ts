/**
 * The messages, member by member, with the names and in the order that libvirt's protocol has them (`remote_protocol.x`): each structure
 * is a filter, and its name is in the comment.
 */
import type { DomainIdentity } from "./api.js";
import {
  CrashedDetail,
  GraphicsAddressType,
  GraphicsPhase,
  IoErrorAction,
  Lifecycle,
  PmSuspendedDetail,
  ResumedDetail,
  ShutdownDetail,
  StartedDetail,
  StoppedDetail,
  SuspendedDetail,
  WatchdogAction,
  type GraphicsAddress,
  type GraphicsIdentity,
} from "./events.js";
import type { WireEventId, WireEvents } from "./wire-events.js";
import type { Stream } from "./xdr-filter.js";

/** How many identities a subject may have: `REMOTE_DOMAIN_EVENT_GRAPHICS_IDENTITY_MAX`. */
const MAX_IDENTITIES = 20;

const UUID_BYTES = 16;

/** A message but for the domain that it begins with. */
export type EventFilter<Id extends WireEventId> = (stream: Stream, event: WireEvents[Id] | undefined) => WireEvents[Id];

/** The messages, by the id of the event. */
export const MESSAGES: { readonly [Id in WireEventId]: EventFilter<Id> } = {
  // remote_domain_event_lifecycle_msg
  lifecycle: (stream, value) => {
    const event = number(stream, "event", value?.event, Lifecycle);
    const detail = <T extends number>(allowed: Numbers<T>) => number(stream, "detail", value?.detail, allowed);
    switch (event) {
      case Lifecycle.started:
        return { id: "lifecycle", event, detail: detail(StartedDetail) };
      case Lifecycle.suspended:
        return { id: "lifecycle", event, detail: detail(SuspendedDetail) };
      case Lifecycle.resumed:
        return { id: "lifecycle", event, detail: detail(ResumedDetail) };
      case Lifecycle.stopped:
        return { id: "lifecycle", event, detail: detail(StoppedDetail) };
      case Lifecycle.shutdown:
        return { id: "lifecycle", event, detail: detail(ShutdownDetail) };
      case Lifecycle.pmSuspended:
        return { id: "lifecycle", event, detail: detail(PmSuspendedDetail) };
      case Lifecycle.crashed:
        return { id: "lifecycle", event, detail: detail(CrashedDetail) };
    }
  },
  // remote_domain_event_reboot_msg
  reboot: () => ({ id: "reboot" }),
  // remote_domain_event_rtc_change_msg
  rtcChange: (stream, value) => ({ id: "rtcChange", utcoffset: stream.hyper("offset", value?.utcoffset) }),
  // remote_domain_event_watchdog_msg
  watchdog: (stream, value) => ({
    id: "watchdog",
    action: number(stream, "action", value?.action, WatchdogAction, WatchdogAction.unknown),
  }),
  // remote_domain_event_io_error_msg
  ioError: (stream, value) => ({
    id: "ioError",
    srcPath: stream.string("srcPath", value?.srcPath),
    devAlias: stream.string("devAlias", value?.devAlias),
    action: number(stream, "action", value?.action, IoErrorAction, IoErrorAction.unknown),
  }),
  // remote_domain_event_graphics_msg
  graphics: (stream, value) => ({
    id: "graphics",
    phase: number(stream, "phase", value?.phase, GraphicsPhase),
    local: stream.struct("local", value?.local, address),
    remote: stream.struct("remote", value?.remote, address),
    authScheme: stream.string("authScheme", value?.authScheme),
    subject: stream.list("subject", MAX_IDENTITIES, value?.subject, identity),
  }),
};

/** remote_nonnull_domain, which all messages begin with. */
export function domain(stream: Stream, value: DomainIdentity | undefined): DomainIdentity {
  return {
    name: stream.string("name", value?.name),
    uuid: uuid(stream, value?.uuid),
    id: stream.int("id", value?.id),
  };
}

/** remote_domain_event_graphics_address */
function address(stream: Stream, value: GraphicsAddress | undefined): GraphicsAddress {
  return {
    family: number(stream, "family", value?.family, GraphicsAddressType, GraphicsAddressType.unknown),
    node: stream.string("node", value?.node),
    service: stream.string("service", value?.service),
  };
}

/** remote_domain_event_graphics_identity */
function identity(stream: Stream, value: GraphicsIdentity | undefined): GraphicsIdentity {
  return { type: stream.string("type", value?.type), name: stream.string("name", value?.name) };
}

/** remote_uuid */
function uuid(stream: Stream, value: string | undefined): string {
  const bytes = stream.opaque("uuid", UUID_BYTES, value === undefined ? undefined : bytesOf(stream, value));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function bytesOf(stream: Stream, uuid: string): Uint8Array {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid))
    throw stream.error("uuid", "a UUID, as in 12345678-9abc-def0-1234-56789abcdef0", "something else");
  const digits = uuid.replaceAll("-", "");
  return Uint8Array.from({ length: UUID_BYTES }, (_, index) => parseInt(digits.slice(2 * index, 2 * index + 2), 16));
}

/** An object whose values are the numbers that there are. */
type Numbers<T extends number> = Readonly<Record<string, T>>;

/**
 * A number that stands for something.
 *
 * @param unknown - What is read in the place of a number that stands for nothing here, which the other end may have got since. If there
 *   is none, such a number is a mistake.
 */
function number<T extends number>(
  stream: Stream,
  name: string,
  value: number | undefined,
  allowed: Numbers<T>,
  unknown?: T,
): T {
  const numbers = Object.values(allowed);
  const isReading = value === undefined;
  const found = stream.int(name, value);
  const known = numbers.find((one) => one === found) ?? (isReading ? unknown : undefined);
  if (known === undefined) throw stream.error(name, `one of ${numbers.join(", ")}`, `${found}`);
  return known;
}
