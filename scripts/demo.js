// Generates from the embedded fixture with the built command line and shows what came out: `npm run demo`.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = "demo-output";

process.chdir(root);
rmSync(output, { recursive: true, force: true });
say(`$ qapi-codegen fixtures/net -o ${output}`);
const run = spawnSync(process.execPath, ["dist/bin/qapi-codegen.cjs", "fixtures/net", "-o", output], {
  stdio: "inherit",
});
if (run.status !== 0) process.exit(run.status ?? 1);

const files = readdirSync(output, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .sort();
say(`\n${output}/`);
for (const file of files) {
  const lines = readFileSync(`${output}/${file}`, "utf8").split("\n").length - 1;
  say(`  ${file.padEnd(32)}${String(lines).padStart(5)} lines`);
}

show("events/net.ts", /^export interface NetdevStreamConnectedEvent/m);
show("types/net.ts", /^export type Netdev =/m);
show("commands/net.ts", /^export function netdevAdd/m);
say(`All of it is in ${output}/.`);

/** Prints the statement that begins where `pattern` matches, with the comment above it. */
function show(file, pattern) {
  const text = readFileSync(`${output}/${file}`, "utf8");
  const at = text.search(pattern);
  if (at === -1) throw new Error(`${file} has nothing that looks like ${String(pattern)}`);
  const before = text.slice(0, at);
  const start = before.endsWith("*/\n") ? before.lastIndexOf("/**") : at;
  const isBlock = /^[^\n]*[{(]$/m.exec(text.slice(at, text.indexOf("\n", at))) !== null;
  const end = isBlock ? text.indexOf("\n}", at) + 2 : text.indexOf(";\n", at) + 1;
  say(`\n--- ${file} ---\n${text.slice(start, end)}`);
}

function say(text) {
  console.log(text);
}
