/**
 * Addresses of sockets, in a few words.
 */
import type { Kind } from "./kinds.js";
import { ownMember } from "../runtime/message.js";
import type { At, DataOf } from "./place.js";

type SocketAddress = At<DataOf<"NETDEV_STREAM_CONNECTED">, "addr">;

/** What is written of each kind of address: a prefix, and members with colons between. */
const FORMS: {
  readonly [Type in SocketAddress["type"]]: {
    readonly prefix: string;
    readonly members: readonly Extract<keyof Extract<SocketAddress, { type: Type }>, string>[];
  };
} = {
  inet: { prefix: "", members: ["host", "port"] },
  unix: { prefix: "unix:", members: ["path"] },
  vsock: { prefix: "vsock:", members: ["cid", "port"] },
  fd: { prefix: "fd:", members: ["str"] },
};

const FORM_OF = new Map(Object.entries(FORMS));

/** `unix:/run/passt`, `127.0.0.1:47666`, `[::1]:47666`, `vsock:2:1024`, `fd:8`; of what a newer QEMU may have, its type. */
export const socketAddress: Kind<SocketAddress, string> = {
  expected: "an address of a socket",
  take(value) {
    const type = ownMember(value, "type");
    if (typeof type !== "string") return undefined;
    const form = FORM_OF.get(type);
    if (form === undefined) return type;
    const parts: string[] = [];
    for (const member of form.members) {
      const part = ownMember(value, member);
      if (typeof part !== "string") return undefined;
      parts.push(member === "host" && part.includes(":") ? `[${part}]` : part);
    }
    return form.prefix + parts.join(":");
  },
};
