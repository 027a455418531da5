/**
 * Events: who gets which.
 */
import { matches } from "./accessor.js";
import type { Signal, UnknownEvent } from "./client-api.js";
import { ProtocolError, ValidationError } from "./errors.js";
import { isJsonObject, type Message } from "./message.js";
import type { Schema, SchemaValidators } from "./schema.js";
import { SourceSignal } from "./signal.js";
import type { SignalSource } from "./signal-source.js";
import { Slots } from "./slots.js";
import { widen } from "./widen.js";

/** What all signals of a client share. */
export type SignalHost = Omit<SignalSource<object>, "name" | "connect">;

/** Hands events to slots. */
export class EventHub {
  readonly every: Signal<object>;
  readonly unknown: Signal<UnknownEvent>;
  /** Whether {@link EventHub.every} gets anything. */
  defaultConnection: boolean;
  readonly #schema: Schema;
  #validators: SchemaValidators | undefined;
  #validates = false;
  readonly #host: SignalHost;
  readonly #byName = new Map<string, Slots<object>>();
  readonly #every: Slots<object>;
  readonly #unknown: Slots<UnknownEvent>;

  constructor(schema: Schema, defaultConnection: boolean, host: SignalHost) {
    this.#schema = schema;
    this.#host = host;
    this.defaultConnection = defaultConnection;
    this.#every = this.#slots();
    this.#unknown = this.#slots();
    this.every = this.#signalOf("any event", this.#every);
    this.unknown = this.#signalOf("an unknown event", this.#unknown);
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

  /** The signal of an event, or of those of them that the accessor means. */
  signal(name: string, accessor?: object): Signal<object> {
    let slots = this.#byName.get(name);
    if (slots === undefined) this.#byName.set(name, (slots = this.#slots()));
    if (accessor === undefined) return this.#signalOf(name, slots);
    // An accessor that asks for nothing is right for an event without data, too.
    return this.#signalOf(name, slots, (event) => matches(accessor, "data" in event ? event.data : {}));
  }

  /** Hands an event to all slots that it is for. One that is for nobody is not looked at. */
  emit(message: Message): void {
    const name = String(message.event);
    const slots = this.#byName.get(name);
    const isForAll = this.defaultConnection && this.#every.size > 0;
    const isUnknown = this.#unknown.size > 0 && !this.#schema.events.has(name);
    if (!isForAll && !isUnknown && (slots === undefined || slots.size === 0)) return;
    if (!isEvent(message)) {
      const problem = new ProtocolError("message", `${name}: received an event without its parts`, name);
      return this.#host.onProblem(problem);
    }
    if (!this.#isRight(message)) return;
    slots?.emit(message, name);
    if (isUnknown) this.#unknown.emit(message, name);
    if (isForAll) this.#every.emit(message, name);
  }

  /** Whether a known event is as the schema says; 64-bit integers become what its types say. */
  #isRight(message: UnknownEvent): boolean {
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

  #signalOf<E extends object>(name: string, slots: Slots<E>, isMeant?: (event: E) => boolean): Signal<E> {
    return new SourceSignal<E>({ ...this.#host, name, connect: (slot) => slots.connect(slot, isMeant) });
  }
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
