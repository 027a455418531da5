// npm run site: makes the site of docs/ in docs/.vitepress/dist, with the API reference. It installs what docs/package.json asks for
// first, if that is not there or not that of the lock file. `npm run site:dev` serves the pages instead, and again when one is saved.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installOnce } from "./install-once.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const docs = `${root}docs`;
const [command = "build"] = process.argv.slice(2);

installOnce(docs, "Installing VitePress in docs (100 MB, once)");
if (command === "build") {
  // The title of the reference leads to the pages.
  const pages = process.env["DOCS_BASE"] ?? "/";
  run(root, `${root}node_modules/typedoc/bin/typedoc`, "--titleLink", pages, "--logLevel", "Warn");
}
run(docs, `${docs}/node_modules/vitepress/bin/vitepress.js`, command);

/**
 * Runs a program of Node, and ends this one with its exit status if it fails.
 *
 * @param {string} cwd
 * @param {readonly string[]} args
 */
function run(cwd, ...args) {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
