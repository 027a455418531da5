// npm run site: makes the site of docs/ in docs/.vitepress/dist. It installs what docs/package.json asks for first, if that is not there
// or not that of the lock file. `npm run site:dev` serves it instead, and again whenever a page is saved.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installOnce } from "./install-once.js";

const docs = fileURLToPath(new URL("../docs", import.meta.url));
const [command = "build", ...options] = process.argv.slice(2);

installOnce(docs, "Installing VitePress in docs (100 MB, once)");
const vitepress = `${docs}/node_modules/vitepress/bin/vitepress.js`;
const { status } = spawnSync(process.execPath, [vitepress, command, ...options], { cwd: docs, stdio: "inherit" });
process.exit(status ?? 1);
