/**
 * Which domain events the events of QEMU become: a table, which compiles only if all that it names is there in QEMU 7.2 and 10.2, and
 * each enum is there with all of its values.
 */
import type { AddressPlaces, AnyEntry, Mapping } from "./entries.js";
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
  WatchdogAction,
} from "./events.js";
import { eitherOf, integer, oneOf, optional, text } from "./kinds.js";
import type { DataOf } from "./place.js";
import { socketAddress } from "./socket-address.js";

const family = oneOf(
  {
    ipv4: GraphicsAddressType.ipv4,
    ipv6: GraphicsAddressType.ipv6,
    unix: GraphicsAddressType.unix,
    vsock: GraphicsAddressType.vsock,
    unknown: GraphicsAddressType.unknown,
  },
  GraphicsAddressType.unknown,
);

const ioErrorAction = oneOf(
  { ignore: IoErrorAction.none, report: IoErrorAction.report, stop: IoErrorAction.pause },
  IoErrorAction.unknown,
);

const watchdogAction = oneOf(
  {
    none: WatchdogAction.none,
    pause: WatchdogAction.pause,
    reset: WatchdogAction.reset,
    poweroff: WatchdogAction.poweroff,
    shutdown: WatchdogAction.shutdown,
    debug: WatchdogAction.debug,
    "inject-nmi": WatchdogAction.injectNmi,
  },
  WatchdogAction.unknown,
);

/** What it was, by the cause that QEMU tells when it shuts down. */
const stoppedDetail = oneOf(
  {
    none: StoppedDetail.shutdown,
    "host-error": StoppedDetail.failed,
    "host-qmp-quit": StoppedDetail.destroyed,
    "host-qmp-system-reset": StoppedDetail.shutdown,
    "host-signal": StoppedDetail.destroyed,
    "host-ui": StoppedDetail.shutdown,
    "guest-shutdown": StoppedDetail.shutdown,
    "guest-reset": StoppedDetail.shutdown,
    "guest-panic": StoppedDetail.crashed,
    "subsystem-reset": StoppedDetail.shutdown,
    "snapshot-load": StoppedDetail.shutdown,
  },
  StoppedDetail.shutdown,
);

/** Empty where the member is absent. */
const textOrNone = optional(text, "");

const VNC_SERVER = {
  family: { at: "server.family", as: family },
  node: { at: "server.host", as: text },
  service: { at: "server.service", as: text },
} as const satisfies AddressPlaces<DataOf<"VNC_CONNECTED">>;

const VNC_CLIENT = {
  family: { at: "client.family", as: family },
  node: { at: "client.host", as: text },
  service: { at: "client.service", as: text },
} as const satisfies AddressPlaces<DataOf<"VNC_CONNECTED">>;

const SPICE_SERVER = {
  family: { at: "server.family", as: family },
  node: { at: "server.host", as: text },
  service: { at: "server.port", as: text },
} as const satisfies AddressPlaces<DataOf<"SPICE_CONNECTED">>;

const SPICE_CLIENT = {
  family: { at: "client.family", as: family },
  node: { at: "client.host", as: text },
  service: { at: "client.port", as: text },
} as const satisfies AddressPlaces<DataOf<"SPICE_CONNECTED">>;

const VNC_SUBJECT = [
  { type: "x509dname", name: { at: "client.x509_dname", as: textOrNone } },
  { type: "saslUsername", name: { at: "client.sasl_username", as: textOrNone } },
] as const;

const mapping = {
  VNC_CONNECTED: {
    becomes: "graphics",
    phase: GraphicsPhase.connect,
    local: VNC_SERVER,
    remote: VNC_CLIENT,
    authScheme: { at: "server.auth", as: textOrNone },
    subject: [],
  },
  VNC_INITIALIZED: {
    becomes: "graphics",
    phase: GraphicsPhase.initialize,
    local: VNC_SERVER,
    remote: VNC_CLIENT,
    authScheme: { at: "server.auth", as: textOrNone },
    subject: VNC_SUBJECT,
  },
  VNC_DISCONNECTED: {
    becomes: "graphics",
    phase: GraphicsPhase.disconnect,
    local: VNC_SERVER,
    remote: VNC_CLIENT,
    authScheme: { at: "server.auth", as: textOrNone },
    subject: VNC_SUBJECT,
  },
  SPICE_CONNECTED: {
    becomes: "graphics",
    phase: GraphicsPhase.connect,
    local: SPICE_SERVER,
    remote: SPICE_CLIENT,
    subject: [],
  },
  SPICE_INITIALIZED: {
    becomes: "graphics",
    phase: GraphicsPhase.initialize,
    local: SPICE_SERVER,
    remote: SPICE_CLIENT,
    authScheme: { at: "server.auth", as: textOrNone },
    subject: [],
  },
  SPICE_DISCONNECTED: {
    becomes: "graphics",
    phase: GraphicsPhase.disconnect,
    local: SPICE_SERVER,
    remote: SPICE_CLIENT,
    subject: [],
  },
  BLOCK_IO_ERROR: {
    becomes: "ioError",
    action: { at: "action", as: ioErrorAction },
    device: { at: "device", as: text },
    node: { at: "node-name", as: textOrNone },
    qomPath: { at: "qom-path", as: textOrNone },
  },
  WATCHDOG: { becomes: "watchdog", action: { at: "action", as: watchdogAction } },
  RTC_CHANGE: { becomes: "rtcChange", offset: { at: "offset", as: integer } },
  RESET: { becomes: "reboot" },
  NETDEV_STREAM_CONNECTED: {
    becomes: "interfaceConnected",
    kind: "stream",
    netdev: { at: "netdev-id", as: text },
    peer: { at: "addr", as: socketAddress },
  },
  NETDEV_STREAM_DISCONNECTED: {
    becomes: "interfaceDisconnected",
    kind: "stream",
    netdev: { at: "netdev-id", as: text },
  },
  NETDEV_VHOST_USER_CONNECTED: {
    becomes: "interfaceConnected",
    kind: "vhost-user",
    netdev: { at: "netdev-id", as: text },
    peer: { at: "chardev-id", as: text },
  },
  NETDEV_VHOST_USER_DISCONNECTED: {
    becomes: "interfaceDisconnected",
    kind: "vhost-user",
    netdev: { at: "netdev-id", as: text },
  },
  STOP: { becomes: "suspended" },
  RESUME: { becomes: "lifecycle", change: { event: Lifecycle.resumed, detail: ResumedDetail.unpaused } },
  SHUTDOWN: {
    becomes: "shutdown",
    // QEMU tells who it was since 2.10, and why since 4.0.
    detail: {
      at: "guest",
      as: optional(eitherOf<ShutdownDetail>(ShutdownDetail.guest, ShutdownDetail.host), ShutdownDetail.finished),
    },
    stopped: { at: "reason", as: optional(stoppedDetail, StoppedDetail.shutdown) },
  },
  SUSPEND: { becomes: "lifecycle", change: { event: Lifecycle.pmSuspended, detail: PmSuspendedDetail.memory } },
  SUSPEND_DISK: { becomes: "lifecycle", change: { event: Lifecycle.pmSuspended, detail: PmSuspendedDetail.disk } },
  WAKEUP: { becomes: "lifecycle", change: { event: Lifecycle.started, detail: StartedDetail.wakeup } },
  GUEST_PANICKED: { becomes: "lifecycle", change: { event: Lifecycle.crashed, detail: CrashedDetail.panicked } },
  GUEST_CRASHLOADED: { becomes: "lifecycle", change: { event: Lifecycle.crashed, detail: CrashedDetail.crashloaded } },
} as const satisfies Mapping;

/** The entries, by the names of QEMU's events. */
export const entries: ReadonlyMap<string, AnyEntry> = new Map(Object.entries(mapping));
