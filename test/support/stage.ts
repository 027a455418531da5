/** Where real programs play: a temporary directory and processes, all of it gone when the test is over, whatever becomes of it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFailed, onTestFinished } from "vitest";

/** How long, in milliseconds, anything may take that real programs do. It is a matter of moments. */
export const DEADLINE = 10_000;

/** A process of a test. */
export interface Player {
  readonly process: ChildProcess;
  /** What it has written to its standard error. */
  readonly stderr: string;
  /** Kills it, and is resolved when it is gone. */
  kill(): Promise<void>;
  /** Is resolved when it has ended. */
  readonly ended: Promise<void>;
}

/** A temporary directory, and the processes that were started in it. */
export class Stage {
  readonly directory: string = mkdtempSync(join(tmpdir(), "qapi-"));
  readonly #players: Player[] = [];

  /** The path of a file in the directory. */
  path(name: string): string {
    return join(this.directory, name);
  }

  /** Starts a program. Its standard error is shown if the test fails. */
  start(command: string, args: readonly string[]): Player {
    const child = spawn(command, args, { cwd: this.directory, stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    const ended = once(child, "exit").then(() => undefined);
    // A program that could not be started: whoever waits for its socket is told.
    ended.catch((error: unknown) => (stderr += String(error)));
    const killNow = (): boolean => child.kill("SIGKILL");
    process.once("exit", killNow);
    child.once("exit", () => process.off("exit", killNow));
    const player: Player = {
      process: child,
      get stderr() {
        return stderr;
      },
      ended,
      async kill() {
        if (isGone()) return;
        killNow();
        await ended;
      },
    };
    this.#players.push(player);
    return player;
  }

  /**
   * Starts a program, and waits until it is ready: a socket of it listens, say.
   *
   * @throws Error with what it wrote to its standard error, when it ends before, or takes too long.
   */
  async startAndWait(
    command: string,
    args: readonly string[],
    isReady: () => boolean | Promise<boolean>,
  ): Promise<Player> {
    const player = this.start(command, args);
    const end = Date.now() + DEADLINE;
    while (!(await isReady())) {
      const { exitCode, signalCode, pid } = player.process;
      const isGone = exitCode !== null || signalCode !== null || pid === undefined;
      if (isGone || Date.now() > end) {
        throw new Error(`${command} ${isGone ? "has ended" : "is not ready"}: ${args.join(" ")}\n${player.stderr}`);
      }
      // Nothing tells when a process begins to listen.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return player;
  }

  /** What the processes have written to their standard errors. */
  get stderr(): string {
    return this.#players.map(({ stderr }) => stderr).join("");
  }

  /** Kills all processes and removes the directory. */
  async end(): Promise<void> {
    await Promise.all(this.#players.map((player) => player.kill()));
    rmSync(this.directory, { recursive: true });
  }
}

/** A stage for the test that runs. */
export function newStage(): Stage {
  const stage = new Stage();
  onTestFailed(() => {
    if (stage.stderr !== "") console.error(stage.stderr);
  });
  onTestFinished(() => stage.end());
  return stage;
}

/** The executable of a program, also where those are that only root has in its path; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const { PATH = "" } = process.env;
  const candidates = [...PATH.split(delimiter), "/usr/sbin", "/sbin"].map((directory) => join(directory, name));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Whether a program listens on a socket: it is connected to, and left again. */
export function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    const settle = (is: boolean) => (): void => {
      socket.destroy();
      resolve(is);
    };
    socket.on("connect", settle(true)).on("error", settle(false));
  });
}
