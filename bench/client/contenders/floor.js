// The least that can be done: lines are split and parsed, replies, which come in order, and events go to who waits for them.
import { createConnection } from "node:net";
import { once } from "node:events";

/** @returns {Promise<import("./index.js").Connection>} */
export async function open(path) {
  const socket = createConnection(path);
  const slots = new Map();
  const waiting = [];
  let buffer = "";
  let id = 0;
  let out = "";
  socket.setEncoding("utf8");
  await once(socket, "data");
  socket.on("data", (text) => {
    buffer += text;
    const lines = buffer.split("\n");
    buffer = lines.pop() ?? "";
    for (const line of lines) {
      const message = JSON.parse(line);
      if (message.event === undefined) {
        waiting.shift()(message.return);
      } else {
        slots.get(message.event)?.(message);
      }
    }
  });
  const flush = () => {
    socket.write(out);
    out = "";
  };
  const execute = (command) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      // One write for all commands of a moment: to write costs more than all else.
      if (out === "") process.nextTick(flush);
      out += `{"execute":"${command}","id":${++id}}\n`;
    });
  await execute("qmp_capabilities");
  return {
    execute,
    flood: execute,
    connect(event, slot) {
      slots.set(event, slot);
      return () => slots.delete(event);
    },
  };
}
