/** Real QEMUs at the other end of each transport. */
import { spawn as spawnProcess, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { connectorFor } from "../../../src/runtime/transport/connector-for.js";
import { listen } from "../../../src/runtime/transport/listen.js";
import { spawn } from "../../../src/runtime/transport/spawn.js";
import { tls } from "../../../src/runtime/transport/tls.js";
import { TransportError } from "../../../src/runtime/transport/transport-error.js";
import type { Connector, Transport } from "../../../src/runtime/transport.js";
import { makeCertificates } from "../../support/certificates.js";
import { eachQemu } from "../../support/each-qemu.js";
import { type Qemu } from "../../support/qemu.js";
import { never, Recorder, resources } from "./recorder.js";

const NO_MACHINE = ["-machine", "none", "-nodefaults", "-display", "none"];
const GREETING = '{"QMP": {"version"';

eachQemu("transports", 0, (qemu) => {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-transport-"));
  const started: ChildProcess[] = [];
  let before: readonly string[];
  let port = 0;

  beforeAll(() => makeCertificates(join(directory, "tls")));
  beforeEach(() => (before = resources()));
  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
    }
    await vi.waitFor(() => expect(resources()).toEqual(before));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  function start({ executable }: Qemu, args: readonly string[]): ChildProcess {
    const child = spawnProcess(executable, [...NO_MACHINE, ...args], { stdio: ["ignore", "ignore", "inherit"] });
    started.push(child);
    return child;
  }

  /** Connects as soon as QEMU listens, and ends as soon as it is known that it does not. */
  async function whenListening(connector: Connector, child: ChildProcess): Promise<Transport> {
    for (;;) {
      try {
        return await connector.connect(never);
      } catch (error) {
        const isEarly = error instanceof TransportError && ["ENOENT", "ECONNREFUSED"].includes(error.code ?? "");
        if (!isEarly || child.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  /** A port that was free a moment ago. */
  async function freePort(): Promise<number> {
    const listener = await listen("tcp:127.0.0.1:0");
    await listener.close();
    return Number(listener.address.split(":").at(-1));
  }

  async function quit(transport: Transport, recorder: Recorder): Promise<void> {
    transport.write('{"execute": "qmp_capabilities"}\n');
    await recorder.until('{"return": {}}');
    transport.write('{"execute": "quit"}\n');
    // It may end before it has read the end of the line, which resets the connection, and may take what it said with it.
    expect([undefined, "ECONNRESET"]).toContain(codeOf(await recorder.end()));
  }

  test("over a unix socket, again and again", async () => {
    const path = join(directory, "qmp");
    const child = start(qemu, ["-qmp", `unix:${path},server=on,wait=off`]);
    const connector = connectorFor(`unix:${path}`);
    const transport = await whenListening(connector, child);
    const recorder = new Recorder(transport);
    await recorder.until(GREETING);
    transport.close();
    expect(await recorder.end()).toBeUndefined();
    const second = await connector.connect(never);
    const again = new Recorder(second);
    await again.until(GREETING);
    await quit(second, again);
  });

  test("over TCP", async () => {
    port = await freePort();
    const child = start(qemu, ["-qmp", `tcp:127.0.0.1:${port},server=on,wait=off`]);
    const transport = await whenListening(connectorFor(`tcp:127.0.0.1:${port}`), child);
    const recorder = new Recorder(transport);
    await recorder.until(GREETING);
    await quit(transport, recorder);
  });

  test("which connects to us", async () => {
    const path = join(directory, "listen");
    const listener = await listen(`unix:${path}`);
    const child = start(qemu, ["-chardev", `socket,id=c,path=${path}`, "-mon", "chardev=c,mode=control"]);
    const transport = await listener.connect(never);
    const recorder = new Recorder(transport);
    await recorder.until(GREETING);
    await quit(transport, recorder);
    if (child.exitCode === null) await once(child, "exit");
    await listener.close();
  });

  test("as a child, which ends when it is asked to", async () => {
    const connector = spawn(qemu.executable, [...NO_MACHINE, "-qmp", "stdio"]);
    const recorder = new Recorder(await connector.connect(never));
    await recorder.until(GREETING);
    await connector.close();
    expect(await recorder.end()).toBeUndefined();
    const { exitCode, signalCode } = connector.process ?? {};
    expect([0, "SIGTERM"]).toContain(exitCode ?? signalCode);
    expect(recorder.all).toContain(GREETING);
  });

  test("as a child, which is told to quit", async () => {
    const connector = spawn(qemu.executable, [...NO_MACHINE, "-qmp", "stdio"]);
    const transport = await connector.connect(never);
    const recorder = new Recorder(transport);
    await recorder.until(GREETING);
    await quit(transport, recorder);
    await connector.close();
  });

  test("as a child that does not like its options", async () => {
    const connector = spawn(qemu.executable, ["-qmp", "stdio", "-nonsense"]);
    const reason = await new Recorder(await connector.connect(never)).end();
    expect(reason?.message).toMatch(/exited with status 1: .*-nonsense: invalid option$/);
    await connector.close();
  });

  test("over TLS, with certificates of both", async () => {
    port = await freePort();
    const child = start(qemu, [
      ...["-object", `tls-creds-x509,id=tls,endpoint=server,dir=${join(directory, "tls")},verify-peer=on`],
      ...["-chardev", `socket,id=c,host=127.0.0.1,port=${port},server=on,wait=off,tls-creds=tls`],
      ...["-mon", "chardev=c,mode=control"],
    ]);
    const read = (name: string): string => readFileSync(join(directory, "tls", name), "utf8");
    const [ca, cert, key] = [read("ca-cert.pem"), read("client-cert.pem"), read("client-key.pem")];
    const address = { host: "127.0.0.1", port };

    await expect(whenListening(tls({ ...address, cert, key }), child)).rejects.toThrow("as `ca`");
    await expect(tls({ ...address, ca, cert, key, servername: "elsewhere" }).connect(never)).rejects.toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
    // Without a certificate of ours it either cannot be connected to, or ends the connection before it has said anything.
    const stranger = new Recorder();
    await tls({ ...address, ca })
      .connect(never)
      .then(
        (transport) => transport.open(stranger),
        (error: unknown) => stranger.closed(error as Error),
      );
    await stranger.end();
    expect(stranger.all).toBe("");

    for (const trust of [{ ca }, { rejectUnauthorized: false }]) {
      const transport = await tls({ ...address, cert, key, ...trust }).connect(never);
      const recorder = new Recorder(transport);
      await recorder.until(GREETING);
      transport.close();
      expect(await recorder.end()).toBeUndefined();
    }
  });
});

function codeOf(error: Error | undefined): unknown {
  return error instanceof TransportError ? error.code : error;
}
