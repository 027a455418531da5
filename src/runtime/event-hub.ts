/**
 * Events: who gets which.
 */
import { matches } from "./accessor.js";
import { missingFromData, type Route, routeTo } from "./accessor-route.js";
import type { Signal, UnknownEvent } from "./client-api.js";
import { ProtocolError, QmpError, UnsupportedError, ValidationError } from "./errors.js";
import { isJsonObject, type Message } from "./message.js";
import type { Schema, SchemaValidators } from "./schema.js";
import { SourceSignal } from "./signal.js";
import type { SignalSource } from "./signal-source.js";
import { type SlotHandle, Slots } from "./slots.js";
import { type Seat, Subscriptions } from "./subscriptions.js";
import { widen } from "./widen.js";
import { WireConnections, type WireHost } from "./wire-connections.js";

/** What all signals of a client share, and what connects them over the wire. */
export type SignalHost = Omit<SignalSource<object>, "name" | "connect"> & WireHost;

/** Hands events to slots, and has those sent that slots are connected to, where the server can be told. */
export class EventHub {
  readonly every: Signal<object>;
  readonly unknown: Signal<UnknownEvent>;
  readonly #schema: Schema;
  #validators: SchemaValidators | undefined;
  #validates = false;
  readonly #host: SignalHost;
  readonly #byName = new Map<string, Slots<object>>();
  readonly #every: Slots<object>;
  readonly #unknown: Slots<UnknownEvent>;
  #isDefault: boolean;
  /** Whether the client drops the default connection of servers that offer that. */
  readonly #dropsDefault: boolean;
  readonly #wire: WireConnections;
  /** Whether the server has signals; undefined while there is none. */
  #offers: boolean | undefined;
  readonly #subscriptions: Subscriptions;
  /** What takes the place of a default connection that was dropped. */
  #defaults: readonly SlotHandle[] = [];

  constructor(schema: Schema, defaultConnection: boolean, host: SignalHost) {
    this.#schema = schema;
    this.#host = host;
    this.#isDefault = defaultConnection;
    this.#dropsDefault = !defaultConnection;
    this.#wire = new WireConnections(host);
    this.#subscriptions = new Subscriptions((problem) => host.onProblem(problem));
    this.#every = this.#slots();
    this.#unknown = this.#slots();
    this.every = this.#signalOf("any event", (slot) => this.#every.connect(slot));
    this.unknown = this.#signalOf<UnknownEvent>("an unknown event", (slot) => this.#unknown.connect(slot));
  }

  /** Whether {@link EventHub.every} gets anything. */
  get defaultConnection(): boolean {
    return this.#isDefault;
  }

  set defaultConnection(isOn: boolean) {
    this.#isDefault = isOn;
    // Others send all anyway.
    if (!this.#dropsDefault || isOn === this.#defaults.length > 0) return;
    for (const handle of this.#defaults) handle.disconnect();
    this.#defaults = isOn ? [...this.#schema.events].map((event) => this.#connectDefault(event)) : [];
  }

  /**
   * Tells what events are made of.
   *
   * @param validates - Whether they are validated.
   */
  use(validators: SchemaValidators, validates: boolean): void {
    this.#validators = validators;
    this.#validates = validates;
  }

  /** There is a server. @param offers - Whether it has signals: then it has dropped the default connection, if the client does that. */
  connected(offers: boolean): void {
    this.#offers = offers;
    this.#subscriptions.settle();
    if (offers) this.#wire.begin();
  }

  /** It is lost. What is connected will be connected with the next one. */
  lost(): void {
    this.#offers = undefined;
    this.#subscriptions.lost();
    this.#wire.end();
  }

  /** The signal of an event, or of those of them that the accessor means. */
  signal(name: string, accessor?: object): Signal<object> {
    const isMeant = accessor && isMeantBy(accessor);
    const choose = (): Seat => ({
      place: this.#isDropped ? this.#wire.at(this.#routeTo(name, accessor)) : this.#slotsOf(name),
      isMeant,
    });
    return this.#signalOf(name, (slot, failed) => this.#subscriptions.connect({ slot, failed, choose }));
  }

  /** The signal that an accessor of the schema leads to. */
  accessor(route: Route): Signal<object> {
    const isMeant = isMeantBy(route.args);
    const choose = (fail: (error: unknown) => void): Seat => {
      if (this.#offers === true) return { place: this.#wire.at(route) };
      this.#checkOnThisSide(route, fail);
      return { place: this.#slotsOf(route.event), isMeant };
    };
    return this.#signalOf(route.accessor, (slot, failed) => this.#subscriptions.connect({ slot, failed, choose }));
  }

  /** Hands an event to all slots that it is for. One that is for nobody is not looked at. */
  emit(message: Message): void {
    if (this.#offers === true && message.tag !== undefined) return this.#emitTagged(message);
    const name = String(message.event);
    const slots = this.#byName.get(name);
    const isForAll = this.#isDefault && this.#every.size > 0;
    const isUnknown = this.#unknown.size > 0 && !this.#schema.events.has(name);
    if (!isForAll && !isUnknown && (slots === undefined || slots.size === 0)) return;
    if (!this.#isRight(message)) return;
    slots?.emit(message, name);
    if (isUnknown) this.#unknown.emit(message, name);
    if (isForAll) this.#every.emit(message, name);
  }

  #emitTagged(message: Message): void {
    // Whichever way an event comes, it is the same to slots.
    const { tag, ...event } = message;
    const connection = this.#wire.find(tag, event);
    if (connection === undefined) return;
    if (this.#isRight(event)) connection.slots.emit(event, event.event);
  }

  get #isDropped(): boolean {
    return this.#dropsDefault && this.#offers === true;
  }

  #connectDefault(event: string): SlotHandle {
    return this.#subscriptions.connect({
      slot: (one) => this.#every.emit(one, event),
      // What a server lacks it does not send, and that is all that the default connection is about.
      failed: (error) => {
        if (!isNotThere(error)) this.#host.onProblem(error);
      },
      choose: () => (this.#isDropped ? { place: this.#wire.at(this.#routeTo(event)) } : undefined),
    });
  }

  #routeTo(event: string, accessor: object = {}): Route {
    return routeTo(event, accessor, this.#schema, this.#validators);
  }

  /** @param fail - Told at once where the validators are there, else as soon as they are. */
  #checkOnThisSide(route: Route, fail: (error: unknown) => void): void {
    const check = (validators: SchemaValidators): void => {
      const error = missingFromData(route, validators);
      if (error !== undefined) fail(error);
    };
    if (this.#validators !== undefined) check(this.#validators);
    else Promise.resolve(this.#schema.validators()).then(check).catch(fail);
  }

  #slotsOf(event: string): Slots<object> {
    let slots = this.#byName.get(event);
    if (slots === undefined) this.#byName.set(event, (slots = this.#slots()));
    return slots;
  }

  /** Whether it is an event, and as the schema says if that knows it; 64-bit integers become what its types say. */
  #isRight(message: Message): message is Message & UnknownEvent {
    if (!isEvent(message)) {
      const name = String(message.event);
      this.#host.onProblem(new ProtocolError("message", `${name}: received an event without its parts`, name));
      return false;
    }
    const validator = this.#validators?.events.get(message.event);
    if (validator === undefined) return true;
    if (this.#schema.int64 === "bigint") widen(message, validator.shape);
    if (!this.#validates) return true;
    const { issues } = validator(message);
    if (issues === undefined) return true;
    this.#host.onProblem(new ValidationError("event", message.event, issues, message));
    return false;
  }

  #slots<E extends object>(): Slots<E> {
    return new Slots<E>((problem) => this.#host.onProblem(problem));
  }

  #signalOf<E extends object>(name: string, connect: SignalSource<E>["connect"]): Signal<E> {
    return new SourceSignal<E>({ ...this.#host, name, connect });
  }
}

/** Which events have some values in their data. One that asks for nothing is right for an event without data, too. */
function isMeantBy(accessor: object): (event: object) => boolean {
  return (event) => matches(accessor, "data" in event ? event.data : {});
}

/** Whether a server says that it does not have an event, or the schema that it does not come by itself. */
function isNotThere(error: Error): boolean {
  return error instanceof UnsupportedError || (error instanceof QmpError && error.class === "CommandNotFound");
}

/** Whether a message has what all events have. */
function isEvent(message: Message): message is Message & UnknownEvent {
  const { timestamp } = message;
  return (
    typeof message.event === "string" &&
    isJsonObject(timestamp) &&
    typeof timestamp["seconds"] === "number" &&
    typeof timestamp["microseconds"] === "number"
  );
}
