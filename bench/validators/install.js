// Installs the libraries that not every checkout has, when they are needed first.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** How long that may take, in milliseconds. */
const TIMEOUT = 120_000;

/**
 * The peers that are there, some after they were installed. What could not be installed is left out, and said so.
 *
 * @template {{ readonly name: string, readonly package: string, readonly directory?: string }} T
 * @param {readonly T[]} peers
 * @returns {readonly T[]}
 */
export function installed(peers) {
  return peers.filter(({ name, package: wanted, directory }) => {
    if (directory === undefined || existsSync(join(directory, "node_modules", wanted))) return true;
    console.log(`Installing ${name}, once, into ${directory}node_modules ...`);
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const { status, stderr } = spawnSync(npm, ["ci"], { cwd: directory, encoding: "utf8", timeout: TIMEOUT });
    if (status === 0) return true;
    console.log(`\n*** ${name} IS LEFT OUT: it could not be installed. ***\n${stderr}`);
    return false;
  });
}
