/**
 * The standard streams without Node's stream machinery, which takes longer to load than all that is written to them.
 */
import { fstatSync, writeSync } from "node:fs";

const NAMES: readonly string[] = ["standard input", "standard output", "standard error"];

/** A stream does not take what is written to it: its disk is full, say. */
export class StreamError extends Error {
  override readonly name = "StreamError";
}

/**
 * Writes all of `text` to a file descriptor. A reader that has gone away (`qapi-codegen --help | head -1`) is no error: it
 * returns false.
 *
 * @param write - Writes some of the bytes, from an offset, and returns how many.
 * @throws StreamError when the system refuses.
 */
export function writeText(descriptor: number, text: string, write: typeof writeSome = writeSome): boolean {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += write(descriptor, bytes, written);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN")
        throw new StreamError(`cannot write to ${NAMES[descriptor] ?? "a stream"}: ${String(code)}`);
      // A pipe that its owner has made non-blocking is full: give the reader a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
  return true;
}

function writeSome(descriptor: number, bytes: Uint8Array, offset: number): number {
  return writeSync(descriptor, bytes, offset);
}

/** Whether a file descriptor is a terminal. */
export function isTerminal(descriptor: number): boolean {
  try {
    // Only to a device is the question worth loading the module that can answer it.
    return fstatSync(descriptor).isCharacterDevice() && process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    return false; // It is closed.
  }
}
