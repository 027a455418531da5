import type { Diagnostic } from "../diagnostic.js";

/** Takes a mistake down. */
export type Report = (diagnostic: Diagnostic) => unknown;
