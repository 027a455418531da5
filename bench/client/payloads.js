// What the server sends.
import { CASES } from "../validators/cases.js";
import { payload } from "../validators/payloads.js";
import { shapesOfCases } from "../validators/shapes.js";

/**
 * `events` as JSON; `replies`: what commands return, as JSON, by the command.
 *
 * @typedef {{ readonly events: readonly string[], readonly replies: Readonly<Record<string, string>> }} Payloads
 */

/**
 * @param {import("../../dist/index.js").Schema} model
 * @returns {Payloads}
 */
export function payloadsOf(model) {
  const cases = CASES.filter(({ id }) => id === "event" || id === "schema");
  const shapes = shapesOfCases(model, cases);
  const [events, [schema]] = cases.map((each) => JSON.parse(payload(each, shapes).json).accepted);
  return {
    events: events.map((event, index) => JSON.stringify({ ...event, timestamp: timestampOf(index) })),
    replies: {
      "query-status": JSON.stringify({ status: "running", running: true }),
      "query-qmp-schema": JSON.stringify(schema),
    },
  };
}

/** Seconds since 1970 of these days: how many digits there are matters. */
function timestampOf(index) {
  return { seconds: 1_790_000_000 + index, microseconds: 123_456 };
}
