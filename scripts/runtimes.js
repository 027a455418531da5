// npm run runtimes: tries generated code in the runtimes and bundlers of test/runtimes/package.json, which it installs first
// if they are not there or not those of the lock file.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}test/runtimes`;
const lock = `${folder}/package-lock.json`;

/** A copy of the lock file of what is installed; `npm ci` removes it with all else before it installs anything. */
const installed = `${folder}/node_modules/.installed-package-lock.json`;

if (!existsSync(installed) || readFileSync(installed, "utf8") !== readFileSync(lock, "utf8")) {
  console.log("Installing runtimes and bundlers in test/runtimes (700 MB, once)");
  run("npm", ["ci"], folder);
  copyFileSync(lock, installed);
}
const vitest = `${root}node_modules/vitest/vitest.mjs`;
run(process.execPath, [vitest, "run", "--project", "runtimes", ...process.argv.slice(2)], root);

/**
 * Runs a program, and ends this one with its exit status if it fails.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(program, args, cwd) {
  const { status } = spawnSync(program, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
