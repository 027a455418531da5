/** The plugin in esbuild. */
import { statSync } from "node:fs";
import type { PartialMessage, PluginBuild } from "esbuild";
import { shownPath, type Problem } from "./problem.js";
import { SPECIFIER } from "./qapi-import.js";
import type { Session } from "./session.js";

/** Brings outputs up to date before each build, of which problems are errors; and resolves imports by `qapi:`. */
export function setupBuild(build: PluginBuild, open: (root: string) => Promise<Session>): void {
  const root = build.initialOptions.absWorkingDir ?? process.cwd();
  let session: Session | undefined;
  let isWatched = false;

  build.onStart(async () => {
    session ??= await open(root);
    isWatched = false;
    const { problems, warnings } = await session.update();
    return { errors: problems.map(messageOf), warnings: warnings.map((text) => ({ text })) };
  });

  build.onResolve({ filter: SPECIFIER }, async ({ path, importer }) => {
    session ??= await open(root);
    const imported = await session.import(path, importer === "" ? undefined : importer, "ts");
    const watched = watchedPaths(session);
    return "file" in imported
      ? { path: imported.file, ...watched }
      : { errors: imported.problems.map(messageOf), ...watched };
  });

  // Only what is resolved or loaded can name files to watch: so does the first entry.
  build.onResolve({ filter: entryFilter(build.initialOptions) }, () => {
    if (isWatched || session === undefined) return undefined;
    isWatched = true;
    return watchedPaths(session);
  });
}

function watchedPaths({ inputs }: Session): { readonly watchFiles: string[]; readonly watchDirs: string[] } {
  const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const paths = [...inputs];
  return { watchFiles: paths.filter((path) => !isDirectory(path)), watchDirs: paths.filter(isDirectory) };
}

/** What matches entries, which esbuild writes with a './' where they are files; all imports where they are not known by their names, since each one that matches costs time. */
function entryFilter({ entryPoints = [] }: PluginBuild["initialOptions"]): RegExp {
  const entries = Array.isArray(entryPoints)
    ? entryPoints.map((entry) => (typeof entry === "string" ? entry : entry.in))
    : Object.values(entryPoints);
  if (entries.length === 0 || entries.some((entry) => entry.includes("*"))) return /.*/;
  return new RegExp(`^(?:\\./)?(?:${entries.map((entry) => entry.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|")})$`);
}

/** Columns and lengths count in bytes of UTF-8 there, columns from 0. */
function messageOf({ message, place }: Problem): PartialMessage {
  if (place === undefined) return { text: message };
  const { file, line, column, length, lineText } = place;
  const before = lineText.slice(0, column - 1);
  const covered = lineText.slice(column - 1, column - 1 + length);
  return {
    text: message,
    location: {
      file: shownPath(file),
      line,
      column: Buffer.byteLength(before),
      length: Buffer.byteLength(covered),
      lineText,
    },
  };
}
