/** An application that uses generated code, to be tried wherever JavaScript runs: `test/runtimes/app.ts`, told where that code is. */
import { readFileSync } from "node:fs";
import ts from "typescript";

/** What it prints: of an event that is right, of one that is wrong, of a command. */
export const PRINTED: readonly string[] = [
  "net0 by unix",
  "data.addr.path: expected a string, received 4444",
  'netdev_add {"type":"user","id":"net1"}',
  "Error: there is no QEMU",
  "normal,none,all",
];

/**
 * The text of the application, beside a folder `qmp` with what was generated from `fixtures/net`.
 *
 * @param target - `ts` or `js`.
 * @param extension - What imports end with: `.js`, `.ts` or `none`.
 */
export function applicationText(target: string, extension: string): string {
  const text = readFileSync(new URL("../runtimes/app.ts", import.meta.url), "utf8").replaceAll(
    /"[./]+\/generated\/fixtures\/net\/(.+)\.js"/g,
    `"./qmp/$1${extension === "none" ? "" : extension}"`,
  );
  if (target === "ts") return text;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
