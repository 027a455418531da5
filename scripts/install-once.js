import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";

/**
 * Installs what a folder's package.json asks for, if it is not there or not that of its lock file. Ends this program if that fails.
 *
 * @param {string} folder
 * @param {string} message - What is said before.
 */
export function installOnce(folder, message) {
  const lock = `${folder}/package-lock.json`;
  // A copy of the lock file of what is installed; `npm ci` removes it with all else before it installs anything.
  const installed = `${folder}/node_modules/.installed-package-lock.json`;
  if (existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(lock, "utf8")) return;
  console.log(message);
  const { status } = spawnSync("npm", ["ci"], { cwd: folder, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  copyFileSync(lock, installed);
}
