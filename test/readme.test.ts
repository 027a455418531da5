/** The mistakes that the README shows are told as it shows them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatText } from "../src/diagnostic-report.js";
import { diagnosticsOf, findings } from "./support/harness.js";

const README = readFileSync("README.md", "utf8");

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
