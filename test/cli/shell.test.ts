import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { introspect } from "../../src/schema/introspection/introspect.js";
import { type Outcome, runCommand } from "../support/command-line.js";
import { FakeMonitor, type Replies } from "../support/fake-monitor.js";
import { fixtureFiles } from "../support/fixtures.js";
import { schemaOf } from "../support/harness.js";

const NET = join(import.meta.dirname, "../../fixtures/net");
const ANSWER = JSON.stringify({ return: introspect(schemaOf(fixtureFiles("net")), { masked: true }) });
const REPLIES: Replies = {
  "query-qmp-schema": () => ANSWER,
  "query-status": () => '{"return":{"running":true}}',
  set_link: () => '{"return":{}}',
  netdev_add: () => '{"error":{"class":"GenericError","desc":"no \\u001b[31m"}}',
  stop(_, server) {
    server.event("STOP", { why: "\u001b[2J", big: 1 });
    return '{"return":{}}';
  },
  never: () => undefined,
  quit(_, server) {
    setImmediate(() => server.end());
    return '{"return":{}}';
  },
};

function bye(_: unknown, server: FakeMonitor): undefined {
  server.end();
}

let monitor: FakeMonitor;

beforeEach(async () => {
  monitor = await FakeMonitor.listen(REPLIES);
});

afterEach(() => monitor.close());

describe("without a terminal", () => {
  function script(text: string, args: readonly string[] = []): Promise<Outcome> {
    const streams = { input: Readable.from([text]), output: new PassThrough() };
    return runCommand(["shell", monitor.address, ...args], { streams: () => streams });
  }

  it("executes lines and prints replies", async () => {
    const text = 'query-status\n\n# a comment\n{"execute":"query-status"}\nset_link name=5 up=false';
    expect(await script(text)).toEqual({ status: 0, out: '{"running":true}\n{"running":true}\n{}\n', error: "" });
    // A name is text, whatever it looks like.
    expect(monitor.received.at(-1)?.arguments).toEqual({ name: "5", up: false });
  });

  it("says what fails, goes on, and exits with 1", async () => {
    const { status, out, error } = await script(
      "query-statu\nnetdev_add id=a\nset_link 5\nset_link name='a\nhelp nothing\nstop\nexit\nquery-status\n",
    );
    expect({ status, out }).toEqual({ status: 1, out: "{}\n" });
    expect(error.replaceAll("qapi-codegen: ", "")).toBe(`query-statu: there is no command query-statu (CommandNotFound)
netdev_add: no \\x1b[31m (GenericError)
'5' is neither name=value nor a JSON object
the line ends before what ' began
there is no 'nothing'
`);
  });

  it("exits with 0 when QEMU was told to quit, with 1 when it is gone", async () => {
    expect(await script("quit\n")).toMatchObject({ status: 0, out: "{}\n", error: "" });
    await monitor.close();
    monitor = await FakeMonitor.listen({ bye });
    const { status, error } = await script("bye\nquery-status\n");
    expect(status).toBe(1);
    expect(error).toContain("bye: the connection is closed; it may have been executed");
  });

  it("knows a schema on the disk with its documentation, and asks nobody", async () => {
    const { status, out } = await script("help set_link\nhelp\n", ["--schema", NET]);
    expect(status).toBe(0);
    expect(out).toContain("  up: true or false\n      true to plug it in\n");
    expect(out).toContain("help NAME [NAME=VALUE ...]");
    expect(monitor.received).toEqual([]);
  });

  it("says what is wrong with a schema before it connects", async () => {
    const { status, error } = await script("", ["--schema", join(NET, "none.json")]);
    expect(status).toBe(1);
    expect(error).toContain("error[missing-schema]");
  });

  it("says who is not there", async () => {
    expect(await runCommand(["shell", "unix:/nonexistent/socket"])).toMatchObject({
      status: 1,
      error: expect.stringContaining("there is no such socket") as string,
    });
  });

  it("talks to a guest agent, and knows the names that it tells", async () => {
    await monitor.close();
    const info = '{"return":{"version":"10","supported_commands":[{"name":"guest-ping","enabled":true}]}}';
    monitor = await FakeMonitor.listen({ "guest-info": () => info, "guest-ping": () => '{"return":{}}' }, null);
    const { status, out, error } = await script("help guest-ping\nguest-ping\nguest-pin\n", ["--agent"]);
    expect({ status, out }).toEqual({ status: 1, out: "guest-ping (command)\n\n{}\n" });
    expect(error).toContain("did you mean 'guest-ping'?");
  });
});

/** A terminal that keeps what is written to it. */
class Screen extends Writable {
  readonly columns = 80;
  text = "";
  #seen = 0;
  readonly #watchers = new Set<() => void>();

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
    for (const watcher of this.#watchers) watcher();
    this.#watchers.clear();
  }

  /** Resolved when a text has been written since the last call, with all up to its end. */
  async shows(text: string): Promise<string> {
    for (;;) {
      const at = this.text.indexOf(text, this.#seen);
      if (at !== -1) {
        const seen = this.text.slice(this.#seen, at + text.length);
        this.#seen = at + text.length;
        return seen;
      }
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }
}

describe("on a terminal", () => {
  const input = { current: new PassThrough() };
  let screen: Screen;

  beforeEach(() => {
    input.current = new PassThrough();
    screen = new Screen();
  });

  function shell(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const streams = { input: input.current, output: screen };
    return runCommand(["shell", monitor.address, ...args], {
      streams: () => streams,
      inIsTerminal: true,
      outIsTerminal: true,
      environment: { XDG_STATE_HOME: monitor.directory, NO_COLOR: "1", ...environment },
    });
  }

  function type(text: string): void {
    input.current.write(text);
  }

  it("greets, executes, and leaves with Ctrl-D", async () => {
    const running = shell();
    await screen.shows("Connected to QEMU 10.2.0 (fake\\x1b[31m).");
    await screen.shows("qmp> ");
    type("query-status\r");
    await screen.shows('{"running":true}');
    type("netdev_add\r");
    await screen.shows("netdev_add: no \\x1b[31m (GenericError)");
    await screen.shows("qmp> ");
    type("\u0004");
    expect(await running).toEqual({ status: 0, out: "", error: "" });
  });

  it("leaves with exit", async () => {
    const running = shell();
    await screen.shows("qmp> ");
    type("exit\r");
    expect((await running).status).toBe(0);
    expect(monitor.received.map(({ execute }) => execute)).toEqual(["query-qmp-schema"]);
  });

  it("completes with the Tab key", async () => {
    const running = shell();
    await screen.shows("qmp> ");
    // When the reply to this is there, the one before has been read.
    type("query-status\r");
    await screen.shows('{"running":true}');
    await screen.shows("qmp> ");
    type("set_l");
    await screen.shows("set_l");
    type("\t");
    await screen.shows("ink ");
    type("u");
    await screen.shows("u");
    type("\t");
    await screen.shows("p=");
    type("f");
    await screen.shows("f");
    type("\t");
    await screen.shows("alse ");
    type("name=a\r");
    await screen.shows("{}");
    expect(monitor.received.at(-1)).toMatchObject({ execute: "set_link", arguments: { name: "a", up: false } });
    type("\u0004");
    await running;
  });

  it("shows events above the line that is typed, which stays", async () => {
    const running = shell();
    await screen.shows("qmp> ");
    type("query-st");
    await screen.shows("query-st");
    monitor.event("STOP", { why: "\u001b[2J", big: 1 });
    const shown = await screen.shows("qmp> query-st");
    // The line is cleared, the event written, and the line again.
    expect(shown).toMatch(/\u001b\[1G\u001b\[0J\* STOP \{"why":"\\u001b\[2J","big":1\}\n/);
    type("atus\r");
    await screen.shows('{"running":true}');
    type("\u0004");
    await running;
  });

  it("goes up to the first row of a line that takes several", async () => {
    const running = shell();
    await screen.shows("qmp> ");
    type("x".repeat(200));
    await screen.shows("x".repeat(10));
    monitor.event("STOP");
    const shown = await screen.shows("* STOP\n\n\n");
    expect(shown).toMatch(/\u001b\[2A\u001b\[1G\u001b\[0J\* STOP\n\n\n$/);
    type("\u0003\u0004");
    await running;
  });

  it("clears the line with Ctrl-C, and stops waiting for a reply", async () => {
    const running = shell();
    await screen.shows("qmp> ");
    type("query-nothing");
    await screen.shows("query-nothing");
    type("\u0003");
    type("never\r");
    await monitor.command("never");
    type("\u0003");
    await screen.shows("not waited for any more; it may be executed still");
    await screen.shows("qmp> ");
    type("query-status\r");
    await screen.shows('{"running":true}');
    type("\u0004");
    expect((await running).status).toBe(0);
    expect(monitor.received.map(({ execute }) => execute)).toEqual(["query-qmp-schema", "never", "query-status"]);
  });

  it("executes what was typed ahead, line after line", async () => {
    const running = shell();
    await screen.shows("qmp> ");
    type("query-status\rstop\rexit\r");
    expect((await running).status).toBe(0);
    expect(monitor.received.map(({ execute }) => execute)).toEqual(["query-qmp-schema", "query-status", "stop"]);
  });

  it("says that the connection is lost, and exits with 1; after quit with 0", async () => {
    const lost = shell();
    await screen.shows("qmp> ");
    monitor.end();
    expect(await lost).toEqual({
      status: 1,
      out: "",
      error: "qapi-codegen: the connection is lost: the server ended the connection\n",
    });
    input.current = new PassThrough();
    const quit = shell();
    await screen.shows("qmp> ");
    type("quit\r");
    expect(await quit).toEqual({ status: 0, out: "", error: "" });
  });

  it("connects again with --reconnect", async () => {
    const running = shell(["--reconnect"]);
    await screen.shows("qmp> ");
    monitor.end();
    await screen.shows("the server ended the connection; trying again");
    await screen.shows("events may have been missed");
    type("query-status\r");
    await screen.shows('{"running":true}');
    type("\u0004");
    expect((await running).status).toBe(0);
  });

  it("has colours where they are wanted", async () => {
    const running = shell([], { NO_COLOR: "", TERM: "xterm" });
    await screen.shows("\u001b[2mConnected to");
    type("nothing\r");
    await screen.shows("\u001b[31mnothing: there is no command nothing");
    type("\u0004");
    await running;
  });

  describe("keeps lines", () => {
    const file = (): string => join(monitor.directory, "qapi-codegen", "history");

    it("but those that begin with a space, where nobody else reads them", async () => {
      const running = shell();
      await screen.shows("qmp> ");
      type("query-status\r secret\r\rexit\r");
      await running;
      expect(readFileSync(file(), "utf8")).toBe("query-status\nexit\n");
      expect(statSync(file()).mode & 0o777).toBe(0o600);
    });

    it("for the next time, 1000 of them", async () => {
      mkdirSync(dirname(file()), { recursive: true });
      writeFileSync(file(), Array.from({ length: 1200 }, (_, index) => `line ${String(index)}\n`).join(""));
      const running = shell();
      await screen.shows("qmp> ");
      type("\u001b[A");
      await screen.shows("line 1199");
      type("\u0003\u0004");
      await running;
      const lines = readFileSync(file(), "utf8").split("\n");
      expect(lines[0]).toBe("line 200");
      expect(lines).toHaveLength(1001);
    });

    it("or does not, where it cannot", async () => {
      writeFileSync(join(monitor.directory, "file"), "");
      const running = shell([], { XDG_STATE_HOME: join(monitor.directory, "file") });
      await screen.shows("qmp> ");
      type("query-status\r");
      await screen.shows('{"running":true}');
      type("\u0004");
      expect((await running).status).toBe(0);
    });

    it("below the home directory by default", async () => {
      const running = shell([], { XDG_STATE_HOME: "relative", HOME: monitor.directory });
      await screen.shows("qmp> ");
      type("exit\r");
      await running;
      expect(existsSync(join(monitor.directory, ".local/state/qapi-codegen/history"))).toBe(true);
    });
  });
});
