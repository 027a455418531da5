/**
 * The end of child processes.
 */
import type { ChildProcess } from "node:child_process";

/**
 * Waits until a process is gone.
 *
 * @param event - `exit`; or `close`, when all that it has written was read, too.
 * @param timeout - How long at most, in milliseconds. Default: no limit.
 * @returns whether it is.
 */
export function whenGone(child: ChildProcess, event: "exit" | "close", timeout?: number): Promise<boolean> {
  const hasExited = child.exitCode !== null || child.signalCode !== null;
  const isRead = [child.stdout, child.stderr].every((stream) => stream?.closed ?? true);
  if (hasExited && (event === "exit" || isRead)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const onEvent = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    const onTimeout = (): void => {
      child.off(event, onEvent);
      resolve(false);
    };
    const timer = timeout === undefined ? undefined : setTimeout(onTimeout, timeout);
    child.once(event, onEvent);
  });
}

/** Those that must not outlive us, and whether each was asked to end already. */
const living = new Map<ChildProcess, () => boolean>();

/**
 * When our own process exits, asks a process to end, since a QEMU that is killed may leave images that have to be repaired; or
 * kills it, if it was asked before.
 */
export function killAtExit(child: ChildProcess, wasAsked: () => boolean): void {
  if (living.size === 0) process.on("exit", onExit);
  living.set(child, wasAsked);
  child.once("exit", () => {
    living.delete(child);
    if (living.size === 0) process.off("exit", onExit);
  });
}

function onExit(): void {
  for (const [child, wasAsked] of living) child.kill(wasAsked() ? "SIGKILL" : "SIGTERM");
}
