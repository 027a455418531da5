/** Whatever a schema's documentation is, the output's is TSDoc. */
import fc from "fast-check";
import { test } from "vitest";
import { commands } from "../../src/emitters/commands.js";
import { types } from "../../src/emitters/types.js";
import { emittedFiles } from "../support/emitted.js";
import { tsdocWarnings } from "../support/lint-tsdoc.js";
import { parameters } from "../support/property.js";

/** Definitions in a schema: starting the linter takes longer than to lint one comment. */
const BATCH = 100;

/** What begins a line: markup that is a block, and sections of documentation. */
const BLOCKS = [
  ...["- ", "1. ", "(a) ", "  ", "    ", "  - ", ".. note:: ", ".. note::\n\n   ", ".. code-block:: c\n\n   ", "-> "],
  ...[
    ".. qmp-example::\n   :title: ",
    ".. list-table::\n\n   * - ",
    "== ==\n",
    "+--+--+\n",
    "Term\n   ",
    "> ",
    "# ",
    "~~~",
  ],
  ...["@a: ", "Returns: ", "Since: ", "Features:\n\n@deprecated: ", "Errors:\n  - ", "Example:\n\n", "::\n\n  "],
];

/** What is in a line: right and wrong markup of reStructuredText, of Markdown, and of TSDoc. */
const PIECES = [
  ...["word", "``a``", "``a`b``", "`S1`", "`constructor`", "`a <https://x.y/z>`_", "`odd <f>`_", "https://a.b/c_d?e=f"],
  ...["*em*", "**st**", "*", "**", "`", "``", "```", "@a", "@S1", "@param", "@link", "{@link S1}", "{@inheritDoc x}"],
  ...["{", "}", "<b>", "</b>", "<!--", "<", ">", "&amp;", "*/", "/*", "\\", "\\*", "\\@", "_x_", "__x__", "~~x~~", "#"],
  ...["|", "-", "=", "[a](b)", "[a]: b", ":role:`x`", "@__PURE__", "Since 1.2", "#optional", "a@b.c", "@", "{@", "{{"],
  ...["``{@link x}``", "``@since``", "`@x`", "\u200b", "\ud83d\ude00"],
];

const line = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight: 2, arbitrary: fc.constantFrom(...BLOCKS) }),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }),
    fc.constantFrom(" ", ""),
  )
  .map(([block, pieces, between]) => block + pieces.join(between));

const documentation = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.join("\n"));

test("of any documentation comes documentation that a linter finds nothing in", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(documentation, { minLength: BATCH, maxLength: BATCH }), expectNoWarnings),
    parameters(5, { endOnFailure: true }),
  );
});

async function expectNoWarnings(texts: readonly string[]): Promise<void> {
  const definitions = texts.map((text, index) => {
    const lines = text.split("\n").map((line) => `# ${line}`.trimEnd());
    const end = index % 2 === 0 ? `{ 'struct': 'S${String(index)}'` : `{ 'command': 'c${String(index)}'`;
    return `##\n# @${end.split("'")[3] ?? ""}:\n#\n${lines.join("\n")}\n##\n${end}, 'data': { 'a': 'str' } }\n`;
  });
  const output = emittedFiles(`${definitions.join("\n")}\n{ 'command': 'constructor' }`, [types, commands]);
  const warnings = await tsdocWarnings(output);
  if (warnings.length > 0) throw new Error(`${warnings.join("\n")}\n\n${output.get("types/test.ts") ?? ""}`);
}
