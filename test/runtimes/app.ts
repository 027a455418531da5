/**
 * An application that uses generated code; what it prints is the same wherever it runs. The tests replace the way to the
 * output in its imports.
 */
import {
  isNetdevStreamConnectedEvent,
  netdevAdd,
  validateNetdevStreamConnectedEvent,
} from "../../generated/fixtures/net/index.js";
import type { Executor } from "../../generated/fixtures/net/commands/executor.js";
import { RxState } from "../../generated/fixtures/net/types/net.js";

const timestamp = { seconds: 1750000240, microseconds: 0 };

/** Says whether a message is an event, and if not, why. */
function read(message: string): void {
  const event: unknown = JSON.parse(message);
  if (isNetdevStreamConnectedEvent(event)) {
    console.log(`${event.data["netdev-id"]} by ${event.data.addr.type}`);
    return;
  }
  for (const issue of validateNetdevStreamConnectedEvent(event).issues ?? []) console.log(issue.message);
}

function connectedEvent(path: unknown): string {
  const data = { "netdev-id": "net0", addr: { type: "unix", path } };
  return JSON.stringify({ event: "NETDEV_STREAM_CONNECTED", data, timestamp });
}

read(connectedEvent("/run/passt.sock"));
read(connectedEvent(4444));

/** Prints commands instead of sending them. */
const qmp: Executor = {
  execute(command, ...parameters) {
    console.log(command, JSON.stringify(parameters[0]));
    return Promise.reject(new Error("there is no QEMU"));
  },
};
await netdevAdd(qmp, { type: "user", id: "net1" }).catch((error: unknown) => {
  console.log(String(error));
});
console.log(Object.keys(RxState).join());
