// Makes src/syntax/grammar.js from grammar/qapi.peggy.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import peggy from "peggy";

const input = fileURLToPath(new URL("../grammar/qapi.peggy", import.meta.url));
const output = fileURLToPath(new URL("../src/syntax/grammar.js", import.meta.url));

try {
  const parser = peggy.generate(readFileSync(input, "utf8"), {
    output: "source",
    format: "es",
    grammarSource: "qapi.peggy",
  });
  writeFileSync(output, `// Made from grammar/qapi.peggy by scripts/grammar.js.\n${parser}`);
} catch (error) {
  if (!(error instanceof peggy.GrammarError) && !(error instanceof peggy.parser.SyntaxError)) throw error;
  console.error(error.format([{ source: "qapi.peggy", text: readFileSync(input, "utf8") }]));
  process.exitCode = 1;
}
