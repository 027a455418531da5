// What is measured: bundles on disk, one for each contender.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { bundled } from "./bundle.js";

/**
 * A bundle, minified, with its bytes; or why there is none.
 *
 * @typedef {{ readonly name: string, readonly path: string, readonly bytes: number, readonly gzip: number }} Bundle
 * @typedef {{ readonly name: string, readonly problem: string }} Missing
 */

/** Writes bundles into one directory. */
export class Bundles {
  #directory;
  #files;
  #count = 0;

  /**
   * @param {string} directory
   * @param {ReadonlyMap<string, string>} files - Our output, by path.
   */
  constructor(directory, files) {
    this.#directory = directory;
    this.#files = files;
  }

  /**
   * What an application has that imports our output like `source`.
   *
   * @returns {Promise<Bundle>}
   */
  async ours(name, source) {
    return this.#write(name, await bundled(source, { files: this.#files }));
  }

  /**
   * @param {import("./peers/index.js").Peer} peer
   * @param {import("./shapes.js").Shapes} shapes
   * @returns {Promise<Bundle | Missing>}
   */
  async peer({ name, directory, source }, shapes) {
    try {
      return this.#write(name, await bundled(source(shapes), directory === undefined ? {} : { directory }));
    } catch (error) {
      return { name, problem: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
    }
  }

  /** @returns {Bundle} */
  #write(name, text) {
    const path = join(this.#directory, `bundle-${this.#count++}.mjs`);
    writeFileSync(path, text);
    return { name, path, bytes: Buffer.byteLength(text), gzip: gzipSync(text).length };
  }
}

/**
 * @param {import("./peers/index.js").Peer} peer
 * @returns {string} `zod 4.6.7`
 */
export function versionOf({ package: name, directory }) {
  const from = directory === undefined ? import.meta.url : join(directory, "package.json");
  const folders = createRequire(from).resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      return `${name} ${JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")).version}`;
    } catch {
      // Perhaps in the next one.
    }
  }
  return name;
}
