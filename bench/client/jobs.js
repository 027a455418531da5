// What is measured.

/** Commands that begin so are followed by as many events as the rest of their name says. */
export const FLOOD = "x-flood-";

/**
 * `count` is how many events or replies there are in a round: enough for a tenth of a second and more. `inFlight` is how many
 * commands wait for their replies at a time; QEMU stops reading at nine.
 *
 * @typedef {{ readonly name: string, readonly count: number } & (
 *   { readonly event: string } | { readonly command: string, readonly inFlight: number })} Job
 */

/** @type {readonly Job[]} */
export const JOBS = [
  { name: "events", event: "NETDEV_STREAM_CONNECTED", count: 100_000 },
  { name: "small replies", command: "query-status", inFlight: 8, count: 20_000 },
  { name: "large replies", command: "query-qmp-schema", inFlight: 1, count: 100 },
];

/**
 * Does a job once.
 *
 * @param {import("./contenders/index.js").Connection} connection
 * @param {Job} job
 */
export async function run(connection, job) {
  if ("event" in job) await receive(connection, job);
  else await execute(connection, job);
}

async function receive(connection, { event, count }) {
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

async function execute(connection, { command, inFlight, count }) {
  let begun = 0;
  const lane = async () => {
    while (begun++ < count) await connection.execute(command);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}
