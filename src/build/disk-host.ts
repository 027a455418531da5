/** The disk, as far as schemas are read from it. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import { HostError, type Host } from "../schema/host.js";
import { systemErrorCode } from "./output-error.js";

/** A host that also tells what there is. */
export interface Disk extends Host {
  /** What a path leads to, through symbolic links; undefined: nothing, or nothing that can be looked at. */
  kind(path: string): PathKind | undefined;
  /**
   * The names in a directory that end with `suffix`, sorted.
   *
   * @throws HostError when it cannot be looked into.
   */
  list(path: string, suffix: string): readonly string[];
}

/** What is no directory is taken for a file until it is read. */
export type PathKind = "file" | "directory";

/** The disk as it is; relative paths are relative to the current directory. Of a file `*.br` the text is what Brotli has compressed. */
export const diskHost: Disk = {
  read: (path) =>
    attempt(() => {
      // What is no regular file may have no end (`/dev/zero`) or keep us waiting for ever (a pipe that nobody writes to).
      const status = statSync(path);
      if (status.isDirectory()) throw new HostError("it is a directory");
      if (!status.isFile()) throw new HostError("it is not a regular file");
      if (status.size > MAXIMUM_BYTES) throw new HostError(TOO_LARGE);
      if (isCompressed(path)) return decompress(readFileSync(path));
      const text = readFileSync(path, "utf8");
      // U+FFFD stands for bytes that are no UTF-8, unless it is in the file itself.
      if (text.includes("\ufffd") && !isUtf8(readFileSync(path))) throw new HostError("it is not UTF-8 text");
      return text;
    }),

  kind(path) {
    try {
      return statSync(path).isDirectory() ? "directory" : "file";
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      return undefined;
    }
  },

  list: (path, suffix) =>
    attempt(() =>
      readdirSync(path)
        .filter((name) => name.endsWith(suffix))
        .sort(),
    ),
};

/** Whether the text of a file is not what is in it, but what that becomes when it is decompressed. */
export function isCompressed(path: string): boolean {
  return path.endsWith(".br");
}

/** @throws HostError when it is not compressed text. */
export function decompress(bytes: Uint8Array): string {
  // Loaded by those that need it: it would cost every start.
  const { brotliDecompressSync } = process.getBuiltinModule("node:zlib");
  let text: Buffer;
  try {
    text = brotliDecompressSync(bytes, { maxOutputLength: MAXIMUM_BYTES });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw new HostError(isTooLarge ? TOO_LARGE : "it is not what Brotli has compressed, or damaged", { cause: error });
  }
  if (!isUtf8(text)) throw new HostError("it is not UTF-8 text");
  return text.toString("utf8");
}

/** Runs what the system may refuse. @throws HostError that says why it did. */
function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof HostError) throw error;
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new HostError(REASONS[code] ?? code, { cause: error });
  }
}

/** More than the loader takes in any case, since a character has four bytes at most. */
const MAXIMUM_BYTES = 80_000_000;

const TOO_LARGE = `it is larger than ${String(MAXIMUM_BYTES / 1_000_000)} MB`;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
};
