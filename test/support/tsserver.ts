/** TypeScript's own server, the one behind editors, as a process that is asked where things are defined. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** A stretch of a file; lines and offsets count from 1, the end is behind the last character. */
export interface FileSpan {
  readonly file: string;
  readonly start: Place;
  readonly end: Place;
}

/** Both count from 1. */
export interface Place {
  readonly line: number;
  readonly offset: number;
}

/** How long a request may take, in milliseconds: the first one loads the project. */
const TIMEOUT = 60_000;

/** A server that runs until {@link Tsserver.stop}. */
export class Tsserver {
  readonly #server: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, Waiting>();
  #received = Buffer.alloc(0);
  #errors = "";
  #count = 0;

  constructor() {
    const program = createRequire(import.meta.url).resolve("typescript/lib/tsserver.js");
    const args = ["--disableAutomaticTypingAcquisition", "--suppressDiagnosticEvents"];
    this.#server = spawn(process.execPath, [program, ...args]);
    this.#server.stdout.on("data", (data: Buffer) => {
      this.#read(data);
    });
    this.#server.stderr.on("data", (data: Buffer) => (this.#errors += data.toString()));
    this.#server.on("error", (error) => {
      this.#fail(error.message);
    });
    this.#server.on("exit", (code, signal) => {
      this.#fail(`it has ended with ${String(code ?? signal)}`);
    });
    // What could not be written is known by its answer that does not come.
    this.#server.stdin.on("error", (error) => {
      this.#fail(error.message);
    });
  }

  /** Opens a file of the disk, and with it the project that it belongs to. */
  open(file: string): void {
    this.#send("open", { file, fileContent: readFileSync(file, "utf8") });
  }

  /**
   * Where "go to definition" leads from a place in an open file.
   *
   * @throws Error when the server refuses, ends or does not answer in time.
   */
  async definitions(file: string, place: Place): Promise<readonly FileSpan[]> {
    const body = await this.#ask("definitionAndBoundSpan", { file, ...place });
    return spansOf(typeof body === "object" && body !== null && "definitions" in body ? body.definitions : body);
  }

  /**
   * Where "go to implementation" leads, which is the declaration for most things that are no methods.
   *
   * @throws Error like {@link Tsserver.definitions}.
   */
  async implementations(file: string, place: Place): Promise<readonly FileSpan[]> {
    return spansOf(await this.#ask("implementation", { file, ...place }));
  }

  /** Ends the server; what it has not answered yet fails. */
  stop(): void {
    this.#server.kill();
  }

  #ask(command: string, args: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const sequence = this.#send(command, args);
      const timer = setTimeout(() => {
        this.#waiting.delete(sequence);
        reject(new Error(`tsserver does not answer to ${command} ${JSON.stringify(args)}\n${this.#errors}`));
      }, TIMEOUT);
      this.#waiting.set(sequence, { resolve, reject, timer });
    });
  }

  /** Sends a request, a line of JSON, and returns its number. */
  #send(command: string, args: object): number {
    const seq = (this.#count += 1);
    this.#server.stdin.write(`${JSON.stringify({ seq, type: "request", command, arguments: args })}\n`);
    return seq;
  }

  /** Reads messages: a header with the length of the body in bytes, an empty line, the body. */
  #read(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const bodyStart = this.#received.indexOf("\r\n\r\n") + 4;
      const length = Number(/Content-Length: (\d+)/.exec(this.#received.toString("latin1", 0, bodyStart))?.[1]);
      if (bodyStart < 4 || this.#received.length < bodyStart + length) return;
      const message: unknown = JSON.parse(this.#received.toString("utf8", bodyStart, bodyStart + length));
      this.#received = this.#received.subarray(bodyStart + length);
      this.#settle(message);
    }
  }

  #settle(message: unknown): void {
    if (!isResponse(message)) return;
    const waiting = this.#waiting.get(message.request_seq);
    if (waiting === undefined) return;
    this.#waiting.delete(message.request_seq);
    clearTimeout(waiting.timer);
    if (message.success) waiting.resolve(message.body);
    else waiting.reject(new Error(`tsserver: ${message.message ?? "no reason given"}`));
  }

  #fail(reason: string): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Error(`tsserver: ${reason}\n${this.#errors}`));
    }
    this.#waiting.clear();
  }
}

/** A request that is not answered yet. */
interface Waiting {
  readonly resolve: (body: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Response {
  readonly request_seq: number;
  readonly success: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** Tells an answer from the events that the server sends besides. */
function isResponse(message: unknown): message is Response {
  return typeof message === "object" && message !== null && "type" in message && message.type === "response";
}

function spansOf(list: unknown): readonly FileSpan[] {
  if (!Array.isArray(list)) throw new Error(`tsserver answers ${JSON.stringify(list)}`);
  return list.map(readSpan);
}

/** A span without what else the server says of it. */
function readSpan(value: unknown): FileSpan {
  if (!isSpan(value)) throw new Error(`tsserver says that a definition is ${JSON.stringify(value)}`);
  const { file, start, end } = value;
  return { file, start, end };
}

function isSpan(value: unknown): value is FileSpan {
  return typeof value === "object" && value !== null && "file" in value && "start" in value && "end" in value;
}
