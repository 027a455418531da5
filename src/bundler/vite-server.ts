/** The plugin in Vite's development server. */
import { existsSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { problemText, type Problem } from "./problem.js";
import { rollupError, type RollupContext } from "./rollup-hooks.js";
import type { Session, Update } from "./session.js";

/** Vite's server, of which this is what we need. */
export interface ViteServer {
  readonly watcher: {
    add(paths: readonly string[]): unknown;
    on(event: "all", listener: (event: string, path: string) => void): unknown;
  };
  readonly ws: {
    on(event: "connection", listener: (socket: { send(data: string): void }) => void): void;
    send(payload: object): void;
  };
  readonly config: { readonly logger: ViteLogger };
}

/** Where Vite prints. */
export interface ViteLogger {
  info(message: string, options?: { readonly timestamp?: boolean }): void;
  warn(message: string, options?: { readonly timestamp?: boolean }): void;
  error(message: string, options?: { readonly timestamp?: boolean }): void;
}

/** Why an import is resolved. */
export interface ResolveOptions {
  readonly isEntry: boolean;
  /** Whether Vite only looks for packages that are imported. */
  readonly scan?: boolean;
}

/** What an import leads to: a file, or something that is left alone. */
export type Resolved = string | { readonly id: string; readonly external: true };

/** How long nothing must happen before we look, in ms: programs save in several steps, and many files at once. */
const QUIET = 20;

/** How often we look unasked while something is wrong, in ms: of changes in quick succession, watchers may miss one. */
const UNASKED = 1000;

/**
 * Keeps outputs up to date while a server runs. Their files are watched by Vite, which reloads what they are part of. What is wrong is
 * shown over the page, also over one that is opened later, until it is mended.
 */
export class ServerSession {
  readonly #session: Session;
  readonly #logger: ViteLogger;
  #server: ViteServer | undefined;
  #problems: readonly Problem[] = [];
  /** Whether a page could not be loaded for these problems, so that it must be loaded again when they are mended. */
  #hasRefused = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session, logger: ViteLogger) {
    this.#session = session;
    this.#logger = logger;
  }

  /** Brings outputs up to date, and tells pages. Does not fail. */
  async update(): Promise<void> {
    this.#tell(await this.#session.update());
    this.#watchInputs();
  }

  /** Begins to watch for a server. */
  attach(server: ViteServer): void {
    this.#server = server;
    server.watcher.on("all", (_, path) => {
      if (!this.#session.isInput(path)) return;
      this.#updateIn(QUIET);
    });
    server.ws.on("connection", (socket) => {
      const payload = this.#errorPayload();
      if (payload !== undefined) socket.send(JSON.stringify(payload));
    });
  }

  /** The file that is imported by a specifier of ours. */
  async resolve(
    context: RollupContext,
    specifier: string,
    importer: string | undefined,
    { scan }: ResolveOptions,
  ): Promise<Resolved> {
    const imported = await this.#session.import(specifier, importer, "ts");
    this.#watchInputs();
    if ("file" in imported) return imported.file;
    return scan === true ? { id: specifier, external: true } : this.#refuse(context, imported.problems);
  }

  /** Says what is wrong with the schema, rather than that the file is missing which would have been made of it. */
  refuseMissing(context: RollupContext, source: string, importer: string | undefined, { scan }: ResolveOptions): void {
    const [first, ...others] = this.#problems;
    if (first === undefined || importer === undefined || scan === true) return;
    if (!/^\.{0,2}\//.test(source) || !isAbsolute(importer)) return;
    const file = resolve(dirname(importer), source.replace(/[?#].*$/, ""));
    if (!this.#session.isOutput(file) || existsSync(file) || existsSync(file.replace(/\.js$/, ".ts"))) return;
    this.#refuse(context, [first, ...others]);
  }

  /** Has Vite watch what the outputs are made of, wherever it is. */
  #watchInputs(): void {
    this.#server?.watcher.add([...this.#session.inputs]);
  }

  #updateIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (milliseconds === UNASKED && !this.#session.isStale) return this.#updateIn(UNASKED);
      this.update().catch((error: unknown) => {
        this.#logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      });
    }, milliseconds).unref();
  }

  #refuse(context: RollupContext, problems: readonly [Problem, ...Problem[]]): never {
    this.#problems = problems;
    this.#hasRefused = true;
    return context.error(rollupError(problems));
  }

  #tell({ problems, warnings, changed }: Update): void {
    const hadProblems = this.#problems.length > 0;
    this.#problems = problems;
    for (const warning of warnings) this.#logger.warn(`[qapi-codegen] ${warning}`, { timestamp: true });
    const payload = this.#errorPayload();
    if (payload !== undefined) {
      const texts = problems.map(problemText);
      this.#logger.error(`[qapi-codegen] ${texts.join("\n\n")}`, { timestamp: true });
      this.#server?.ws.send(payload);
      return this.#updateIn(UNASKED);
    }
    if (!hadProblems) return;
    this.#logger.info("[qapi-codegen] no more errors", { timestamp: true });
    // What has changed Vite tells pages itself, which clears the overlay. An empty update does only that.
    if (this.#hasRefused) this.#server?.ws.send({ type: "full-reload" });
    else if (changed.length === 0) this.#server?.ws.send({ type: "update", updates: [] });
    this.#hasRefused = false;
  }

  #errorPayload(): object | undefined {
    const [first, ...others] = this.#problems;
    if (first === undefined) return undefined;
    return { type: "error", err: rollupError([first, ...others]) };
  }
}
