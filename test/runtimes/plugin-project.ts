/** Small projects that bundlers build through the plugin, and the driver that has them do it (`plugin-driver.js`). */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const DRIVER = join(import.meta.dirname, "plugin-driver.js");

// Vitest says that this is a test, which bundlers heed.
const ENVIRONMENT = { ...process.env, NODE_ENV: "production", NO_COLOR: "1" };

/** What became of one build. */
export interface Report {
  readonly ok: boolean;
  readonly errors: readonly ReportedError[];
}

/** An error as the bundler tells it. */
export interface ReportedError {
  readonly message: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly frame?: string;
}

/** A schema of two files: an event, and an enum with these values. */
export function schemaFiles(...doors: readonly string[]): Readonly<Record<string, string>> {
  return {
    "schema/main.json": `{ 'include': 'doors.json' }\n{ 'event': 'RANG', 'data': { 'by': 'str', 'door': 'Door' } }\n`,
    "schema/doors.json": `{ 'enum': 'Door', 'data': [ ${doors.map((door) => `'${door}'`).join(", ")} ] }\n`,
  };
}

/** The second file of that schema with two mistakes, in line 2 at columns 39 and 58. */
export const BROKEN: Readonly<Record<string, string>> = {
  "schema/doors.json":
    "{ 'enum': 'Door', 'data': [ 'front' ] }\n{ 'struct': 'Room', 'data': { 'door': 'Dooor', 'number': 'integer' } }\n",
};

/** What an application prints that imports from `specifier`: the values of the enum, and whether an event is one. */
export function application(specifier: string): string {
  return `import { Door, isRangEvent } from "${specifier}";
const timestamp = { seconds: 1, microseconds: 0 };
const events = [{ by: "me", door: "front" }, { by: "me" }].map((data) => ({ event: "RANG", data, timestamp }));
console.log(Object.values(Door).join(), events.map(isRangEvent).join());
`;
}

/** A project in a temporary directory. */
export class Project {
  readonly directory: string = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-plugin-")));
  #watching: ChildProcess | undefined;

  /** @param options - Of the plugin; undefined: it is called without any. */
  constructor(files: Readonly<Record<string, string>>, options?: object) {
    this.write({ "package.json": '{ "type": "module" }', ...files });
    if (options !== undefined) this.write({ "options.json": JSON.stringify(options) });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.directory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Has a bundler build it once. */
  build(bundler: string): Report {
    const { stdout, stderr, error } = spawnSync(process.execPath, [DRIVER, bundler, "build"], {
      cwd: this.directory,
      env: ENVIRONMENT,
      encoding: "utf8",
      timeout: 60_000,
    });
    if (error !== undefined) throw error;
    const [line] = reportsIn(stdout);
    // Farm prints what is wrong and ends the program, and has line breaks as in code in some places.
    return line ?? { ok: false, errors: [{ message: `${stdout}${stderr}`.replaceAll("\\n", "\n") }] };
  }

  /** Has a bundler watch it; gives what became of each build. */
  async *watch(bundler: string): AsyncGenerator<Report, void, undefined> {
    for await (const line of this.#start(bundler, "watch")) yield* reportsIn(line);
  }

  /** Starts Vite's server; gives its address. */
  async serve(): Promise<string> {
    for await (const line of this.#start("vite", "serve")) {
      const [, url] = /^{"url":"(.*)"}$/.exec(line) ?? [];
      if (url !== undefined) return url;
    }
    throw new Error("the server has told nothing");
  }

  /** Starts something that goes on until the project is removed; gives the lines that it prints. */
  #start(bundler: string, mode: "watch" | "serve"): AsyncIterable<string> {
    const child = spawn(process.execPath, [DRIVER, bundler, mode], {
      cwd: this.directory,
      env: { ...ENVIRONMENT, NODE_ENV: mode === "serve" ? "development" : "production" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#watching = child;
    return createInterface({ input: child.stdout });
  }

  /** What the bundle prints. */
  run(): string {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(this.directory, "dist/bundle.js")], {
      encoding: "utf8",
    });
    return status === 0 ? stdout.trimEnd() : stderr;
  }

  async remove(): Promise<void> {
    const child = this.#watching;
    if (child?.exitCode === null) {
      const exit = once(child, "exit");
      child.stdin?.end();
      await exit;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The lines of the driver, among those that a bundler may print. */
function reportsIn(output: string): readonly Report[] {
  const lines = output.split("\n").filter((line) => line.startsWith('{"ok":'));
  return lines.map((line): Report => JSON.parse(line) as Report);
}
