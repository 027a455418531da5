// qemu-qmp, which knows replies by their order, and hands over events without their data.
import { createRequire } from "node:module";
import { DIRECTORY } from "./index.js";

const Client = createRequire(`${DIRECTORY}package.json`)("qemu-qmp");

/** @returns {Promise<import("./index.js").Connection>} */
export async function open(path) {
  const client = new Client();
  await promised((callback) => client.connect(path, callback));
  const execute = (command) => promised((callback) => client.execute(command, callback));
  return {
    execute,
    flood: execute,
    connect(event, slot) {
      client.on(event.toLowerCase(), slot);
      return () => client.off(event.toLowerCase(), slot);
    },
  };
}

function promised(call) {
  return new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));
}
