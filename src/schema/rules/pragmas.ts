import type { PropertyNode, StringNode } from "../../syntax/ast.js";
import { quoteList } from "../../syntax/reader.js";
import { suggestion } from "../../syntax/suggestion.js";
import type { Tree } from "../load.js";
import { PRAGMAS, RENAMED_PRAGMAS, wrongPart } from "../pragmas.js";
import type { Rule } from "./rule.js";

export const unknownPragma: Rule = {
  id: "unknown-pragma",
  law: `The pragmas are ${quoteList([...PRAGMAS.keys()])}.`,
  severity: "style",
  stage: "text",
  why: "A pragma that nobody knows has no effect, so a slip in its name would go unnoticed.",
  bad: `{ 'pragma': { 'doc-optional': true } }
`,
  good: `{ 'pragma': { 'doc-required': false } }
`,
  check({ tree }, report) {
    for (const { key } of settings(tree)) {
      if (PRAGMAS.has(key.text)) continue;
      report({ code: this.id, message: `there is no pragma '${key.text}'`, span: key.span, hint: hintFor(key) });
    }
  },
};

export const pragmaValue: Rule = {
  id: "pragma-value",
  law: "The value of 'doc-required' is true or false; that of every other pragma is a list of names.",
  severity: "style",
  stage: "text",
  why: "Any other value has no effect.",
  bad: `{ 'pragma': { 'command-name-exceptions': 'beep_once' } }
`,
  good: `{ 'pragma': { 'command-name-exceptions': [ 'beep_once' ] } }
`,
  check({ tree }, report) {
    for (const { key, value } of settings(tree)) {
      const wanted = PRAGMAS.get(key.text);
      const wrong = wanted === undefined ? undefined : wrongPart(value, wanted);
      if (wrong === undefined) continue;
      const inList = wrong !== value;
      report({
        code: this.id,
        message: inList
          ? `the list of pragma '${key.text}' has something in it that is not a name`
          : `the value of pragma '${key.text}' is not ${wanted === "boolean" ? "true or false" : "a list of names"}`,
        span: wrong.span,
        ...(wrong.kind === "string" ? { hint: hintForString(wrong, wanted === "boolean") } : {}),
      });
    }
  },
};

function* settings({ files }: Tree): Iterable<PropertyNode> {
  for (const { node } of files) {
    for (const entry of node.entries) if (entry.kind === "pragma") yield* entry.settings;
  }
}

function hintFor({ text }: StringNode): string {
  const renamed = RENAMED_PRAGMAS.get(text);
  if (renamed !== undefined) return `it has been called '${renamed}' since QEMU 6.0`;
  const similar = suggestion(text, PRAGMAS.keys());
  return similar === undefined ? `there are ${quoteList([...PRAGMAS.keys()])}` : `did you mean '${similar}'?`;
}

function hintForString({ text }: StringNode, isBoolean: boolean): string {
  return isBoolean ? "write true or false, without quotes" : `write [ '${text}' ]`;
}
