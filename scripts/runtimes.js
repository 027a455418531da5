// npm run runtimes: tries generated code in the runtimes and bundlers of test/runtimes/package.json, which it installs first
// if they are not there or not those of the lock file.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installOnce } from "./install-once.js";

const root = fileURLToPath(new URL("..", import.meta.url));

installOnce(`${root}test/runtimes`, "Installing runtimes and bundlers in test/runtimes (700 MB, once)");
const vitest = `${root}node_modules/vitest/vitest.mjs`;
const args = [vitest, "run", "--project", "runtimes", ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
