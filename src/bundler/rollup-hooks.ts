/** The plugin in Rollup and Rolldown, and in a production build of Vite. */
import { existsSync } from "node:fs";
import { dirname, sep } from "node:path";
import type { Target } from "../build/generate.js";
import { combined, type Problem } from "./problem.js";
import { SPECIFIER } from "./qapi-import.js";
import type { Session } from "./session.js";

/** What hooks are called with, of which this is what we need. */
export interface RollupContext {
  addWatchFile(id: string): void;
  warn(message: string): void;
  error(error: RollupError): never;
}

/** An error as Rollup takes it, and Vite's overlay. */
export interface RollupError {
  readonly message: string;
  readonly plugin: "qapi-codegen";
  /** With it Vite takes the place for what it is, and does not look for it in the importing file. */
  readonly pluginCode: "QAPI";
  /** Empty: where our code is when it finds a mistake of the user's is of no use to anybody. */
  readonly stack: "";
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
  readonly frame?: string;
  /** The file, where Vite makes a link of it. */
  readonly id?: string;
}

/** The hooks of a build. */
export interface RollupHooks {
  buildStart(this: RollupContext): Promise<void>;
  readonly resolveId: {
    readonly filter: { readonly id: RegExp };
    handler(this: RollupContext, specifier: string, importer: string | undefined): Promise<string | undefined>;
  };
}

/**
 * Brings outputs up to date before a build, in watch mode before each one, and fails the build when something is wrong; resolves
 * imports by `qapi:`.
 *
 * @param open - Gives the session.
 * @param target - What imported schemas become, unless the options say.
 * @param watchesMissing - Whether the bundler sees when a file comes that is watched and not there yet.
 */
export function rollupHooks(open: () => Promise<Session>, target: Target, watchesMissing: boolean): RollupHooks {
  return {
    async buildStart() {
      const session = await open();
      const { problems, warnings } = await session.update();
      for (const input of session.inputs) this.addWatchFile(input);
      for (const warning of warnings) this.warn(warning);
      const [first, ...others] = problems;
      if (first === undefined) return;
      if (!watchesMissing) for (const directory of placesOfMissing(session)) this.addWatchFile(directory);
      this.error(rollupError([first, ...others]));
    },
    resolveId: {
      filter: { id: SPECIFIER },
      async handler(specifier, importer) {
        // Versions that know no filters ask about everything.
        if (!SPECIFIER.test(specifier)) return undefined;
        const session = await open();
        const imported = await session.import(specifier, importer, target);
        for (const input of session.inputs) this.addWatchFile(input);
        return "file" in imported ? imported.file : this.error(rollupError(imported.problems));
      },
    },
  };
}

/**
 * The directories of schema files in which something may be missing. They are watched with all that is below, so none may have in it
 * what the build writes: nothing that the project is in.
 */
function placesOfMissing({ inputs, root }: Session): ReadonlySet<string> {
  const missing = [...inputs].filter((path) => !existsSync(path));
  const known = new Set([...inputs].filter((path) => existsSync(path)).map((path) => dirname(path)));
  const isBelow = (directory: string): boolean => !`${root}${sep}`.startsWith(`${directory}${sep}`);
  return new Set(missing.map((path) => dirname(path)).filter((path) => known.has(path) && isBelow(path)));
}

/** All problems, as one error. */
export function rollupError(problems: readonly [Problem, ...Problem[]]): RollupError {
  const { message, place } = combined(problems);
  const error = { message, plugin: "qapi-codegen", pluginCode: "QAPI", stack: "" } as const;
  if (place === undefined) return error;
  const { file, line, column, frame } = place;
  return { ...error, id: file, loc: { file, line, column }, ...(frame !== "" && { frame }) };
}
