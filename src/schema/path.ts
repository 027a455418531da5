/** Paths with forward slashes, taken apart as text: the loader works the same on every host. */

/** `path` as seen from `directory`, normalised. An absolute `path` stays what it is. */
export function resolvePath(directory: string, path: string): string {
  const absolute = path.startsWith("/");
  const joined = absolute || directory === "" ? path : `${directory}/${path}`;
  const parts: string[] = [];
  for (const part of joined.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !joined.startsWith("/")) parts.push(part);
  }
  return (joined.startsWith("/") ? "/" : "") + parts.join("/");
}

/** The directory of a normalised path; empty for a file in the current one. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  if (slash === 0) return "/";
  return slash === -1 ? "" : path.slice(0, slash);
}

/** Whether the normalised `path` is in the normalised `directory` or below it. */
export function isWithin(directory: string, path: string): boolean {
  if (/^(?:\.\.(?:\/|$))*$/.test(directory)) {
    // The current directory or one above it: what counts is how far the path goes up.
    return !path.startsWith("/") && stepsUp(path) <= stepsUp(directory);
  }
  return path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}

function stepsUp(path: string): number {
  return path.split("/").filter((part) => part === "..").length;
}

/** How to get from the normalised `directory` to the normalised `path`. */
export function relativePath(directory: string, path: string): string {
  const from = directory.split("/").filter((part) => part !== "");
  const to = path.split("/").filter((part) => part !== "");
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}
