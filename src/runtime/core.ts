/**
 * The client over connections that its user makes, for wherever JavaScript runs: `qapi-codegen/qmp/core`.
 *
 * @packageDocumentation
 */
export { connect, connectAgent } from "./connect.js";
export * from "./exports.js";
export { createServer } from "./server/create-server.js";
