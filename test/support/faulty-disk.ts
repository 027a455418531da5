/**
 * A file system whose changes a test can refuse:
 *
 * ```ts
 * vi.mock("node:fs", async (original) => (await import("../support/faulty-disk.js")).faulty(await original()));
 * ```
 */
import type * as FileSystem from "node:fs";

/** What is asked before each change to the disk. It throws to refuse. */
export const disk: { beforeChange: (change: string) => void } = { beforeChange: () => undefined };

/** What a process throws that is killed, in tests that go on: nothing may catch it for good. */
export const KILLED: Error = new Error("killed");

/**
 * `node:fs` whose functions that change something ask {@link disk} first. When it throws {@link KILLED} before a file is written,
 * half of that file is: so much had been written when the process was killed.
 */
export function faulty(original: typeof FileSystem): typeof FileSystem {
  const guard = <F extends (...args: never[]) => unknown>(change: F): F =>
    new Proxy(change, {
      apply(target, self, args): unknown {
        disk.beforeChange(target.name);
        return Reflect.apply(target, self, args);
      },
    });
  const writeFileSync: typeof FileSystem.writeFileSync = (file, data, options) => {
    try {
      disk.beforeChange("writeFileSync");
    } catch (error) {
      if (error === KILLED && typeof data === "string") original.writeFileSync(file, data.slice(0, data.length / 2));
      throw error;
    }
    original.writeFileSync(file, data, options);
  };
  return {
    ...original,
    copyFileSync: guard(original.copyFileSync),
    mkdirSync: guard(original.mkdirSync),
    renameSync: guard(original.renameSync),
    rmdirSync: guard(original.rmdirSync),
    rmSync: guard(original.rmSync),
    unlinkSync: guard(original.unlinkSync),
    writeFileSync,
  };
}

/** Makes the `count`th change and all after it fail, as if the process had been killed there. The first is 0. */
export function killAt(count: number): void {
  let left = count;
  disk.beforeChange = () => {
    if (left-- <= 0) throw KILLED;
  };
}

/** Makes the system refuse the `count`th change, and `times` - 1 after it. The first is 0. */
export function refuseAt(count: number, code: string, times: number = 1): void {
  let index = 0;
  disk.beforeChange = (change) => {
    const isRefused = index >= count && index < count + times;
    index++;
    if (isRefused) throw Object.assign(new Error(`${code}: ${change}`), { code, syscall: change });
  };
}

/** Lets everything happen again. */
export function mendDisk(): void {
  disk.beforeChange = () => undefined;
}
