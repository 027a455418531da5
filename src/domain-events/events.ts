/**
 * What happens to domains, as those who manage them see it: the events of libvirt, with its numbers.
 *
 * A domain is a virtual machine with a name. Numbers are those of libvirt's public interface (`virDomainEventGraphicsPhase` and so
 * on); what QEMU has and libvirt has no number for is negative, or comes behind libvirt's.
 */

/** What happened to a domain: it narrows on `id`. */
export type DomainEvent =
  | LifecycleDomainEvent
  | RebootDomainEvent
  | RtcChangeDomainEvent
  | WatchdogDomainEvent
  | IoErrorDomainEvent
  | GraphicsDomainEvent
  | InterfaceConnectedDomainEvent
  | InterfaceDisconnectedDomainEvent;

/** The ids of events. */
export type DomainEventId = DomainEvent["id"];

/** The events of an id. */
export type DomainEventOf<Id extends DomainEventId> = Extract<DomainEvent, { readonly id: Id }>;

/** What all events have. */
export interface DomainEventBase<Id extends string> {
  readonly id: Id;
  /**
   * When QEMU says it happened, by the clock of its host; for what no QMP event tells (`started`, `stopped`), when it was found out,
   * by ours.
   */
  readonly timestamp: { readonly seconds: number; readonly microseconds: number };
}

/** What became of a domain (`virDomainEventType`). */
export const Lifecycle = {
  started: 2,
  suspended: 3,
  resumed: 4,
  stopped: 5,
  shutdown: 6,
  pmSuspended: 7,
  crashed: 8,
} as const;
export type Lifecycle = (typeof Lifecycle)[keyof typeof Lifecycle];

/** Why it has started (`virDomainEventStartedDetailType`). */
export const StartedDetail = { booted: 0, wakeup: 4 } as const;
export type StartedDetail = (typeof StartedDetail)[keyof typeof StartedDetail];

/** Why it is suspended (`virDomainEventSuspendedDetailType`). */
export const SuspendedDetail = { paused: 0, ioError: 2, watchdog: 3 } as const;
export type SuspendedDetail = (typeof SuspendedDetail)[keyof typeof SuspendedDetail];

/** Why it goes on (`virDomainEventResumedDetailType`). */
export const ResumedDetail = { unpaused: 0 } as const;
export type ResumedDetail = (typeof ResumedDetail)[keyof typeof ResumedDetail];

/** Why there is no QEMU any more (`virDomainEventStoppedDetailType`). */
export const StoppedDetail = { shutdown: 0, destroyed: 1, crashed: 2, failed: 5 } as const;
export type StoppedDetail = (typeof StoppedDetail)[keyof typeof StoppedDetail];

/** Who has shut it down (`virDomainEventShutdownDetailType`): `finished` if QEMU does not tell. */
export const ShutdownDetail = { finished: 0, guest: 1, host: 2 } as const;
export type ShutdownDetail = (typeof ShutdownDetail)[keyof typeof ShutdownDetail];

/** Where the guest's memory is while it sleeps (`virDomainEventPMSuspendedDetailType`). */
export const PmSuspendedDetail = { memory: 0, disk: 1 } as const;
export type PmSuspendedDetail = (typeof PmSuspendedDetail)[keyof typeof PmSuspendedDetail];

/** How its system has crashed (`virDomainEventCrashedDetailType`). */
export const CrashedDetail = { panicked: 0, crashloaded: 1 } as const;
export type CrashedDetail = (typeof CrashedDetail)[keyof typeof CrashedDetail];

/** What all lifecycle events have. */
export interface LifecycleBase<Event extends Lifecycle, Detail> extends DomainEventBase<"lifecycle"> {
  readonly event: Event;
  readonly detail: Detail;
}

/** The state of a domain has changed: it narrows on `event`, which says of what kind `detail` is. */
export type LifecycleDomainEvent =
  | LifecycleBase<typeof Lifecycle.started, StartedDetail>
  | LifecycleBase<typeof Lifecycle.suspended, SuspendedDetail>
  | LifecycleBase<typeof Lifecycle.resumed, ResumedDetail>
  | LifecycleBase<typeof Lifecycle.stopped, StoppedDetail>
  | LifecycleBase<typeof Lifecycle.shutdown, ShutdownDetail>
  | LifecycleBase<typeof Lifecycle.pmSuspended, PmSuspendedDetail>
  | LifecycleBase<typeof Lifecycle.crashed, CrashedDetail>;

/**
 * The guest's system resets its processors. It is no change of the domain's state: QEMU goes on.
 */
export type RebootDomainEvent = DomainEventBase<"reboot">;

/** The guest has set its clock. */
export interface RtcChangeDomainEvent extends DomainEventBase<"rtcChange"> {
  /** How far the guest's clock is from UTC now, in seconds: exact, a 64-bit integer. */
  readonly utcoffset: bigint;
}

/** What is about to be done since a watchdog has run out (`virDomainEventWatchdogAction`); `unknown` is what a newer QEMU may do. */
export const WatchdogAction = {
  none: 0,
  pause: 1,
  reset: 2,
  poweroff: 3,
  shutdown: 4,
  debug: 5,
  injectNmi: 6,
  unknown: -1,
} as const;
export type WatchdogAction = (typeof WatchdogAction)[keyof typeof WatchdogAction];

/** A watchdog has run out. */
export interface WatchdogDomainEvent extends DomainEventBase<"watchdog"> {
  readonly action: WatchdogAction;
}

/** What is done about an error (`virDomainEventIOErrorAction`); `unknown` is what a newer QEMU may do. */
export const IoErrorAction = { none: 0, pause: 1, report: 2, unknown: -1 } as const;
export type IoErrorAction = (typeof IoErrorAction)[keyof typeof IoErrorAction];

/** A disk could not be read or written. */
export interface IoErrorDomainEvent extends DomainEventBase<"ioError"> {
  /** The path of the image; empty if it has none, or if nobody knows. */
  readonly srcPath: string;
  /** What the disk is called: see the table in docs/domain-events.md. */
  readonly devAlias: string;
  /** `none`: the error is ignored. `pause`: the guest stops. `report`: the guest is told. */
  readonly action: IoErrorAction;
}

/** How far a client has come (`virDomainEventGraphicsPhase`). */
export const GraphicsPhase = {
  /** It was accepted. */
  connect: 0,
  /** It is authorised, and about to begin. */
  initialize: 1,
  /** It is gone. */
  disconnect: 2,
} as const;
export type GraphicsPhase = (typeof GraphicsPhase)[keyof typeof GraphicsPhase];

/**
 * The family of an address (`virDomainEventGraphicsAddressType`). libvirt has no number for `vsock`; `unknown` is what QEMU calls so, or
 * what a newer QEMU may have.
 */
export const GraphicsAddressType = { ipv4: 0, ipv6: 1, unix: 2, vsock: 3, unknown: -1 } as const;
export type GraphicsAddressType = (typeof GraphicsAddressType)[keyof typeof GraphicsAddressType];

/** One end of a connection (`virDomainEventGraphicsAddress`). */
export interface GraphicsAddress {
  readonly family: GraphicsAddressType;
  /** The host; of a unix socket, what QEMU has in its place: nothing, or with SPICE `localhost`. */
  readonly node: string;
  /** The port; of a unix socket, its path. */
  readonly service: string;
}

/** Who a client is shown to be (`virDomainEventGraphicsSubjectIdentity`). */
export interface GraphicsIdentity {
  /** `x509dname` or `saslUsername`. */
  readonly type: string;
  readonly name: string;
}

/** Someone looks at the guest's screen, or no more. */
export interface GraphicsDomainEvent extends DomainEventBase<"graphics"> {
  readonly phase: GraphicsPhase;
  /** Where the client has connected to. */
  readonly local: GraphicsAddress;
  /** Where it has connected from. */
  readonly remote: GraphicsAddress;
  /** How it had to show who it is; empty where QEMU does not tell. */
  readonly authScheme: string;
  /** Who it is, if it had to show that: at most 20. */
  readonly subject: readonly GraphicsIdentity[];
}

/** What a network interface of the guest is connected to. */
export interface InterfaceBackend {
  /** The id of the netdev: `net0`. */
  readonly netdev: string;
  /** How QEMU talks to the back-end, which is a process of its own. */
  readonly kind: "stream" | "vhost-user";
}

/** The back-end of an interface is there. */
export interface InterfaceConnectedDomainEvent extends DomainEventBase<"interfaceConnected">, InterfaceBackend {
  /**
   * Where it is, in a few words: `unix:/run/passt`, `[::1]:47666`; of a vhost-user back-end, what its character device is connected
   * to.
   */
  readonly peer: string;
}

/** The back-end of an interface is lost: the guest has a network card and no network. */
export interface InterfaceDisconnectedDomainEvent extends DomainEventBase<"interfaceDisconnected">, InterfaceBackend {}
