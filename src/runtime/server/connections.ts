/**
 * What a client has connected: the signals that it gets with tags, and whether it gets the others, without.
 */
import { matches } from "../accessor.js";
import { stringifyJson } from "../json.js";
import type { JsonObject } from "../message.js";
import { CommandError } from "./command-error.js";
import { taggedText } from "./output.js";

/** The most connections that a client may have at a time, besides the default one. */
const MAX_CONNECTIONS = 1000;
/** The most characters that all their arguments together may have as JSON. */
const MAX_ARGUMENTS_LENGTH = 2 ** 20;

/** A signal that was connected explicitly. */
export interface Connection {
  /** Unlike all others of the server, so that one of another session is not taken for it. */
  readonly tag: string;
  /** The name of the accessor. */
  readonly accessor: string;
  readonly event: string;
  /** What the accessor was given. */
  readonly arguments: JsonObject;
}

/** An event on its way. */
export interface Emission {
  readonly event: string;
  readonly data: unknown;
  /** What the accessor leads to that the event comes from. The data need not tell. */
  readonly object: JsonObject | undefined;
  /** Whether the default connection has it. */
  readonly isDefault: boolean;
  /** The event as it is sent without a tag. */
  readonly text: string;
}

interface Kept {
  readonly connection: Connection;
  /** Its arguments, one by one. */
  readonly wanted: readonly JsonObject[];
  readonly length: number;
}

/** The connections of a session. */
export class Connections {
  readonly #nextTag: () => string;
  #default = true;
  #isOver = false;
  #argumentsLength = 0;
  readonly #byTag = new Map<string, Kept>();
  readonly #byEvent = new Map<string, Set<Kept>>();

  /** @param nextTag - Makes a tag that no other connection of the server has had. */
  constructor(nextTag: () => string) {
    this.#nextTag = nextTag;
  }

  /** Whether there is the default connection: events without tags. */
  get default(): boolean {
    return this.#default;
  }

  /** The others, in the order in which they were made. */
  get explicit(): readonly Connection[] {
    return [...this.#byTag.values()].map(({ connection }) => connection);
  }

  dropDefault(): void {
    this.#default = false;
  }

  /**
   * Makes a connection, which has no effect before it is begun: the tag must have been told by then.
   *
   * @throws CommandError when there are too many.
   */
  make(signal: Pick<Connection, "accessor" | "event" | "arguments">): {
    readonly tag: string;
    readonly begin: () => void;
  } {
    const length = stringifyJson(signal.arguments).length;
    if (this.#byTag.size >= MAX_CONNECTIONS) {
      throw new CommandError("GenericError", `there are ${MAX_CONNECTIONS} connections already, the most there may be`);
    }
    if (this.#argumentsLength + length > MAX_ARGUMENTS_LENGTH) {
      const most = `${MAX_ARGUMENTS_LENGTH} characters, the most that those of all connections may have`;
      throw new CommandError("GenericError", `the arguments would be longer than ${most}`);
    }
    const wanted = Object.entries(signal.arguments).map(([name, value]) => ({ [name]: value }));
    const tag = this.#nextTag();
    const made: Kept = { connection: { ...signal, tag }, wanted, length };
    return { tag, begin: () => this.#begin(made) };
  }

  /**
   * Ends a connection.
   *
   * @param args - None, or some or all of those that it was made with.
   * @throws CommandError when it is none of this accessor, or was made with others.
   */
  end(accessor: string, tag: unknown, args: JsonObject): void {
    if (typeof tag !== "string") throw new CommandError("GenericError", "arguments: tag: expected a string");
    const kept = this.#byTag.get(tag);
    if (kept?.connection.accessor !== accessor) {
      throw new CommandError("GenericError", `${accessor} has no connection with the tag '${tag}'`);
    }
    for (const [name, value] of Object.entries(args)) {
      if (isSame({ [name]: value }, kept.connection.arguments, name)) continue;
      throw new CommandError("GenericError", `arguments: ${name}: '${tag}' was not connected with it`);
    }
    this.#byTag.delete(tag);
    this.#byEvent.get(kept.connection.event)?.delete(kept);
    this.#argumentsLength -= kept.length;
  }

  /** Ends all, for good. */
  close(): void {
    this.#isOver = true;
    this.#default = false;
    this.#byTag.clear();
    this.#byEvent.clear();
  }

  /** What is sent of an event: nothing, or once for each connection. */
  textsOf(emission: Emission): readonly string[] {
    const { event, text, isDefault } = emission;
    const texts = isDefault && this.#default ? [text] : [];
    for (const kept of this.#byEvent.get(event) ?? []) {
      if (isMeant(kept, emission)) texts.push(taggedText(text, kept.connection.tag));
    }
    return texts;
  }

  #begin(made: Kept): void {
    if (this.#isOver) return;
    const { tag, event } = made.connection;
    const others = this.#byEvent.get(event) ?? new Set();
    this.#byTag.set(tag, made);
    this.#byEvent.set(event, others.add(made));
    this.#argumentsLength += made.length;
  }
}

function isMeant({ wanted }: Kept, { data, object }: Emission): boolean {
  return wanted.every((one) => matches(one, data) || matches(one, object));
}

/** Whether both have the same member: none has more in it. */
function isSame(one: JsonObject, all: JsonObject, name: string): boolean {
  return matches(one, all) && matches({ [name]: all[name] }, one);
}
