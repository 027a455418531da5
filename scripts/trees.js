// npm run trees -- DIR: generates from whole schema trees of QEMU and checks the output (test/trees/).
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [directory, ...rest] = process.argv.slice(2);
if (directory === undefined) {
  console.error(
    "usage: npm run trees -- DIR\nDIR has schema trees of QEMU anywhere below it: see test/trees/trees.test.ts",
  );
  process.exit(2);
}
const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, "run", "--project", "trees", ...rest], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, QAPI_TREES: resolve(directory) },
  stdio: "inherit",
});
process.exit(status ?? 1);
