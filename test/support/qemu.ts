/** Real QEMUs: which there are, and what they answer. */
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A QEMU that can be started. */
export interface Qemu {
  readonly executable: string;
  /** `QEMU 7.2.22` */
  readonly name: string;
  /** The first number of its version. */
  readonly major: number;
}

/**
 * The `qemu-system-x86_64` of the search path, and those that the environment variable `QAPI_TEST_QEMU` names, a list of
 * executables as `PATH` is one of directories. `scripts/install-qemu.sh` installs two.
 *
 * @throws Error when one that is named does not run.
 */
export function findQemus(): readonly Qemu[] {
  const { PATH = "", QAPI_TEST_QEMU = "" } = process.env;
  const named = QAPI_TEST_QEMU.split(delimiter).filter((path) => path !== "");
  const installed = PATH.split(delimiter)
    .map((directory) => join(directory, "qemu-system-x86_64"))
    .filter((path) => existsSync(path));
  const executables = new Set([...installed.slice(0, 1), ...named].map((path) => realpathSync(path)));
  return [...executables].map((executable) => {
    const version = versionOf(executable);
    return { executable, name: `QEMU ${version}`, major: Number.parseInt(version) };
  });
}

function versionOf(executable: string): string {
  const { stdout, error, stderr } = spawnSync(executable, ["--version"], { encoding: "utf8" });
  const version = /version ([0-9.]+)/.exec(error === undefined ? stdout : "")?.[1];
  if (version === undefined) throw new Error(`'${executable}' does not run: ${error?.message ?? stderr}`);
  return version;
}

/** All that a QEMU without a machine says when it is asked for its schema: the answer, and what else is said in a session. */
export function askForSchema({ executable, name }: Qemu): string {
  const commands = ["qmp_capabilities", "query-qmp-schema", "quit"];
  const { stdout, stderr } = spawnSync(
    executable,
    ["-machine", "none", "-nodefaults", "-display", "none", "-qmp", "stdio"],
    {
      encoding: "utf8",
      input: commands.map((execute) => `${JSON.stringify({ execute })}\n`).join(""),
      maxBuffer: 2 ** 26,
      timeout: 60_000,
    },
  );
  if (!stdout.includes('"meta-type"')) throw new Error(`${name} has not answered: ${stdout}${stderr}`);
  return stdout;
}
