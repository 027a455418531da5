/** The server on real sockets, with our own client and with what sends bytes. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { schema } from "../../../generated/fixtures/net/schema/index.js";
import { connect } from "../../../src/runtime/qmp.js";
import { createListeningServer } from "../../../src/runtime/server/create-server.js";
import { listenFor } from "../../../src/runtime/transport/listen.js";

const directory = mkdtempSync(join(tmpdir(), "qapi-listening-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.each([`unix:${join(directory, "fake.qmp")}`, "tcp:127.0.0.1:0"])("%s", (where) => {
  it("serves our own client: a backend is lost, and found again", async () => {
    const added: string[] = [];
    await using server = await createListeningServer(listenFor, schema, {
      netdev_add: ({ id, type }) => {
        added.push(`${type} ${id}`);
      },
      "query-chardev": () => [{ label: "c", filename: "null", "frontend-open": false }],
    });
    await using listening = await server.listen(where);
    await using qmp = await connect(schema, listening.address);
    const found = qmp.signal("NETDEV_STREAM_CONNECTED").once({ timeout: 10_000 });
    const lost = qmp.signal("NETDEV_STREAM_DISCONNECTED").connect(({ data }) => {
      void qmp.execute("netdev_add", { type: "user", id: data["netdev-id"] }).then(() => {
        server.emit("NETDEV_STREAM_CONNECTED", { "netdev-id": "n", addr: { type: "unix", path: "/p" } });
      });
    });
    server.emit("NETDEV_STREAM_DISCONNECTED", { "netdev-id": "n" });
    expect((await found).data.addr).toEqual({ type: "unix", path: "/p" });
    expect(added).toEqual(["user n"]);
    expect((await qmp.execute("query-chardev"))[0]?.label).toBe("c");
    lost.disconnect();
  });

  it("reads bytes one at a time, cut in the middle of characters", async () => {
    await using server = await createListeningServer(listenFor, schema, { netdev_del: () => undefined });
    const { address } = await server.listen(where);
    const socket = createConnection(portOrPath(address)).setEncoding("utf8");
    let received = "";
    const replied = new Promise<void>((resolve, reject) => {
      socket.on("error", reject).on("data", (text: string) => {
        received += text;
        if (received.includes('"id": "end"')) resolve();
      });
    });
    const input = `{"execute":"qmp_capabilities"}{"execute":"netdev_del","arguments":{"id":"é€😀"},"id":"é€😀"}`;
    for (const byte of Buffer.from(`${input}\xff{'execute':'query-version','id':'end'}`)) {
      await new Promise((resolve) => socket.write(new Uint8Array([byte]), resolve));
    }
    await replied;
    expect(received).toContain('{"return": {}, "id": "\\u00E9\\u20AC\\uD83D\\uDE00"}\r\n');
    socket.destroy();
  });

  it("frees the address, and ends all connections, when it is closed", async () => {
    const server = await createListeningServer(listenFor, schema, {});
    const { address } = await server.listen(where);
    const qmp = await connect(schema, address);
    const closed = qmp.stateChanged.once({ timeout: 10_000 });
    await server.close();
    expect((await closed).state).toBe("closed");
    if (where.startsWith("unix:")) expect(existsSync(where.slice(5))).toBe(false);
    await expect(connect(schema, address)).rejects.toThrow(/cannot connect/);
    await expect(server.listen(where)).rejects.toThrow("the server is closed");
    await using other = await createListeningServer(listenFor, schema, {});
    await other.listen(address);
  });
});

function portOrPath(address: string): { readonly path: string } | { readonly host: string; readonly port: number } {
  const [, host, port] = /^tcp:(.*):(\d+)$/.exec(address) ?? [];
  return host === undefined ? { path: address.slice(5) } : { host, port: Number(port) };
}
