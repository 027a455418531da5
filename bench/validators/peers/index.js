// Whom we compare ourselves with.
import { ajv, ajvAllErrors } from "./ajv.js";
import { arktype } from "./arktype.js";
import { typebox } from "./typebox.js";
import { typia } from "./typia.js";
import { valibot } from "./valibot.js";
import { zod } from "./zod.js";

/**
 * A library of validators.
 *
 * `source` writes what a user of it would: an ES module that exports for each target `{ accepts, report }`, the fastest way
 * to a boolean, and the number of issues that it found. It imports the library by its name.
 *
 * @typedef {object} Peer
 * @property {string} name
 * @property {string} package - Its name on npm.
 * @property {string} [directory] - Where it is installed, if not for the whole project.
 * @property {(shapes: import("../shapes.js").Shapes) => string} source
 */

/** @type {readonly Peer[]} */
export const PEERS = [ajv, ajvAllErrors, typia, typebox, zod, valibot, arktype];
