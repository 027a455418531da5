/**
 * What V8 has made of the bundled command line, kept for the next run, which then need not compile it anew: that is a tenth of the
 * time of a run on a whole QEMU. It fits only the version of V8 that made it, so it is made where it is used.
 */
import { join } from "node:path";
import { cacheDirectory, keep, readKept, type Environment, type Kind } from "./cache-directory.js";

/** There are those of other versions of Node, and of another qapi-codegen that has the same cache. Each has 0.7 MB. */
const CODE: Kind = { name: /^code-[\w.-]+\.bin$/, maximumFiles: 4, maximumBytes: 20_000_000 };

/** In front of the code: V8 does not look whether it has been damaged. */
const CHECKSUM_BYTES = 4;

/** The code of one bundle. */
export class CodeCache {
  readonly #file: string | undefined;

  /** @param build - The hash of the bundle. */
  constructor(build: string, environment: Environment) {
    const directory = cacheDirectory(environment);
    const name = `code-${build.slice(0, 16)}-${process.version}-${process.platform}-${process.arch}.bin`;
    this.#file = directory === undefined ? undefined : join(directory, name);
  }

  /** The code; undefined where there is none. V8 refuses what is not its own. */
  read(): Buffer | undefined {
    const bytes = this.#file === undefined ? undefined : readKept(this.#file, CODE);
    if (bytes === undefined || bytes.length < CHECKSUM_BYTES) return undefined;
    const code = bytes.subarray(CHECKSUM_BYTES);
    return checksum(code) === bytes.readUInt32LE() ? code : undefined;
  }

  write(code: Buffer): void {
    if (this.#file === undefined) return;
    const head = Buffer.alloc(CHECKSUM_BYTES);
    head.writeUInt32LE(checksum(code));
    keep(this.#file, Buffer.concat([head, code]), CODE);
  }
}

function checksum(code: Buffer): number {
  return process.getBuiltinModule("node:zlib").crc32(code);
}
