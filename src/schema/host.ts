/**
 * How the loader reaches files, so that it does not care where they are: on a disk, in memory, in an editor.
 */

/** Gives the text of files. Paths have forward slashes and are normalised: no `.`, and `..` only at the beginning. */
export interface Host {
  /**
   * The text of a file, decoded from UTF-8.
   *
   * @throws HostError when there is none to be had.
   */
  read(path: string): string;
}

/** Why a file cannot be read, in words that fit behind "cannot read 'FILE': ". */
export class HostError extends Error {
  override readonly name = "HostError";
}

/**
 * A host of files in memory: the keys are paths, the values texts.
 *
 * @example
 * ```ts
 * import { load, memoryHost } from "qapi-codegen";
 *
 * const host = memoryHost({ "a.json": "{ 'include': 'b.json' }", "b.json": "{ 'event': 'STOP' }" });
 * load("a.json", host).tree.files.map(({ name }) => name); // => ["a.json", "b.json"]
 * ```
 */
export function memoryHost(files: Readonly<Record<string, string>> | ReadonlyMap<string, string>): Host {
  const texts: ReadonlyMap<string, string> = files instanceof Map ? files : new Map(Object.entries(files));
  return {
    read(path) {
      const text = texts.get(path);
      if (text === undefined) throw new HostError("no such file");
      return text;
    },
  };
}
