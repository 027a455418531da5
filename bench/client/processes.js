// The processes: a server, and each client in one of its own.
import { fork } from "node:child_process";
import { clearTimeout, setTimeout } from "node:timers";
import { fileURLToPath } from "node:url";

/** How long one may take to answer, in milliseconds. */
const TIMEOUT = 120_000;

/** Processes that end with the benchmark. */
export class Processes {
  #processes = [];

  /** Starts a module of this folder, and waits until it says that it is ready. */
  async start(module, args, options = {}) {
    const path = fileURLToPath(new URL(module, import.meta.url));
    const child = fork(path, args, options);
    this.#processes.push(child);
    const { problem } = await answer(child);
    return { problem, ask: (question) => ask(child, question) };
  }

  end() {
    for (const child of this.#processes) child.kill();
  }
}

function ask(child, question) {
  child.send(question);
  return answer(child);
}

/** The next message of a process; what is wrong when there is none. */
function answer(child) {
  return new Promise((resolve) => {
    const settle = (message) => {
      clearTimeout(timer);
      child.off("exit", onExit);
      child.off("message", settle);
      resolve(message);
    };
    const onExit = (code) => settle({ problem: `ended with ${code}` });
    const timer = setTimeout(() => settle({ problem: "does not answer" }), TIMEOUT);
    child.once("exit", onExit);
    child.once("message", settle);
  });
}
