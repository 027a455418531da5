// node-qemu, which has one command in flight at most.
import { createRequire } from "node:module";
import { DIRECTORY } from "./index.js";

const { QMPClient } = createRequire(`${DIRECTORY}package.json`)("node-qemu");

/** @returns {Promise<import("./index.js").Connection>} */
export async function open(path) {
  const client = new QMPClient({ socketPath: path });
  await client.connect();
  const execute = (command) => client.execute(command);
  return {
    execute,
    flood: execute,
    connect(event, slot) {
      client.on(event, slot);
      return () => client.off(event, slot);
    },
  };
}
