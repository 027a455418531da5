/** Graphics events of real QEMUs: clients of VNC and SPICE look at screens, or may not. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import {
  type GraphicsAddress,
  GraphicsAddressType,
  type GraphicsIdentity,
  GraphicsPhase,
} from "../../../src/domain-events/domain-events.js";
import { makeCertificates } from "../../support/certificates.js";
import { eachQemu, skip } from "../../support/each-qemu.js";
import { findQemus } from "../../support/qemu.js";
import { newStage } from "../../support/stage.js";
import { type Managed, manage, type Told } from "./managed.js";
import { RfbClient } from "./rfb.js";
import { SpiceClient } from "./spice.js";

/** Hosts, and the families that their addresses have. */
const LOOPBACK = [
  ["127.0.0.1", GraphicsAddressType.ipv4],
  ["::1", GraphicsAddressType.ipv6],
] as const;
const addresses = Object.values(networkInterfaces()).flatMap((each = []) => each.map(({ address }) => address));
const HOSTS = LOOPBACK.filter(([host]) => addresses.includes(host));
if (HOSTS.length < LOOPBACK.length) skip("graphics, IPv6", "this machine does not have it");

eachQemu("graphics, VNC", 7, (qemu) => {
  test.each(HOSTS)(
    "connect, initialize and disconnect, with IP address, port and family of client and server: %s",
    async (host, family) => {
      const domain = await manage(newStage(), qemu, ["-vnc", `${bracketed(host)}:0,to=99`]);
      const port = await vncPort(domain);
      const client = await RfbClient.connect({ host, port });
      const graphics = phases({ family, node: host, service: String(port) }, remoteOf(client, family), "none");
      await domain.expect(graphics("connect"));
      expect(await client.begin({ security: "none" })).toBe("welcome");
      await domain.expect(graphics("initialize"));
      client.end();
      await domain.expect(graphics("disconnect"));
    },
  );

  test("two clients at once are told apart by their ports", async () => {
    const host = "127.0.0.1";
    const domain = await manage(newStage(), qemu, ["-vnc", `${host}:0,to=99,share=force-shared`]);
    const port = await vncPort(domain);
    const clients = [await RfbClient.connect({ host, port }), await RfbClient.connect({ host, port })] as const;
    const local = { family: GraphicsAddressType.ipv4, node: host, service: String(port) };
    const [first, second] = clients.map((client) => phases(local, remoteOf(client, local.family), "none"));
    if (first === undefined || second === undefined) throw new Error("there are two");
    expect(first("connect")).not.toEqual(second("connect"));
    await domain.expect(first("connect"), second("connect"));
    await clients[1].begin({ security: "none" });
    await domain.expect(second("initialize"));
    clients[0].end();
    await domain.expect(first("disconnect"));
    clients[1].end();
    await domain.expect(second("disconnect"));
  });

  test("a unix socket: the family that came later", async () => {
    const stage = newStage();
    const path = stage.path("vnc");
    const domain = await manage(stage, qemu, ["-vnc", `unix:${path}`]);
    const family = GraphicsAddressType.unix;
    // QEMU puts the path where ports are. The client's socket has none.
    const graphics = phases({ family, node: "", service: path }, { family, node: "", service: "" }, "none");
    const client = await RfbClient.connect({ path });
    expect(await client.begin({ security: "none" })).toBe("welcome");
    client.end();
    await domain.expect(graphics("connect"), graphics("initialize"), graphics("disconnect"));
  });

  test("initialize is when a client is authorized: one with a wrong password connects and disconnects", async () => {
    const host = "127.0.0.1";
    const domain = await manage(newStage(), qemu, ["-vnc", `${host}:0,to=99,password=on`]);
    await domain.execute("set_password", { protocol: "vnc", password: "open,sesame" });
    const port = await vncPort(domain);
    const local = { family: GraphicsAddressType.ipv4, node: host, service: String(port) };

    const stranger = await RfbClient.connect({ host, port });
    expect(await stranger.begin({ security: "vnc", password: "sesame" })).toBe("refused");
    const refused = phases(local, remoteOf(stranger, local.family), "vnc");
    await domain.expect(refused("connect"), refused("disconnect"));

    const client = await RfbClient.connect({ host, port });
    const graphics = phases(local, remoteOf(client, local.family), "vnc");
    expect(await client.begin({ security: "vnc", password: "open,sesame" })).toBe("welcome");
    client.end();
    await domain.expect(graphics("connect"), graphics("initialize"), graphics("disconnect"));
  });

  const X509 = { type: "x509dname", name: "O=Example,CN=jane" };
  test.each([
    ["x509: x509dname", "vencrypt+x509+none", undefined, [X509]],
    [
      "vencrypt+sasl results in x509dname and saslUsername",
      "vencrypt+x509+sasl",
      { mechanism: "ANONYMOUS", message: "jane@example.org" },
      [X509, { type: "saslUsername", name: "anonymous" }],
    ],
  ] as const)("authentication scheme and the subject's identities: %s", async (_, scheme, sasl, subject) => {
    const host = "127.0.0.1";
    const stage = newStage();
    const directory = stage.path("tls");
    makeCertificates(directory, "/O=Example/CN=jane");
    const domain = await manage(stage, qemu, [
      ...["-object", `tls-creds-x509,id=tls0,endpoint=server,verify-peer=on,dir=${directory}`],
      ...["-vnc", `${host}:0,to=99,tls-creds=tls0${sasl === undefined ? "" : ",sasl=on"}`],
    ]);
    const port = await vncPort(domain);
    const local = { family: GraphicsAddressType.ipv4, node: host, service: String(port) };
    const client = await RfbClient.connect({ host, port });
    const pem = (name: string): Buffer => readFileSync(stage.path(`tls/${name}.pem`));
    const certificates = { ca: pem("ca-cert"), cert: pem("client-cert"), key: pem("client-key") };
    const graphics = phases(local, remoteOf(client, local.family), scheme, subject);
    expect(await client.begin({ security: "x509", certificates, sasl })).toBe("welcome");
    client.end();
    await domain.expect(graphics("connect", []), graphics("initialize"), graphics("disconnect"));
  });
});

// Debian has it in a package beside QEMU: those that were only unpacked do not find it.
const withSpice = findQemus().filter(({ executable }) =>
  spawnSync(executable, ["-spice", "help"], { encoding: "utf8" }).stdout.includes("password-secret"),
);
if (withSpice.length === 0) skip("graphics, SPICE", "there is no QEMU that has it");

describe.each(withSpice)("graphics, SPICE: $name", (qemu) => {
  test.each([...HOSTS, ["localhost", GraphicsAddressType.unix]] as const)(
    "usable with SPICE: connect, initialize and disconnect, with addresses and ports: %s, family %i",
    async (node, family) => {
      const stage = newStage();
      const isUnix = family === GraphicsAddressType.unix;
      const service = isUnix ? stage.path("spice") : String(await freePort(node));
      const address = isUnix ? `unix=on,addr=${service}` : `addr=${node},port=${service}`;
      const domain = await manage(stage, qemu, [
        ...["-object", "secret,id=password,data=sesame"],
        ...["-spice", `${address},password-secret=password`],
      ]);
      const connect = async (): Promise<SpiceClient> =>
        SpiceClient.connect(isUnix ? { path: service } : { host: node, port: Number(service) });
      const local = { family, node, service };
      const remote = (client: SpiceClient): GraphicsAddress =>
        isUnix ? { family, node, service: "" } : remoteOf(client, family);

      const stranger = await connect();
      expect(await stranger.begin("simsim")).toBe("refused");
      // QEMU says which scheme it is where it has been gone through, and nowhere else.
      const refused = phases(local, remote(stranger), "");
      await domain.expect(refused("connect"), refused("disconnect"));

      const client = await connect();
      const graphics = phases(local, remote(client), "");
      expect(await client.begin("sesame")).toBe("welcome");
      client.end();
      const authorized = phases(local, remote(client), "spice");
      await domain.expect(graphics("connect"), authorized("initialize"), graphics("disconnect"));
    },
  );
});

/** Graphics events of a client. */
function phases(
  local: GraphicsAddress,
  remote: GraphicsAddress,
  authScheme: string,
  subject: readonly GraphicsIdentity[] = [],
): (phase: keyof typeof GraphicsPhase, subject?: readonly GraphicsIdentity[]) => Told {
  return (phase, who = subject) => ({
    id: "graphics",
    phase: GraphicsPhase[phase],
    local,
    remote,
    authScheme,
    subject: who,
  });
}

/** The port that QEMU has found to be free. */
async function vncPort(domain: Managed): Promise<number> {
  const info = await domain.execute("query-vnc");
  expect(info).toMatchObject({ enabled: true });
  return Number((info as { readonly service: string }).service);
}

/** What is remote to QEMU is local to the client. */
function remoteOf({ local: { host, port } }: RfbClient | SpiceClient, family: GraphicsAddressType): GraphicsAddress {
  return { family, node: host, service: String(port) };
}

/** A port that was free a moment ago. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
