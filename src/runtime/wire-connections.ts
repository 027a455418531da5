/**
 * What is connected over the wire, with servers that have signals: which connections there are, what their tags are, and who gets what
 * comes with one.
 */
import { type Route, snapshotOf } from "./accessor-route.js";
import { asError, ProtocolError, TimeoutError } from "./errors.js";
import { stringifyJson } from "./json.js";
import type { Message } from "./message.js";
import { SlotHandle, Slots } from "./slots.js";
import { LONGEST, type Settle } from "./waiting.js";
import { connectCommand, disconnectCommand } from "./wire-signals.js";

/** What connections over the wire need. */
export interface WireHost {
  /**
   * Executes a command, after those of the same kind and before those of the user that wait. How it ends is told at once, before
   * anything else that came is looked at; never during the call.
   */
  execute(command: string, args: object, settle: Settle<unknown>): void;
  /** After how many milliseconds it is reported that a signal is not connected yet. */
  readonly commandTimeout: number;
  onProblem(problem: Error): void;
}

/** What slots are connected to, be it here or over the wire. */
export interface Place {
  /**
   * @param isMeant - Which events the slot is for. Default: all.
   * @param failed - Told that it is not connected, each time that is attempted, and never during the call. Default: what reports problems.
   */
  connect(
    slot: (event: object) => unknown,
    isMeant: ((event: object) => boolean) | undefined,
    failed: ((error: Error) => void) | undefined,
  ): SlotHandle;
}

/** The tags of one connection to a server. */
interface Session {
  readonly byTag: Map<string, WireConnection>;
  /** Those that the server has been told to forget, until it says that it has. */
  readonly givenUp: Set<string>;
  hasComplained: boolean;
}

/** All that is connected, or to be connected with the next server. */
export class WireConnections {
  readonly #host: WireHost;
  readonly #byKey = new Map<string, WireConnection>();
  #session: Session | undefined;

  constructor(host: WireHost) {
    this.#host = host;
  }

  /**
   * The one connection for all slots that want the same.
   *
   * @throws what {@link snapshotOf} throws.
   */
  at(route: Route): Place {
    const args = snapshotOf(route.args);
    const key = `${route.accessor} ${canonicalText(args)}`;
    let found = this.#byKey.get(key);
    if (found === undefined) {
      const made: WireConnection = new WireConnection({ ...route, args }, this.#host, () => {
        if (made.isWanted) this.#connect(made);
        else this.#disconnect(key, made);
      });
      this.#byKey.set(key, (found = made));
    }
    return found;
  }

  /** There is a connection to a server that has signals: connects all that is wanted. */
  begin(): void {
    this.#session = { byTag: new Map(), givenUp: new Set(), hasComplained: false };
    for (const connection of this.#byKey.values()) this.#connect(connection);
  }

  /** It is lost, and all tags with it. */
  end(): void {
    this.#session = undefined;
    for (const [key, connection] of this.#byKey) {
      connection.reset();
      if (!connection.isWanted) this.#byKey.delete(key);
    }
  }

  /** Whom an event is for that came with a tag. */
  find(tag: unknown, { event }: Message): WireConnection | undefined {
    const session = this.#session;
    const found = typeof tag === "string" ? session?.byTag.get(tag) : undefined;
    if (found?.route.event === event) return found;
    if (session === undefined || session.hasComplained) return undefined;
    // What was on its way while it was disconnected.
    if (typeof tag === "string" && session.givenUp.has(tag)) return undefined;
    session.hasComplained = true;
    const what = found === undefined ? "of no connection" : `of a connection for ${found.route.event}`;
    const text = `${String(event)}: received an event with the tag ${what}; signal() and accessor() connect, not execute()`;
    this.#host.onProblem(new ProtocolError("message", text, stringifyJson(tag)));
    return undefined;
  }

  #connect(connection: WireConnection): void {
    const session = this.#session;
    if (session === undefined || connection.state !== "none") return;
    const { accessor, args } = connection.route;
    const command = connectCommand(accessor);
    connection.begin(command);
    this.#host.execute(command, args, {
      resolve: (tag) => {
        connection.reset();
        if (typeof tag !== "string" || session.byTag.has(tag) || session.givenUp.has(tag)) {
          const text = `${command}: the server returned what is no tag, or one that it has given out already`;
          return connection.fail(new ProtocolError("message", text, stringifyJson(tag ?? null)));
        }
        session.byTag.set(tag, connection);
        connection.state = { tag };
        connection.changed();
      },
      reject: (error) => {
        // That the connection is lost is no failure: there may be another.
        if (session !== this.#session) return;
        connection.reset();
        connection.fail(asError(error));
      },
    });
  }

  /** Disconnects what nobody wants any more. What is being connected has no tag yet: it is looked at again when it has. */
  #disconnect(key: string, connection: WireConnection): void {
    const { state, route } = connection;
    const session = this.#session;
    if (state === "connecting") return;
    // Whoever wants the same later gets a new one.
    this.#byKey.delete(key);
    if (state === "none" || session === undefined) return;
    const { tag } = state;
    connection.reset();
    session.byTag.delete(tag);
    session.givenUp.add(tag);
    const forget = (): void => void session.givenUp.delete(tag);
    this.#host.execute(
      disconnectCommand(route.accessor),
      { tag },
      {
        resolve: forget,
        reject: (error) => {
          forget();
          if (session === this.#session) this.#host.onProblem(asError(error));
        },
      },
    );
  }
}

/** A connection: one tag, and the slots that are behind it. */
export class WireConnection implements Place {
  readonly route: Route;
  readonly slots: Slots<object>;
  state: "none" | "connecting" | { readonly tag: string } = "none";
  /** Tells that it is wanted, or is not any more, or has a tag. */
  readonly changed: () => void;
  readonly #host: WireHost;
  /** Whom to tell that it is not connected: of each slot. */
  readonly #failed = new Set<{ readonly tell: ((error: Error) => void) | undefined }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(route: Route, host: WireHost, changed: () => void) {
    this.route = route;
    this.#host = host;
    this.changed = changed;
    this.slots = new Slots((problem) => host.onProblem(problem));
  }

  get isWanted(): boolean {
    return this.slots.size > 0;
  }

  connect(
    slot: (event: object) => unknown,
    isMeant: ((event: object) => boolean) | undefined,
    failed: ((error: Error) => void) | undefined,
  ): SlotHandle {
    const handle = this.slots.connect(slot, isMeant);
    const one = { tell: failed };
    this.#failed.add(one);
    this.changed();
    return new SlotHandle(() => {
      handle.disconnect();
      this.#failed.delete(one);
      if (!this.isWanted) this.changed();
    });
  }

  /** It is being connected. */
  begin(command: string): void {
    this.state = "connecting";
    const { commandTimeout } = this.#host;
    if (commandTimeout > LONGEST) return;
    // It may be connected still: whoever waits on is not forgotten.
    const tell = (): void => this.#tell(new TimeoutError("command", commandTimeout, command, true));
    this.#timer = setTimeout(tell, commandTimeout);
  }

  /** It is neither connected nor being connected. */
  reset(): void {
    clearTimeout(this.#timer);
    this.state = "none";
  }

  /** It could not be connected. The next slot is a reason to try again. */
  fail(error: Error): void {
    if (this.isWanted) this.#tell(error);
    else this.changed();
  }

  #tell(error: Error): void {
    const all = [...this.#failed];
    if (all.some(({ tell }) => tell === undefined)) this.#host.onProblem(error);
    for (const { tell } of all) tell?.(error);
  }
}

/** Equal arguments have equal texts, however they are put. */
function canonicalText(value: unknown): string {
  if (typeof value !== "object" || value === null) return stringifyJson(value);
  if (Array.isArray(value)) return `[${value.map((part) => canonicalText(part)).join(",")}]`;
  const members = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${canonicalText(part)}`);
  return `{${members.sort().join(",")}}`;
}
