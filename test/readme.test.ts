/** The code of the README: it compiles, it runs, and what it shows is what comes out. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { defaultEmitters } from "../src/emitters/index.js";
import { compileErrors } from "./support/compile.js";
import { emittedFiles } from "./support/emitted.js";
import { fixtureFiles } from "./support/fixtures.js";
import { formatText } from "../src/diagnostic-report.js";
import { diagnosticsOf, findings } from "./support/harness.js";

const README = readFileSync("README.md", "utf8");
const blocks = [...README.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code ?? "");

test("the use of generated code compiles", () => {
  const output = [...emittedFiles(fixtureFiles("net"), defaultEmitters)].map(
    ([path, text]) => [`qmp/${path}`, text] as const,
  );
  // The sample is a part of a program: what it declares is used, and there is a console.
  const names = [...(blocks[0] ?? "").matchAll(/^(?:async )?function ([a-zA-Z]+)/gm)].map(([, name]) => name);
  const sample = `${blocks[0] ?? ""}\nexport { ${names.join(", ")} };\ndeclare const console: { log(...values: unknown[]): void };`;
  expect(names).toHaveLength(4);
  expect(compileErrors(new Map([...output, ["app.ts", sample]]), { only: "app.ts" })).toEqual([]);
});

test("the library's example runs", async () => {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
  try {
    const outfile = join(directory, "example.mjs");
    await build({
      stdin: { contents: blocks.find((code) => code.includes('from "qapi-codegen";')) ?? "", resolveDir: "." },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile,
      alias: { "qapi-codegen": "./src/index.ts" },
    });
    const { stdout } = spawnSync(process.execPath, [outfile], { encoding: "utf8" });
    expect(stdout.split("\n")).toContain("events/a.ts");
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("the diagnostic that is shown is what comes out", () => {
  const shown = /^net\.json:14:(\d+): error\[([a-z-]+)\]: (.*)$/m.exec(README);
  const line = /^ {2}14 \| (.*)$/m.exec(README)?.[1] ?? "";
  const schema = `{ 'struct': 'SocketAddress', 'data': {} }${"\n".repeat(13 - 1)}{ 'struct': 'NetdevStreamOptions',\n${line}`;
  expect(findings(schema)[0]).toContain(`14:${shown?.[1] ?? ""} ${shown?.[2] ?? ""}: ${shown?.[3] ?? ""} |`);
});

test("the finding of style that is shown is what comes out", () => {
  const [, shown = ""] = /^power\.json:(9:14: style\[[^]*?)^```$/m.exec(README) ?? [];
  const text = `{ 'struct': 'PowerInfo', 'data': {} }${"\n".repeat(9 - 1)}${/^ {3}9 \| (.*)$/m.exec(shown)?.[1] ?? ""}\n`;
  const printed = formatText(diagnosticsOf(text, { style: true }), { color: false });
  expect(printed.replaceAll("test.json:", "").trimEnd()).toBe(`${shown}\n1 style finding`);
});
