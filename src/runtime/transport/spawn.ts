/**
 * A child process that talks over its standard input and output: `-qmp stdio`, `-chardev stdio`.
 */
import type {
  ChildProcess,
  ChildProcessWithoutNullStreams,
  SpawnOptions as NodeSpawnOptions,
} from "node:child_process";
import type { Connector, Receiver, Transport } from "../transport.js";
import { killAtExit, whenGone } from "./child-process.js";
import { GRACE, StreamTransport } from "./duplex.js";
import { explain, TransportError } from "./transport-error.js";

/** How the process is started and ended. */
export interface SpawnOptions extends Pick<
  NodeSpawnOptions,
  "cwd" | "env" | "uid" | "gid" | "argv0" | "detached" | "windowsHide"
> {
  /** How long, in milliseconds, the process may take to end once it was asked to, before it is killed. Default: 5000. */
  readonly stopTimeout?: number | undefined;
  /** Told what the process writes to its standard error, as UTF-8. It is read in any case. */
  readonly onStderr?: ((text: string) => void) | undefined;
}

/** A connector to a process of its own. */
export interface SpawnConnector extends Connector {
  /** The process, once connected: it stays here when it has ended. */
  readonly process: ChildProcess | undefined;
  /** Its id, once connected. */
  readonly pid: number | undefined;
  /** Asks the process to end (SIGTERM), kills it (SIGKILL) when it does not, and is resolved when it is gone. */
  close(): Promise<void>;
}

/** How much of the end of the standard error is shown: characters, and so at most that many bytes of ASCII. */
const MOST_STDERR = 2048;

/**
 * Starts a process to talk to, once: `spawn("qemu-system-x86_64", [..., "-qmp", "stdio"])`.
 *
 * To close the connection ends the process: it gets what was written, the end of its input, and SIGTERM. When the process ends
 * with a status other than 0, or of a signal, the connection is closed with an error that tells it and ends with the last 2 KB
 * of its standard error. When our own process exits, the process is asked to end as well, or killed if it was asked before; this
 * cannot be done when our own process is killed, or dies of a signal that it does not handle.
 *
 * @example
 * ```ts
 * import { connect, spawn } from "qapi-codegen/qmp";
 * import { schema } from "qapi-codegen/qemu-10.2";
 *
 * const qemu = spawn("no-such-qemu", ["-machine", "none", "-display", "none", "-qmp", "stdio"]);
 * const failure = await connect(schema, qemu).catch((error: unknown) => error);
 * failure instanceof Error && failure.name; // => "ConnectError"
 * ```
 */
export function spawn(command: string, args: readonly string[] = [], options: SpawnOptions = {}): SpawnConnector {
  return new ProcessConnector(command, args, options);
}

class ProcessConnector implements SpawnConnector {
  readonly address: string;
  readonly canReconnect = false;
  readonly #command: string;
  readonly #args: readonly string[];
  readonly #options: SpawnOptions;
  #isStarted = false;
  #child: ChildProcessWithoutNullStreams | undefined;
  #stopped: Promise<void> | undefined;

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    this.address = `process:${command}`;
    this.#command = command;
    this.#args = args;
    this.#options = options;
  }

  get process(): ChildProcess | undefined {
    return this.#child;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async connect(signal: AbortSignal): Promise<Transport> {
    signal.throwIfAborted();
    if (this.#isStarted) throw new TransportError("a process is started once", undefined);
    this.#isStarted = true;
    // Loaded by who needs it: it takes time.
    const { spawn: start } = await import("node:child_process");
    signal.throwIfAborted();
    const { cwd, env, uid, gid, argv0, detached, windowsHide, onStderr, stopTimeout } = this.#options;
    const started = { cwd, env, uid, gid, argv0, detached, windowsHide };
    const given = Object.fromEntries(Object.entries(started).filter(([, value]) => value !== undefined));
    const child = start(this.#command, this.#args, { ...given, stdio: ["pipe", "pipe", "pipe"] });
    const stderr = tailOf(child, onStderr);
    await this.#whenStarted(child);
    this.#child = child;
    const wasAsked = (): boolean => this.#stopped !== undefined;
    killAtExit(child, wasAsked);
    const transport = new ProcessTransport(child, stderr, () => void this.close(), wasAsked);
    if (!signal.aborted) return transport;
    transport.close();
    await this.#stop(child, stopTimeout);
    throw signal.reason;
  }

  async close(): Promise<void> {
    if (this.#child !== undefined) await this.#stop(this.#child, this.#options.stopTimeout);
  }

  #stop(child: ChildProcess, timeout = 5000): Promise<void> {
    this.#stopped ??= stop(child, timeout);
    return this.#stopped;
  }

  #whenStarted(child: ChildProcess): Promise<void> {
    const { cwd } = this.#options;
    return new Promise((resolve, reject) => {
      // It stays: a signal that cannot be sent makes an error too.
      child.on("error", (error: NodeJS.ErrnoException) => {
        const where = cwd === undefined ? "" : `, and the directory ${String(cwd)}`;
        const advice = new Map([
          ["ENOENT", `is ${this.#command} installed${where === "" ? " and in the search path" : where}?`],
          ["EACCES", `${this.#command} cannot be executed`],
        ]).get(error.code ?? "");
        if (advice === undefined) return reject(explain(error));
        reject(new TransportError(`${error.message}: ${advice}`, error.code, error));
      });
      child.once("spawn", resolve);
    });
  }
}

/** The transport, which tells how the process ended when it is closed. */
class ProcessTransport implements Transport {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #streams: StreamTransport;
  readonly #stderr: () => string;
  readonly #stop: () => void;
  readonly #wasAsked: () => boolean;
  #isClosing = false;

  /** @param wasAsked - Whether the process was asked to end. */
  constructor(child: ChildProcessWithoutNullStreams, stderr: () => string, stop: () => void, wasAsked: () => boolean) {
    this.#child = child;
    this.#stderr = stderr;
    this.#stop = stop;
    this.#wasAsked = wasAsked;
    this.#streams = new StreamTransport(child.stdout, child.stdin);
    // A process of the process may hold the output open.
    child.once("exit", () => this.#streams.endSoon());
  }

  open(receiver: Receiver): void {
    this.#streams.open({
      text: (text) => receiver.text(text),
      closed: (error) => {
        void whenGone(this.#child, "close", GRACE).then(() => receiver.closed(this.#reason(error)));
      },
    });
  }

  write(data: string | Uint8Array): void {
    this.#streams.write(data);
  }

  pause(): void {
    this.#streams.pause();
  }

  resume(): void {
    this.#streams.resume();
  }

  close(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    const { stdin } = this.#child;
    if (stdin.destroyed) this.#stop();
    else stdin.once("close", this.#stop);
    this.#streams.close();
  }

  #reason(error: Error | undefined): Error | undefined {
    if (this.#isClosing) return undefined;
    const { exitCode, signalCode } = this.#child;
    // A QEMU that has just started dies of the signal; later it handles it.
    if (exitCode === 0 || (signalCode === "SIGTERM" && this.#wasAsked())) return undefined;
    if (exitCode === null && signalCode === null) return error;
    const how = signalCode === null ? `exited with status ${exitCode ?? 0}` : `was ended by ${signalCode}`;
    const stderr = this.#stderr().trim();
    return new TransportError(`${this.#child.spawnfile} ${how}${stderr === "" ? "" : `: ${stderr}`}`, undefined, error);
  }
}

async function stop(child: ChildProcess, timeout: number): Promise<void> {
  child.kill("SIGTERM");
  if (await whenGone(child, "exit", timeout)) return;
  child.kill("SIGKILL");
  await whenGone(child, "exit");
}

/** Reads the standard error, and keeps its end. */
function tailOf({ stderr }: ChildProcessWithoutNullStreams, onText: SpawnOptions["onStderr"]): () => string {
  let tail = "";
  stderr.setEncoding("utf8");
  stderr.on("error", () => undefined);
  stderr.on("data", (text: string) => {
    tail = (tail + text).slice(-MOST_STDERR);
    onText?.(text);
  });
  return () => tail;
}
