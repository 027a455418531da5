// npm run package: packs the package, installs it in projects as users have them, and tries it there (test/package/), also in
// the other versions of Node.js that test/runtimes has.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installOnce } from "./install-once.js";

const root = fileURLToPath(new URL("..", import.meta.url));

installOnce(`${root}test/runtimes`, "Installing runtimes and bundlers in test/runtimes (700 MB, once)");
const vitest = `${root}node_modules/vitest/vitest.mjs`;
const args = [vitest, "run", "--project", "package", ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
