// Makes the parsers in src/syntax/ from grammar/*.peggy.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import peggy from "peggy";

make("qapi.peggy", "grammar.js");
make("condition.peggy", "condition-grammar.js");

/**
 * @param {string} grammar
 * @param {string} parser
 */
function make(grammar, parser) {
  const text = readFileSync(fileURLToPath(new URL(`../grammar/${grammar}`, import.meta.url)), "utf8");
  const output = fileURLToPath(new URL(`../src/syntax/${parser}`, import.meta.url));
  try {
    const source = peggy.generate(text, { output: "source", format: "es", grammarSource: grammar });
    writeFileSync(output, `// Made from grammar/${grammar} by scripts/grammar.js.\n${source}`);
  } catch (error) {
    if (!(error instanceof peggy.GrammarError) && !(error instanceof peggy.parser.SyntaxError)) throw error;
    console.error(error.format([{ source: grammar, text }]));
    process.exitCode = 1;
  }
}
