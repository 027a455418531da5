// The values that speed is measured with.

/**
 * @typedef {object} Case
 * @property {string} id - An identifier.
 * @property {string} name - The event, or the command that returns such values.
 * @property {string} stem - What the names of our validators end with.
 * @property {number} bytes - How large a reply is, as JSON; 0 for an event, which is as large as it is.
 */

/** @type {readonly Case[]} */
export const CASES = [
  { id: "event", name: "NETDEV_STREAM_CONNECTED", stem: "NetdevStreamConnectedEvent", bytes: 0 },
  { id: "schema", name: "query-qmp-schema", stem: "QueryQmpSchemaReturns", bytes: 200_000 },
  { id: "blockstats", name: "query-blockstats", stem: "QueryBlockstatsReturns", bytes: 120_000 },
];
