/** The host for files on a disk. */
import { readFileSync, statSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import { HostError, type Host } from "../schema/host.js";
import { systemErrorCode } from "./output-error.js";

/** Reads files from the disk; relative paths are relative to the current directory. */
export const diskHost: Host = {
  read(path) {
    try {
      // What is no regular file may have no end (`/dev/zero`) or keep us waiting for ever (a pipe that nobody writes to).
      const status = statSync(path);
      if (status.isDirectory()) throw new HostError("it is a directory");
      if (!status.isFile()) throw new HostError("it is not a regular file");
      if (status.size > MAXIMUM_BYTES) throw new HostError(`it is larger than ${String(MAXIMUM_BYTES / 1_000_000)} MB`);
      const text = readFileSync(path, "utf8");
      // U+FFFD stands for bytes that are no UTF-8, unless it is in the file itself.
      if (text.includes("\ufffd") && !isUtf8(readFileSync(path))) throw new HostError("it is not UTF-8 text");
      return text;
    } catch (error) {
      if (error instanceof HostError) throw error;
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      throw new HostError(REASONS[code] ?? code, { cause: error });
    }
  },
};

/** More than the loader takes in any case, since a character has four bytes at most. */
const MAXIMUM_BYTES = 80_000_000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
};
