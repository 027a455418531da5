/** What talks to a running QEMU: loaded by the commands that do, and a bundle of its own. */
export { execute } from "./execute.js";
export { printEvents } from "./print-events.js";
export { runShell } from "./run-shell.js";
