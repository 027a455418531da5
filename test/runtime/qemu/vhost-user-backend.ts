/**
 * The least that a vhost-user back-end has to say. It takes no file descriptors, and so sees nothing of the guest's memory; but that
 * makes no difference as long as no guest runs.
 */
import type { Socket } from "node:net";

/** The requests that have to be answered, by QEMU's docs/interop/vhost-user.rst, and with which 64-bit number. */
const REPLIES: ReadonlyMap<number, bigint> = new Map([
  // GET_FEATURES: virtio 1 (bit 32), and that there are protocol features (bit 30).
  [1, (1n << 32n) | (1n << 30n)],
  // GET_PROTOCOL_FEATURES: more than one queue (bit 0), so that their number is asked for.
  [15, 1n],
  // GET_QUEUE_NUM
  [17, 1n],
]);

/** Each message begins with the request, flags and the size of what follows, each of 32 bits. */
const HEADER = 12;
/** Version 1, and that it is a reply. */
const IS_REPLY = 1 | 4;

/** Serves one front-end. */
export function serveVhostUser(frontEnd: Socket): void {
  let received: Buffer = Buffer.alloc(0);
  frontEnd.on("data", (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    while (received.length >= HEADER && received.length >= HEADER + received.readUInt32LE(8)) {
      const value = REPLIES.get(received.readUInt32LE(0));
      if (value !== undefined) frontEnd.write(reply(received.readUInt32LE(0), value));
      received = received.subarray(HEADER + received.readUInt32LE(8));
    }
  });
}

function reply(request: number, value: bigint): Buffer {
  const message = Buffer.alloc(HEADER + 8);
  message.writeUInt32LE(request, 0);
  message.writeUInt32LE(IS_REPLY, 4);
  message.writeUInt32LE(8, 8);
  message.writeBigUInt64LE(value, HEADER);
  return message;
}
