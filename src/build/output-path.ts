/**
 * Which paths a file of the output can have. What a manifest says is not trusted, so its paths are judged by the same law.
 */

/** The manifest, in the output directory: what of it is ours. */
export const MANIFEST = ".qapi-codegen.json";

/** What the directories are called in which runs prepare what they write, in the output directory: see `staging.ts`. */
export const STAGING: RegExp = /^\.qapi-codegen-([1-9][0-9]{0,9})-([0-9a-z_]*)-[0-9a-z]+\.tmp$/;

/**
 * Whether `path` stays in the output directory on every system and names no file of our own there: relative, forward
 * slashes, no empty, `.` or `..` segment, no control character, drive or stream.
 */
export function isOutputPath(path: string): boolean {
  if (/[\\:\p{Cc}]/u.test(path)) return false;
  if (path.split("/").some((segment) => segment === "" || segment === "." || segment === "..")) return false;
  const lower = path.toLowerCase();
  return lower !== MANIFEST && !/^\.qapi-codegen-[^/]*\.tmp(\/|$)/.test(lower);
}
