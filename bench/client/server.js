// A QMP server that does nothing but write, as fast as it can: `fork("server.js", [SOCKET, PAYLOADS])`.
//
// It executes the commands that it has replies for, and `x-flood-COUNT`, which is followed by so many events.
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setImmediate } from "node:timers";
import { FLOOD } from "./jobs.js";

/** How much is written at once of a flood, at least. */
const CHUNK = 1 << 18;
/** Replies that are longer are written by themselves. */
const LARGE = 10_000;
const GREETING = { QMP: { version: { qemu: { major: 10, minor: 0, micro: 0 }, package: "" }, capabilities: [] } };

const [path = "", payloads = ""] = process.argv.slice(2);
/** @type {import("./payloads.js").Payloads} */
const { events, replies } = JSON.parse(readFileSync(payloads, "utf8"));
const bodies = new Map(
  Object.entries(replies).map(([command, json]) => {
    const body = `{"return": ${json}`;
    return [command, body.length > LARGE ? Buffer.from(body) : body];
  }),
);
const chunk = chunkOf(events);

const server = createServer((socket) => {
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("error", () => socket.destroy());
  socket.write(`${JSON.stringify(GREETING)}\r\n`);
  socket.on("data", (text) => {
    // One client sends no ends of lines, none sends objects in objects.
    const commands = (rest + text).match(/\{[^{}]*\}/g) ?? [];
    rest = (rest + text).slice((rest + text).lastIndexOf("}") + 1);
    let out = "";
    for (const command of commands) {
      const { execute, id } = JSON.parse(command);
      const body = bodies.get(execute) ?? '{"return": {}';
      if (typeof body === "string") {
        out += body;
      } else {
        socket.write(out);
        socket.write(body);
        out = "";
      }
      out += id === undefined ? "}\r\n" : `, "id": ${JSON.stringify(id)}}\r\n`;
      if (execute.startsWith(FLOOD)) setImmediate(() => flood(socket, Number(execute.slice(FLOOD.length))));
    }
    socket.write(out, "latin1");
  });
});
server.listen(path, () => process.send?.({}));

/** Writes events, whenever the socket takes more. */
function flood(socket, count) {
  let left = count;
  const write = () => {
    for (let takes = true; left > 0 && takes;) {
      const now = Math.min(left, chunk.ends.length);
      left -= now;
      takes = socket.write(chunk.bytes.subarray(0, chunk.ends[now - 1]));
    }
    if (left > 0) socket.once("drain", write);
  };
  write();
}

/** Many events, and where each ends. */
function chunkOf(lines) {
  const ends = [];
  let text = "";
  while (text.length < CHUNK) {
    text += `${lines[ends.length % lines.length]}\r\n`;
    ends.push(Buffer.byteLength(text));
  }
  return { bytes: Buffer.from(text), ends };
}
