// What is measured.

/** Commands that begin so are followed by as many events as the rest of their name says. */
export const FLOOD = "x-flood-";

/**
 * `count` is how many events or replies there are in a round: enough for a tenth of a second and more. `inFlight` is how many
 * commands wait for their replies on each of some connections; QEMU stops reading at nine. With one connection alone, both
 * sides would mostly wait for each other.
 *
 * @typedef {object} EventJob
 * @property {string} name
 * @property {string} event
 * @property {number} count
 *
 * @typedef {object} CommandJob
 * @property {string} name
 * @property {string} command
 * @property {number} connections
 * @property {number} inFlight
 * @property {number} count
 *
 * @typedef {EventJob | CommandJob} Job
 */

/** The most connections that a job needs. */
export const CONNECTIONS = 8;

/** @type {readonly Job[]} */
export const JOBS = [
  { name: "events", event: "NETDEV_STREAM_CONNECTED", count: 100_000 },
  { name: "small replies", command: "query-status", connections: CONNECTIONS, inFlight: 8, count: 40_000 },
  { name: "large replies", command: "query-qmp-schema", connections: 1, inFlight: 1, count: 100 },
];

/**
 * Does a job once.
 *
 * @param {readonly import("./contenders/index.js").Connection[]} connections
 * @param {Job} job
 */
export async function run(connections, job) {
  if ("event" in job) await receive(connections, job);
  else await execute(connections, job);
}

async function receive(connections, { event, count }) {
  const [connection] = connections;
  let seen = 0;
  let disconnect = () => {};
  const all = new Promise((resolve) => {
    disconnect = connection.connect(event, () => {
      if (++seen === count) resolve(undefined);
    });
  });
  await connection.flood(`${FLOOD}${count}`);
  await all;
  disconnect();
}

async function execute(connections, { command, connections: wanted, inFlight, count }) {
  let begun = 0;
  const lane = async (connection) => {
    while (begun++ < count) await connection.execute(command);
  };
  const used = connections.slice(0, wanted);
  await Promise.all(used.flatMap((connection) => Array.from({ length: inFlight }, () => lane(connection))));
}
