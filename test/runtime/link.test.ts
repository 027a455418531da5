/** Connecting, and connecting again. */
import { describe, expect, it } from "vitest";
import { connect, ConnectError, ConnectionLostError, TimeoutError } from "../../src/runtime/core.js";
import { nextTurn } from "./connected.js";
import { door } from "./door-schema.js";
import { type FakePeer, FakeServer, GREETING, greets } from "./fake-peer.js";

/** Fails so many times and then greets. */
function failing(times: number): (peer: FakePeer, attempt: number) => void {
  return (peer, attempt) => {
    if (attempt <= times) throw new Error(`attempt ${attempt}`);
    greets(peer);
  };
}

describe("connecting", () => {
  it("fails with the reason, and frees what it held", async () => {
    const server = new FakeServer(failing(1));
    const attempt = connect(door, server, { reconnect: true });
    await expect(attempt).rejects.toThrow(ConnectError);
    await expect(attempt).rejects.toThrow("cannot connect to fake:server: attempt 1");
    expect(server.peers).toHaveLength(1);
    expect(server.isClosed).toBe(true);
  });

  it("is tried again from the beginning if that is wished", async () => {
    const server = new FakeServer(failing(3));
    const qmp = await connect(door, server, { reconnect: { minDelay: 1, initially: true } });
    expect(server.peers).toHaveLength(4);
    expect(qmp.state).toMatchObject({ state: "ready", reconnected: false });
    await qmp.close();
    const attempt = connect(door, new FakeServer(failing(9)), {
      reconnect: { minDelay: 1, initially: true, attempts: 3 },
    });
    await expect(attempt).rejects.toThrow("attempt 3");
    const patient = new FakeServer(failing(Infinity));
    const signal = AbortSignal.timeout(20);
    const endless = connect(door, patient, { signal, reconnect: { minDelay: 1, maxDelay: 1, initially: true } });
    await expect(endless).rejects.toThrow(DOMException);
    await expect(endless).rejects.toBe(signal.reason);
    expect(patient.isClosed).toBe(true);
  });

  it("takes no longer than it may, and closes what comes too late", async () => {
    let peer: FakePeer | undefined;
    let come: () => void = () => undefined;
    const server = new FakeServer((made) => {
      peer = made;
      return new Promise((resolve) => (come = resolve));
    });
    const attempt = connect(door, server, { connectTimeout: 1 });
    await expect(attempt).rejects.toThrow(TimeoutError);
    await expect(attempt).rejects.toMatchObject({ phase: "connect", timeout: 1, subject: "fake:server" });
    come();
    await expect.poll(() => peer?.isClosed).toBe(true);
  });

  it("again is refused where it cannot be", async () => {
    const server = new FakeServer(greets, false);
    await expect(connect(door, server, { reconnect: true })).rejects.toThrow(TypeError);
    expect(server.peers).toEqual([]);
  });

  it.each([{ connectTimeout: -1 }, { commandTimeout: NaN }, { reconnect: { minDelay: -1 } }, { maxMessageLength: -1 }])(
    "with %j makes no sense",
    async (options) => {
      await expect(connect(door, new FakeServer(), options)).rejects.toThrow(RangeError);
    },
  );
});

it("a connection that ends in the same moment in which it is ready is lost", async () => {
  for (const reconnect of [false, { minDelay: 1, attempts: 1 }]) {
    const server = new FakeServer((peer, attempt) => {
      if (attempt > 1) throw new Error("nobody is there any more");
      peer.say(GREETING);
      void peer.command("qmp_capabilities").then(({ id }) => {
        peer.say({ return: {}, id });
        peer.end();
      });
    });
    const qmp = await connect(door, server, { reconnect });
    const reply = qmp.execute("query-door");
    await expect(reply).rejects.toThrow(ConnectionLostError);
    expect(qmp.state.state).toBe("closed");
  }
});

describe("closing", () => {
  it("ends attempts that are under way", async () => {
    for (const state of ["waiting", "connecting"]) {
      const server = new FakeServer((peer, attempt) => {
        return attempt === 1 ? greets(peer) : new Promise(() => undefined);
      });
      const minDelay = state === "waiting" ? 60_000 : 1;
      const qmp = await connect(door, server, { reconnect: { minDelay, maxDelay: minDelay } });
      const changes = qmp.stateChanged.events();
      server.peer.end();
      for await (const change of changes) {
        if (change.state === state) break;
      }
      await qmp.close();
      expect(qmp.state).toEqual({ state: "closed", reason: undefined });
      expect(server.isClosed).toBe(true);
    }
  });

  it("ends the negotiation of a new connection", async () => {
    const server = new FakeServer((peer, attempt) => {
      if (attempt === 1) greets(peer);
    });
    const qmp = await connect(door, server, { reconnect: { minDelay: 1 } });
    const first = server.peer;
    first.end();
    await expect.poll(() => server.peers.length).toBe(2);
    await qmp.close();
    expect(qmp.state).toEqual({ state: "closed", reason: undefined });
    await expect.poll(() => server.peer.isClosed).toBe(true);
  });

  it("may be asked for twice, also by a slot that hears of the loss", async () => {
    const server = new FakeServer();
    const qmp = await connect(door, server, { reconnect: { minDelay: 1 } });
    const closed: Promise<void>[] = [];
    const states: string[] = [];
    qmp.stateChanged.connect(({ state }) => {
      states.push(state);
      if (state === "waiting") closed.push(qmp.close());
    });
    await nextTurn();
    server.peer.end();
    await Promise.all([...closed, qmp.close()]);
    expect(states).toEqual(["waiting", "closed"]);
    expect(server.peers).toHaveLength(1);
  });

  it("succeeds though the connector fails to, which is reported", async () => {
    const problems: Error[] = [];
    const server = new FakeServer();
    server.close = () => Promise.reject(new Error("stuck"));
    const qmp = await connect(door, server, { onProblem: (problem) => problems.push(problem) });
    await qmp.close();
    expect(problems).toEqual([new Error("stuck")]);
  });

  it("is what the end of a block does", async () => {
    const server = new FakeServer();
    {
      await using qmp = await connect(door, server);
      expect(qmp.state.state).toBe("ready");
    }
    expect(server.peer.isClosed).toBe(true);
  });
});
