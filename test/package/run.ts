/** Running programs as a user would in a project that has installed the package. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { inject } from "vitest";

/** How a program ended, and what it printed. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** A way to run one version of Node.js. */
export interface RunOptions {
  /** The executable of Node.js that scripts are run with. Default: the one that runs the tests. */
  readonly node?: string;
}

/** Runs a program in a project. One of npm's packages is found by its name, as scripts in package.json find it. */
export function run(
  cwd: string,
  [program, ...args]: readonly [string, ...string[]],
  { node = process.execPath }: RunOptions = {},
): Ended {
  const path = [dirname(node), join(inject("workbench"), "node_modules/.bin"), process.env["PATH"]].join(delimiter);
  // Vitest says that this is a test, which bundlers heed.
  const env = { ...process.env, PATH: path, NODE_ENV: "production", NO_COLOR: "1" };
  const { status, stdout, stderr, error } = spawnSync(program === "node" ? node : program, args, {
    cwd,
    env,
    encoding: "utf8",
    timeout: 60_000,
  });
  if (error !== undefined) throw error;
  return { status, out: stdout, error: stderr };
}

/** Runs a program that must not fail, and gives the lines that it printed. */
export function linesOf(cwd: string, command: readonly [string, ...string[]], options?: RunOptions): readonly string[] {
  const { status, out, error } = run(cwd, command, options);
  if (status !== 0) throw new Error(`${command.join(" ")}: status ${String(status)}\n${out}${error}`);
  return out.trimEnd().split("\n");
}

/** Makes a folder of the workbench with these files, and gives its path. */
export function makeProject(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(inject("workbench"), name);
  for (const [path, text] of Object.entries({ "package.json": '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
