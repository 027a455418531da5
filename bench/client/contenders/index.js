// Whom we compare ourselves with.
import { fileURLToPath } from "node:url";

/** Where the peers are installed. */
export const DIRECTORY = fileURLToPath(new URL("..", import.meta.url));

/**
 * A connection of a client to a server.
 *
 * @typedef {object} Connection
 * @property {(event: string, slot: () => void) => () => void} connect - Calls the slot with each such event, until the function
 * is called that it returns.
 * @property {(command: string) => Promise<unknown>} execute
 * @property {(command: string) => Promise<unknown>} flood - Executes a command that the schema does not have.
 */

/**
 * A client: a module with a function `open` that connects.
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} module - The name of its file in this folder.
 * @property {unknown} [options] - For `open`.
 * @property {string} package - Its name on npm, if it has to be installed.
 * @property {string} [directory] - Where it is installed.
 */

export const FLOOR = "split lines and JSON.parse";
export const OURS = { none: "qapi-codegen, not validated", all: "qapi-codegen, all validated" };

/** @type {readonly Contender[]} */
export const CONTENDERS = [
  { name: FLOOR, module: "floor.js", package: "" },
  { name: OURS.none, module: "ours.js", options: "none", package: "" },
  { name: OURS.all, module: "ours.js", options: "all", package: "" },
  { name: "node-qemu 1.3.0", module: "node-qemu.js", package: "node-qemu", directory: DIRECTORY },
  { name: "qemu-qmp 0.5.0", module: "qemu-qmp.js", package: "qemu-qmp", directory: DIRECTORY },
];
