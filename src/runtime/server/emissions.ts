/**
 * Events, validated and written once for all who get them.
 */
import { ValidationError } from "../errors.js";
import { isJsonObject } from "../message.js";
import type { Schema, SchemaValidators, Validator } from "../schema.js";
import { timestampNow } from "../timestamp.js";
import { connectCommand } from "../wire-signals.js";
import type { Emission } from "./connections.js";
import { eventText, type OutgoingEvent } from "./output.js";

/** What events are made with. */
export interface EmissionParts {
  readonly schema: Schema;
  readonly validators: SchemaValidators;
  readonly validates: boolean;
  /** The events that the default connection does not have. */
  readonly notDefault: ReadonlySet<string>;
}

/** Makes events. */
export class Emissions {
  readonly #parts: EmissionParts;

  constructor(parts: EmissionParts) {
    this.#parts = parts;
  }

  /** @throws ValidationError or TypeError for what the schema does not have, if it is validated. */
  event(name: string, data: unknown): Emission {
    return this.#emission(this.#checked(name, stamped(name, data)), undefined);
  }

  untyped(name: string, data: unknown): Emission {
    return this.#emission(stamped(name, data), undefined);
  }

  /**
   * @param args - What leads the accessor to the object that it happened to.
   * @throws TypeError for an accessor that the schema does not have; what {@link Emissions.event} throws.
   */
  signal(accessor: string, args: unknown, data: unknown): Emission {
    const { schema, validators, validates } = this.#parts;
    const declared = schema.signals?.get(accessor);
    if (declared === undefined) {
      throw new TypeError(`the schema has no signal accessor ${JSON.stringify(accessor)}: emit sends events without`);
    }
    const validator = validators.commands.get(connectCommand(accessor))?.arguments;
    if (validates && validator !== undefined) check("arguments", accessor, validator, args);
    const object = isJsonObject(args) ? args : undefined;
    return this.#emission(this.#checked(declared.event, stamped(declared.event, data)), object);
  }

  #checked(name: string, event: OutgoingEvent): OutgoingEvent {
    if (!this.#parts.validates) return event;
    const validator = this.#parts.validators.events.get(name);
    if (validator === undefined)
      throw new TypeError(`the schema has no event ${JSON.stringify(name)}: emitUntyped sends any`);
    check("event", name, validator, event);
    return event;
  }

  #emission(outgoing: OutgoingEvent, object: Emission["object"]): Emission {
    const { event, data } = outgoing;
    return { event, data, object, isDefault: !this.#parts.notDefault.has(event), text: eventText(outgoing) };
  }
}

function check(subject: "arguments" | "event", of: string, validator: Validator, value: unknown): void {
  const { issues } = validator(value);
  if (issues !== undefined) throw new ValidationError(subject, of, issues, value);
}

function stamped(event: string, data: unknown): OutgoingEvent {
  const timestamp = timestampNow();
  return data === undefined ? { event, timestamp } : { event, data, timestamp };
}
