/** The plugin in Farm. */
import { resolve } from "node:path";
import { problemText, type Problem } from "./problem.js";
import type { Session } from "./session.js";

/** The hooks of a plugin as Farm takes them. */
export interface FarmHooks {
  configResolved(config: { readonly root?: string }): void;
  readonly buildStart: { executor(): Promise<void> };
  readonly resolve: {
    readonly filters: { readonly sources: string[]; readonly importers: string[] };
    executor(request: FarmRequest): Promise<FarmResolved>;
  };
}

interface FarmRequest {
  readonly source: string;
  /** Relative to the root. */
  readonly importer?: string | null;
}

interface FarmResolved {
  readonly resolvedPath: string;
  readonly external: boolean;
  readonly sideEffects: boolean;
  readonly query: [string, string][];
  readonly meta: Record<string, string>;
}

/**
 * Brings outputs up to date before a build, which fails when something is wrong; resolves imports by `qapi:`.
 *
 * @param open - Opens the session, in the root of the project.
 */
export function farmHooks(open: (root: string) => Promise<Session>): FarmHooks {
  let root = process.cwd();
  return {
    configResolved(config) {
      root = config.root ?? root;
    },
    buildStart: {
      async executor() {
        const session = await open(root);
        const { problems } = await session.update();
        if (problems.length > 0) throw farmError(problems);
      },
    },
    resolve: {
      filters: { sources: ["^qapi:"], importers: [".*"] },
      async executor({ source, importer }) {
        const session = await open(root);
        const file = typeof importer === "string" ? resolve(root, importer) : undefined;
        const imported = await session.import(source, file, "ts");
        if (!("file" in imported)) throw farmError(imported.problems);
        return { resolvedPath: imported.file, external: false, sideEffects: false, query: [], meta: {} };
      },
    },
  };
}

/** An error without a stack, which Farm would print. */
function farmError(problems: readonly Problem[]): Error {
  const error = new Error(problems.map(problemText).join("\n\n"));
  error.stack = "";
  return error;
}
