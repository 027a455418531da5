/** A monitor on a real socket, which says what a test wants it to say. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What came. */
export interface Received {
  readonly execute?: string;
  readonly "exec-oob"?: string;
  readonly arguments?: unknown;
  readonly id?: unknown;
}

/** What is replied to commands: JSON without the id, `undefined` for nothing, by their names. */
export type Replies = Readonly<Record<string, (request: Received, monitor: FakeMonitor) => string | undefined>>;

const GREETING =
  '{"QMP":{"version":{"qemu":{"major":10,"minor":2,"micro":0},"package":"fake\\u001b[31m"},"capabilities":["oob"]}}';

/** A monitor; `close` it when the test is over. */
export class FakeMonitor {
  /** All commands but the negotiation, as they came. */
  readonly received: Received[] = [];
  /** The same, as text. */
  readonly lines: string[] = [];
  readonly directory: string = mkdtempSync(join(tmpdir(), "qapi-monitor-"));
  readonly #replies: Replies;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #watchers = new Set<() => void>();
  readonly #greeting: string | undefined;
  #negotiated = 0;

  private constructor(replies: Replies, greeting: string | undefined) {
    this.#replies = replies;
    this.#greeting = greeting;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** Waits for clients. @param greeting - Null: it says nothing. */
  static async listen(replies: Replies = {}, greeting: string | null = GREETING): Promise<FakeMonitor> {
    const monitor = new FakeMonitor(replies, greeting ?? undefined);
    await new Promise<void>((resolve) => monitor.#server.listen(monitor.#path, resolve));
    return monitor;
  }

  get address(): string {
    return `unix:${this.#path}`;
  }

  get #path(): string {
    return join(this.directory, "socket");
  }

  /** Says a line to all clients. */
  say(line: string): void {
    for (const socket of this.#sockets) socket.write(`${line}\r\n`);
  }

  event(event: string, data?: object): void {
    this.say(
      JSON.stringify({ timestamp: { seconds: 1, microseconds: 2 }, event, ...(data !== undefined && { data }) }),
    );
  }

  /** Ends all connections; new ones can be made. */
  end(): void {
    for (const socket of this.#sockets) socket.end();
  }

  /** Resolved when the n-th client has negotiated. */
  async connected(n = 1): Promise<void> {
    while (this.#negotiated < n) await this.#more();
  }

  /** Resolved when the n-th command of a name has come. */
  async command(name: string, n = 1): Promise<Received> {
    for (;;) {
      const found = this.received.filter((one) => (one.execute ?? one["exec-oob"]) === name)[n - 1];
      if (found !== undefined) return found;
      await this.#more();
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
  }

  #more(): Promise<void> {
    return new Promise((resolve) => this.#watchers.add(resolve));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => undefined);
    if (this.#greeting !== undefined) socket.write(`${this.#greeting}\r\n`);
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) this.#take(line, socket);
      for (const watcher of this.#watchers) watcher();
      this.#watchers.clear();
    });
  }

  #take(line: string, socket: Socket): void {
    const isDelimited = line.startsWith("\xff");
    const request = JSON.parse(isDelimited ? line.slice(1) : line) as Received;
    const name = request.execute ?? request["exec-oob"] ?? "";
    const reply = (json: string): void => {
      socket.write(`${json.replace(/\}$/, `${json === "{}" ? "" : ","}"id":${JSON.stringify(request.id)}}`)}\r\n`);
    };
    if (name === "qmp_capabilities") {
      this.#negotiated += 1;
      return reply('{"return":{}}');
    }
    if (name === "guest-sync-delimited") {
      const { id } = request.arguments as { readonly id: number };
      return void socket.write(`\xff{"return":${String(id)},"id":"sync"}\n`, "latin1");
    }
    this.lines.push(line);
    this.received.push(request);
    const known = this.#replies[name];
    const json = known === undefined ? notFound(name) : known(request, this);
    if (json !== undefined) reply(json);
  }
}

function notFound(name: string): string {
  return JSON.stringify({ error: { class: "CommandNotFound", desc: `there is no command ${name}` } });
}
