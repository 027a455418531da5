/**
 * How a client behaves, and what it does where nothing is said.
 */
import { type Report, reportTo } from "./report.js";
import type { AbortSignalLike } from "./waiting.js";

/** What is validated: `all` that is sent and received, the `arguments` of commands, or nothing. */
export type Validate = "all" | "arguments" | "none";

/** How a client behaves. Times are in milliseconds. */
export interface ClientOptions {
  /** Default: `all`. */
  readonly validate?: Validate | undefined;
  /** How long making one connection may take. Default: 10 000. */
  readonly connectTimeout?: number | undefined;
  /** How long QEMU may take to greet and to agree on capabilities, once connected. Default: 10 000. */
  readonly greetingTimeout?: number | undefined;
  /** How long a command may take, from `execute` to its reply, if `execute` is not told. Default: no limit. */
  readonly commandTimeout?: number | undefined;
  /**
   * How long after it was sent a command that has no reply is taken to have succeeded, unless a later command is answered or
   * the connection ends before. Default: 1000.
   */
  readonly noReplyTimeout?: number | undefined;
  /** Ends the attempt to connect. */
  readonly signal?: AbortSignalLike | undefined;
  /** Whether, and how, to connect again when the connection is lost. Default: false. */
  readonly reconnect?: boolean | ReconnectOptions | undefined;
  /** Whether to negotiate out-of-band execution where QEMU offers it. Default: true. */
  readonly oob?: boolean | undefined;
  /**
   * Whether events that no slot was connected for reach those that take everything. If not, a server that offers signals is told not to
   * send them. Default: true.
   */
  readonly defaultConnection?: boolean | undefined;
  /** The most characters that one message may have. Default: 64 Mi, which is what QEMU takes too. */
  readonly maxMessageLength?: number | undefined;
  /** The most commands that may wait to be sent. Default: 10 000. */
  readonly maxQueuedCommands?: number | undefined;
  /**
   * Told what has no other way to reach anybody: a slot that threw, an event that is not as the schema says, a reply to no
   * command, events that were dropped. Default: a line on the console.
   */
  readonly onProblem?: ((problem: Error) => void) | undefined;
}

/** How to connect again. Delays are random, between half of what they could be and all of it. */
export interface ReconnectOptions {
  /** Before the first attempt. Default: 100. */
  readonly minDelay?: number | undefined;
  /** The delay doubles with each attempt, up to this. Default: 10 000. */
  readonly maxDelay?: number | undefined;
  /** How many attempts in a row may fail before the client gives up. Default: no limit. */
  readonly attempts?: number | undefined;
  /** Whether the first connection, too, is tried again when it fails: a QEMU that is just starting. Default: false. */
  readonly initially?: boolean | undefined;
}

/** The options with all defaults filled in. */
export interface SettledOptions {
  readonly validate: Validate;
  readonly connectTimeout: number;
  readonly greetingTimeout: number;
  readonly commandTimeout: number;
  readonly noReplyTimeout: number;
  readonly reconnect: SettledReconnect | undefined;
  readonly oob: boolean;
  readonly defaultConnection: boolean;
  readonly maxMessageLength: number;
  readonly maxQueuedCommands: number;
  readonly onProblem: Report;
}

/** {@link ReconnectOptions} with all defaults filled in. */
export interface SettledReconnect {
  readonly minDelay: number;
  readonly maxDelay: number;
  readonly attempts: number;
  readonly initially: boolean;
}

/**
 * Fills in what is not said.
 *
 * @param connector - What the options are for.
 * @throws RangeError when a number is none, or negative; TypeError when it is to reconnect, but cannot.
 */
export function settle(
  options: ClientOptions,
  connector: { readonly address: string; readonly canReconnect: boolean } = { address: "", canReconnect: true },
): SettledOptions {
  const { reconnect = false } = options;
  if (reconnect !== false && !connector.canReconnect) {
    throw new TypeError(`${connector.address} can be connected to once: it cannot reconnect`);
  }
  return {
    validate: options.validate ?? "all",
    connectTimeout: limit("connectTimeout", options.connectTimeout, 10_000),
    greetingTimeout: limit("greetingTimeout", options.greetingTimeout, 10_000),
    commandTimeout: limit("commandTimeout", options.commandTimeout, Infinity),
    noReplyTimeout: limit("noReplyTimeout", options.noReplyTimeout, 1000),
    reconnect: reconnect === false ? undefined : settleReconnect(reconnect === true ? {} : reconnect),
    oob: options.oob ?? true,
    defaultConnection: options.defaultConnection ?? true,
    maxMessageLength: limit("maxMessageLength", options.maxMessageLength, 2 ** 26),
    maxQueuedCommands: limit("maxQueuedCommands", options.maxQueuedCommands, 10_000),
    onProblem: reportTo(options.onProblem, "qapi-codegen/qmp"),
  };
}

function settleReconnect(options: ReconnectOptions): SettledReconnect {
  const minDelay = limit("reconnect.minDelay", options.minDelay, 100);
  return {
    minDelay,
    maxDelay: Math.max(minDelay, limit("reconnect.maxDelay", options.maxDelay, 10_000)),
    attempts: limit("reconnect.attempts", options.attempts, Infinity),
    initially: options.initially ?? false,
  };
}

/** A number that limits something: Infinity for no limit. */
export function limit(name: string, value: number | undefined, standard: number): number {
  if (value === undefined) return standard;
  if (typeof value !== "number" || !(value >= 0)) throw new RangeError(`${name} must be a number, and not negative`);
  return value;
}
