/** Of which run the files of an output directory are. */
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Texts of files by path. */
export type Texts = Readonly<Record<string, string>>;

/** All files below a directory, hidden ones too; a symbolic link is its target's path. Empty where the directory does not exist. */
export function allFiles(directory: string): Texts {
  if (lstatSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return {};
  const found = readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    found
      .filter((path) => lstatSync(join(directory, path)).isFile())
      .map((path) => [path, readFileSync(join(directory, path), "utf8")]),
  );
}

/** Those of them that anybody would compile: without what is hidden. */
export function visibleFiles(directory: string): Texts {
  return Object.fromEntries(Object.entries(allFiles(directory)).filter(([path]) => !path.startsWith(".")));
}

/**
 * Of which of two outputs files are: of one of them all are, though some may be missing; `mixed` when some are of each, or of
 * neither.
 */
export function generationOf(files: Texts, before: Texts, after: Texts): "before" | "after" | "both" | "mixed" {
  const isOf = (texts: Texts): boolean => Object.entries(files).every(([path, text]) => texts[path] === text);
  const isBefore = isOf(before);
  const isAfter = isOf(after);
  if (isBefore && isAfter) return "both";
  if (isBefore) return "before";
  return isAfter ? "after" : "mixed";
}
