import { expect, test } from "vitest";
import { formatAddress, parseAddress } from "../../../src/runtime/transport/address.js";
import { connectorFor } from "../../../src/runtime/transport/connector-for.js";
import { tcp, unix } from "../../../src/runtime/transport/socket.js";

test.each([
  ["unix:/run/vm1.qmp", { kind: "unix", path: "/run/vm1.qmp" }],
  ["unix:vm:1,a.qmp", { kind: "unix", path: "vm:1,a.qmp" }],
  ["unix:./@vm", { kind: "unix", path: "./@vm" }],
  ["tcp:localhost:4444", { kind: "tcp", host: "localhost", port: 4444 }],
  ["tcp:127.0.0.1:0", { kind: "tcp", host: "127.0.0.1", port: 0 }],
  ["tls:[fe80::1%eth0]:65535", { kind: "tls", host: "fe80::1%eth0", port: 65535 }],
] as const)("%s", (text, address) => {
  expect(parseAddress(text)).toEqual(address);
  expect(formatAddress(address)).toBe(text);
});

test.each([
  ["", "expected unix:PATH, tcp:HOST:PORT or tls:HOST:PORT"],
  ["/run/vm1.qmp", "write unix:/run/vm1.qmp"],
  ["udp:localhost:1", "expected unix:PATH"],
  ["unix:", "expected a path"],
  ["unix:a\0b", "no NUL"],
  ["unix:@vm", "abstract sockets are not supported"],
  ["unix:/run/vm1.qmp,server=on,wait=off", "server is an option of QEMU"],
  ["tcp:localhost", "expected HOST:PORT"],
  ["tcp::4444", "expected a host"],
  ["tcp:::1:4444", "in brackets"],
  ["tcp:[localhost]:4444", "between the brackets"],
  ["tcp:localhost:65536", "from 0 to 65535"],
  ["tcp:localhost:http", "from 0 to 65535"],
  ["tcp:localhost:4444,server=on", "from 0 to 65535"],
  ["tcp:a b:1", "no spaces"],
])("%j is refused", (text, message) => {
  expect(() => parseAddress(text)).toThrow(TypeError);
  expect(() => parseAddress(text)).toThrow(message);
});

test("a connector for each", () => {
  for (const text of ["unix:a", "tcp:localhost:1", "tls:localhost:1"]) {
    const connector = connectorFor(text);
    expect(connector).toMatchObject({ address: text, canReconnect: true });
    expect(connectorFor(connector)).toBe(connector);
  }
});

test("what cannot be connected to is refused at once", () => {
  expect(() => tcp("localhost", 0)).toThrow("0 is no port");
  expect(() => unix("")).toThrow(TypeError);
  if (process.platform === "linux") {
    unix("a".repeat(107));
    // As bytes, of which each of these takes two.
    expect(() => unix("ä".repeat(54))).toThrow("at most 107 bytes, and this one 108");
  }
});
