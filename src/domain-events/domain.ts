/**
 * A domain: what comes from its QEMU, in order, made domain events and told.
 */
import type { ClientState, UnknownEvent } from "../runtime/client-api.js";
import { ConnectionLostError, OverflowError } from "../runtime/errors.js";
import type { Report } from "../runtime/report.js";
import type { SlotHandle } from "../runtime/slots.js";
import { timestampNow } from "../runtime/timestamp.js";
import { waitFor } from "../runtime/waiting.js";
import type {
  AttachOptions,
  Domain,
  DomainEventCallback,
  LifecycleCallback,
  Monitor,
  Origin,
  RestartBackend,
  RestartOptions,
} from "./api.js";
import { assertCallback, Callbacks } from "./callbacks.js";
import { Clock } from "./clock.js";
import { DiskLookup } from "./disk-lookup.js";
import type { Disk } from "./disks.js";
import type { AnyEntry, LifecycleChange } from "./entries.js";
import { CallbackError, DomainEventError, LookupError } from "./errors.js";
import { type DomainEvent, type DomainEventId, Lifecycle } from "./events.js";
import { identify } from "./identity.js";
import { LifecycleState } from "./lifecycle.js";
import { entries } from "./mapping.js";
import { OldCallbacks } from "./old-callbacks.js";
import { type DiskNames, type Happening, Misread, read, type Timestamp } from "./read.js";
import { restartBackends } from "./restart.js";

/** What a domain wants to know of those that it is one of. */
export interface DomainHost {
  readonly report: Report;
  /** In milliseconds. */
  readonly lookupTimeout: number;
  /** It is known who it is: from now on events are told. */
  identified(domain: AttachedDomain): void;
  /** Nothing more comes of it. */
  detached(domain: AttachedDomain): void;
}

/** What waits to be told. */
interface Waiting {
  /** Who was registered when it came: see `Callbacks.mark`. */
  readonly mark: number;
  /** Whether all that belongs to it is known. */
  readonly isReady: () => boolean;
  /** The event, with what is known. */
  readonly event: () => DomainEvent;
}

/** How many events may wait at most. */
const MOST_WAITING = 10_000;

/** A domain that is attached. */
export class AttachedDomain<Connection extends Monitor = Monitor> implements Domain<Connection> {
  readonly connection: Connection;
  readonly id: number;
  /** Empty until it is known, as the UUID is; then both stay. */
  name: string = "";
  uuid: string = "";
  readonly #host: DomainHost;
  readonly #origin: Origin<Connection>;
  readonly #subscriptions: readonly SlotHandle[];
  readonly #callbacks: Callbacks;
  readonly #oldCallbacks: OldCallbacks<Connection>;
  readonly #clock: Clock;
  readonly #disks: DiskLookup;
  readonly #lifecycle = new LifecycleState();
  readonly #detaching = new AbortController();
  readonly #queue: Waiting[] = [];
  #isIdentified = false;
  #isTelling = false;

  /** @throws TypeError, RangeError for options that make no sense. */
  constructor(connection: Connection, id: number, options: AttachOptions, host: DomainHost) {
    this.connection = connection;
    this.id = id;
    this.#host = host;
    this.#origin = { connection, domain: this };
    this.#clock = new Clock(options.clock ?? {}, host.report);
    this.#callbacks = new Callbacks((of, cause) => host.report(new CallbackError(this.#origin, of, cause)));
    this.#oldCallbacks = new OldCallbacks(this);
    this.#disks = new DiskLookup({
      ask: async (command, args) => connection.executeUntyped(command, args),
      timeout: host.lookupTimeout,
      over: () => this.#tell(),
      failed: (cause) => this.#lookupFailed(cause),
    });
    this.#subscriptions = [
      ...[...entries].map(([name, entry]) =>
        connection.signalUntyped(name).connect((event) => this.#received(entry, event)),
      ),
      connection.stateChanged.connect((state) => this.#connectionChanged(state)),
    ];
  }

  get utcoffset(): bigint {
    return this.#clock.offset;
  }

  on<Id extends DomainEventId>(id: Id, callback: DomainEventCallback<Id, Connection>): SlotHandle {
    assertCallback(id, callback);
    return this.#callbacks.connect(id, (event) => callback(event, this.#origin));
  }

  off(handle: SlotHandle): boolean {
    return handle.disconnect();
  }

  register(callback: LifecycleCallback<Connection>): boolean {
    return this.#oldCallbacks.register(callback);
  }

  deregister(callback: LifecycleCallback<Connection>): boolean {
    return this.#oldCallbacks.deregister(callback);
  }

  restartBackend(restart: RestartBackend<Connection>, options: RestartOptions = {}): SlotHandle {
    return restartBackends(this, restart, options, (origin, cause) =>
      this.#host.report(new CallbackError(origin, "restartBackend", cause)),
    );
  }

  /** Begins: who is registered now is told that it runs, if it does. Resolved when it is known who it is. */
  async begin(options: AttachOptions): Promise<void> {
    this.#connectionChanged(this.connection.state);
    const { name, uuid } = options;
    if (name !== undefined && uuid !== undefined) return this.#identified(name || uuid, uuid);
    const identity = await waitFor<{ readonly name: string; readonly uuid: string }>(
      { signal: this.#detaching.signal, timeout: Infinity },
      () => new Error(),
      ({ resolve, reject }) => {
        identify(this.connection, options).then(resolve, reject);
        return () => undefined;
      },
    );
    this.#identified(identity.name, identity.uuid);
  }

  detach(): void {
    this.detachSince(new Error("the domain was detached"));
  }

  /** Detaches it. @param reason - What {@link AttachedDomain.begin} is rejected with, if that is not over. */
  detachSince(reason: Error): void {
    if (this.#detaching.signal.aborted) return;
    this.#detaching.abort(reason);
    for (const subscription of this.#subscriptions) subscription.disconnect();
    this.#callbacks.end();
    this.#oldCallbacks.end();
    this.#disks.end();
    this.#queue.length = 0;
    this.#host.detached(this);
  }

  #identified(name: string, uuid: string): void {
    this.name = name;
    this.uuid = uuid;
    this.#isIdentified = true;
    this.#host.identified(this);
    this.#tell();
  }

  #connectionChanged(state: ClientState): void {
    const change = this.#lifecycle.connection(state);
    if (change !== undefined) this.#changed(change, timestampNow());
    // Who it is cannot be asked any more.
    if (state.state === "closed" && !this.#isIdentified) this.detachSince(new ConnectionLostError(state.reason));
    this.#tell();
  }

  #received(entry: AnyEntry, { event: name, data, timestamp }: UnknownEvent): void {
    let happening: Happening;
    try {
      happening = read(entry, data, timestamp);
    } catch (error) {
      if (error instanceof Misread) this.#misread(name, error);
      else throw error;
      return;
    }
    const change = this.#lifecycle.happened(happening);
    if (change !== undefined) this.#changed(change, timestamp);
    this.#happened(name, happening);
    this.#tell();
  }

  #happened(name: string, happening: Happening): void {
    switch (happening.id) {
      case "lifecycle":
      case "suspended":
      case "shutdown":
        return;
      case "ioError": {
        const { action, disk, timestamp } = happening;
        return this.#addWithDisk(disk, (found) => ({ id: "ioError", ...found, action, timestamp }));
      }
      case "rtcChange": {
        const utcoffset = this.#clock.from(happening.offset);
        if (utcoffset !== undefined) return this.#add({ id: "rtcChange", utcoffset, timestamp: happening.timestamp });
        const expected = `a 64-bit integer with ${String(this.#clock.base)} added`;
        return this.#misread(name, new Misread("data.offset", expected, String(happening.offset)));
      }
      default:
        return this.#add(happening);
    }
  }

  #changed(change: LifecycleChange, timestamp: Timestamp): void {
    if (change.event === Lifecycle.stopped) this.#disks.forget();
    this.#add({ id: "lifecycle", ...change, timestamp });
  }

  #add(event: DomainEvent): void {
    const { id } = event;
    // A clock is kept whether anybody listens or not.
    if (id !== "rtcChange" && !this.#callbacks.has(id)) return;
    this.#enqueue({ mark: this.#callbacks.mark(id), isReady: () => true, event: () => event });
  }

  #enqueue(waiting: Waiting): void {
    this.#queue.push(waiting);
    if (this.#isIdentified || this.#queue.length <= MOST_WAITING) return;
    this.detachSince(new OverflowError("events", MOST_WAITING, this.#queue.length));
  }

  /** Adds an error of a disk, which is told when it is known which disk that is. Nothing is asked for nobody. */
  #addWithDisk(names: DiskNames, eventOf: (disk: Disk) => DomainEvent): void {
    if (!this.#callbacks.has("ioError")) return;
    const question = this.#disks.question();
    const event = (): DomainEvent => eventOf(this.#disks.disk(names, question));
    this.#enqueue({ mark: this.#callbacks.mark("ioError"), isReady: () => question.isOver, event });
  }

  /** Tells what waits, up to what is asked for still. */
  #tell(): void {
    // What comes while callbacks run has its turn behind that.
    if (this.#isTelling || !this.#isIdentified) return;
    this.#isTelling = true;
    for (let waiting = this.#next(); waiting !== undefined; waiting = this.#next()) {
      const event = waiting.event();
      if (event.id === "rtcChange") this.#clock.set(event.utcoffset, this.#origin);
      this.#callbacks.emit(event.id, event, waiting.mark);
    }
    this.#isTelling = false;
    // Nothing comes after that.
    if (this.connection.state.state === "closed" && this.#queue.length === 0) this.detach();
  }

  /** Takes the first that can be told: also one whose disk is not known yet, if too many wait behind it. */
  #next(): Waiting | undefined {
    const isReady = this.#queue.length > MOST_WAITING || this.#queue[0]?.isReady() === true;
    return isReady ? this.#queue.shift() : undefined;
  }

  #misread(event: string, { path, expected, received }: Misread): void {
    this.#host.report(new DomainEventError(this.#origin, event, path, expected, received));
  }

  #lookupFailed(cause: unknown): void {
    // That the connection is lost is told elsewhere.
    if (this.connection.state.state === "ready") this.#host.report(new LookupError(this.#origin, cause));
  }
}
