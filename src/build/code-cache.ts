/**
 * What V8 has made of the bundled command line, kept for the next run, which then need not compile it anew: that is a fifth of the
 * time of a run on a whole QEMU. It fits only the version of V8 that made it, so it is made where it is used.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory, isOurs, type Environment } from "./run-cache.js";

/** The files, each with the bundle that it is of and what has made it. */
const FILE = /^code-[\w.-]+\.bin$/;

/** Those of other versions of Node, and of a qapi-codegen elsewhere that has the same cache. */
const MAXIMUM_FILES = 4;

/** The bundle has half a megabyte, its code twice as much. */
const MAXIMUM_BYTES = 20_000_000;

/** In front of the code: V8 does not look whether it has been damaged. */
const CHECKSUM_BYTES = 4;

/** The code of one bundle. */
export class CodeCache {
  readonly #directory: string | undefined;
  readonly #name: string;

  /** @param build - The hash of the bundle. */
  constructor(build: string, environment: Environment) {
    this.#directory = cacheDirectory(environment);
    this.#name = `code-${build.slice(0, 16)}-${process.version}-${process.platform}-${process.arch}.bin`;
  }

  /** The code; undefined where there is none, or none to be trusted. V8 refuses what is not its own. */
  read(): Buffer | undefined {
    if (this.#directory === undefined) return undefined;
    try {
      const file = join(this.#directory, this.#name);
      const status = statSync(file);
      if (!status.isFile() || status.size > MAXIMUM_BYTES || !isOurs(status.uid)) return undefined;
      const bytes = readFileSync(file);
      const code = bytes.subarray(CHECKSUM_BYTES);
      return checksum(code) === bytes.readUInt32LE() ? code : undefined;
    } catch {
      return undefined; // It only saves time.
    }
  }

  /** Keeps code, and removes that of other bundles if there is much of it. */
  write(code: Buffer): void {
    if (this.#directory === undefined) return;
    try {
      mkdirSync(this.#directory, { recursive: true });
      const bytes = Buffer.alloc(CHECKSUM_BYTES + code.length);
      bytes.writeUInt32LE(checksum(code));
      code.copy(bytes, CHECKSUM_BYTES);
      const temporary = join(this.#directory, `${this.#name}.${String(process.pid)}.tmp`);
      writeFileSync(temporary, bytes);
      renameSync(temporary, join(this.#directory, this.#name));
      removeOldest(this.#directory, FILE, MAXIMUM_FILES);
    } catch {
      // A read-only or full disk, say.
    }
  }
}

/** Removes those of the files with such a name that were written first, but for a number of them. */
export function removeOldest(directory: string, name: RegExp, kept: number): void {
  const files = readdirSync(directory).filter((file) => name.test(file));
  if (files.length <= kept) return;
  const byAge = files
    .map((file) => ({ path: join(directory, file), time: statSync(join(directory, file)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of byAge.slice(kept)) rmSync(path, { force: true });
}

function checksum(code: Buffer): number {
  return process.getBuiltinModule("node:zlib").crc32(code);
}
