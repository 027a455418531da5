/** A client of whatever schema the server has. */
import type { Client, Greeting } from "../../runtime/client-api.js";
import {
  ConnectError,
  ConnectionLostError,
  OverflowError,
  ProtocolError,
  QmpError,
  TimeoutError,
  UnsupportedError,
} from "../../runtime/errors.js";
import { connect, connectAgent } from "../../runtime/qmp.js";
import type { Metadata, Schema } from "../../runtime/schema.js";
import { connectorFor } from "../../runtime/transport/connector-for.js";
import { printable } from "../../printable.js";
import { UsageError } from "../options.js";
import type { Terminal } from "../terminal.js";
import { UnprintableError } from "./json-output.js";

/** A client without types. */
export type UntypedClient = Client<Schema>;

/** How to connect. */
export interface ConnectionOptions {
  readonly address: string;
  readonly isAgent?: boolean;
  /** How long each step may take, in milliseconds. Default: what is the client's. */
  readonly timeout?: number | undefined;
  readonly reconnect?: boolean;
  readonly onProblem: (problem: Error) => void;
}

/** The commands of the guest agent without a reply when they succeed, up to QEMU 10.2. */
const SILENT: readonly string[] = ["guest-shutdown", "guest-suspend-disk", "guest-suspend-ram", "guest-suspend-hybrid"];

/** @throws UsageError for what is no address; what the client throws. */
export async function open(options: ConnectionOptions): Promise<UntypedClient> {
  const { address, isAgent = false, timeout, reconnect, onProblem } = options;
  const limits = { connectTimeout: timeout, greetingTimeout: timeout, commandTimeout: timeout };
  const clientOptions = { validate: "none", reconnect, onProblem, ...limits } as const;
  return isAgent
    ? connectAgent(schemaOf(SILENT), connector(address), clientOptions)
    : connect(schemaOf([]), connector(address), clientOptions);
}

function connector(address: string): ReturnType<typeof connectorFor> {
  try {
    return connectorFor(address);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

/** A schema of which nothing is known but which commands have no reply. */
function schemaOf(silent: readonly string[]): Schema {
  const metadata = new Map<string, Metadata>(silent.map((name) => [name, { successResponse: false }]));
  const validators = { commands: new Map<never, never>(), events: new Map<never, never>() };
  return { int64: "mixed", metadata, events: new Set(), validators: () => Promise.resolve(validators) };
}

/** `QEMU 10.0.2 (Debian 1:10.0.2+ds-2)`; what it says is shown as it may be shown. */
export function versionOf({ version }: Greeting): string {
  const { major, minor, micro } = version.qemu;
  const name = version.package.replace(/^\((.*)\)$/, "$1");
  return printable(`QEMU ${major}.${minor}.${micro}${name === "" ? "" : ` (${name})`}`);
}

const EXPECTED = [
  ConnectError,
  ConnectionLostError,
  OverflowError,
  ProtocolError,
  QmpError,
  TimeoutError,
  UnprintableError,
  UnsupportedError,
];

/** What to say of an error that is nobody's mistake here; undefined for one that is. */
export function problemOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !EXPECTED.some((kind) => error instanceof kind)) return undefined;
  return printable(error instanceof QmpError ? `${error.message} (${error.class})` : error.message);
}

/**
 * Runs what talks to a server, and says what went wrong.
 *
 * @returns the exit status of `run`, or 1.
 * @throws what is no problem of the connection.
 */
export async function reporting(terminal: Terminal, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    terminal.error(`qapi-codegen: ${problem}\n`);
    return 1;
  }
}
