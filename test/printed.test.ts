/**
 * What people get to see: what `check` prints of more than twenty different mistakes, in one file to be read as they would
 * read it. `npx vitest run test/printed.test.ts -u` writes it anew.
 */
import { expect, test } from "vitest";
import { formatText } from "../src/diagnostic-report.js";
import { printable } from "../src/printable.js";
import { diagnosticsOf, type SchemaText } from "./support/harness.js";

const MISTAKES: readonly (readonly [string, SchemaText])[] = [
  [
    "JSON's double quotes",
    `{ "struct": "Point",
  "data": { "x": "int" } }
`,
  ],
  [
    "a string that is not closed",
    `{ 'struct': 'Point',
  'data': { 'x': 'int, 'y': 'int' } }
{ 'event': 'MOVED', 'data': { 'to': 'Point } }
`,
  ],
  [
    "letters of other alphabets, and a tab",
    `{ 'enum': 'Colour', 'data': [ 'grün' ] }
{ 'command': 'set\tcolour' }
{ 'command': 'p\u0430int' }
{ 'command': 'pa\u200bint' }
`,
  ],
  [
    "a brace that is not closed",
    `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' }

{ 'command': 'query-point', 'returns': 'Point' }
`,
  ],
  [
    "definitions in a list",
    `[
  { 'command': 'stop' },
  { 'command': 'cont' }
]
`,
  ],
  [
    "keys that are misspelt, missing or of something else",
    `{ 'comand': 'stop' }
{ 'command': 'query-point', 'retruns': 'Point' }
{ 'struct': 'Point', 'members': { 'x': 'int' } }
{ 'event': 'MOVED', 'returns': 'int' }
`,
  ],
  [
    "two definitions in one",
    `{ 'enum': 'Axis', 'struct': 'Point', 'data': { 'x': 'int' } }
`,
  ],
  [
    "values of the wrong kind",
    `{ 'enum': 'Axis', 'data': { 'x': 'int' } }
{ 'command': 'move', 'data': 'Axis', 'returns': { 'x': 'int' } }
{ 'struct': 'Matrix', 'data': { 'rows': [ [ 'number' ] ], 'columns': true } }
{ 'struct': 'Limits', 'data': { 'columns': 3 } }
`,
  ],
  [
    "names that nothing can have",
    `{ 'struct': 'My Point', 'data': { } }
{ 'struct': 'Point', 'data': { '*': 'int', '-x': 'int' } }
{ 'alternate': 'Place', 'data': { '*name': 'str' } }
`,
  ],
  [
    "names that are not spelt as QEMU wants them",
    `{ 'struct': 'file_info', 'data': { 'fileName': 'str', 'file_size': 'int', 'has_more': 'bool' } }
{ 'command': 'queryFile', 'returns': 'file_info' }
{ 'event': 'file-changed' }
`,
  ],
  [
    "conditions that are none",
    `{ 'command': 'stop', 'if': 'config_stop' }
{ 'command': 'cont', 'if': { 'all': [ ] } }
{ 'command': 'quit', 'if': { 'and': [ 'CONFIG_A', 'CONFIG_B' ] } }
{ 'command': 'wait', 'if': 'defined(CONFIG_A) && CONFIG_B > 2' }
`,
  ],
  [
    "types that there are not",
    `{ 'struct': 'Point', 'data': { 'x': 'integer', 'label': 'string' } }
{ 'struct': 'Line', 'data': { 'from': 'point', 'to': 'Piont', 'via': [ 'Stop' ] } }
{ 'command': 'Stop', 'returns': 'Line' }
`,
  ],
  [
    "spellings of old releases",
    `{ 'type': 'Point', 'data': { 'x': 'int', 'label': '**' } }
{ 'union': 'Figure', 'data': { 'dot': 'Point' } }
{ 'command': 'draw', 'data': { 'at': 'Point' }, 'gen': 'no', 'if': 'defined(CONFIG_DRAW)' }
`,
  ],
  [
    "a name that is defined in two files",
    {
      "all.json": "{ 'include': 'shapes.json' }\n{ 'enum': 'Point', 'data': [ 'here' ] }\n",
      "shapes.json": "{ 'struct': 'Point', 'data': { 'x': 'int' } }\n",
    },
  ],
  [
    "files that are missing, out of reach or including each other",
    {
      "all.json":
        "{ 'include': 'a.json' }\n{ 'include': 'no.json' }\n{ 'include': '../../etc/passwd' }\n{ 'include': [ 'a.json' ] }\n",
      "a.json": "{ 'include': 'b.json' }\n",
      "b.json": "{ 'include': 'a.json' }\n",
    },
  ],
  [
    "bases in a circle, and what is no base",
    `{ 'struct': 'Hen', 'base': 'Egg', 'data': { 'name': 'str' } }
{ 'struct': 'Egg', 'base': 'Hen', 'data': { 'weight': 'int' } }
{ 'enum': 'Breed', 'data': [ 'leghorn' ] }
{ 'struct': 'Chick', 'base': 'Breed', 'data': { } }
`,
  ],
  [
    "a union that does not fit its enum",
    `{ 'enum': 'Shape', 'data': [ 'circle', 'square' ] }
{ 'struct': 'Circle', 'data': { 'radius': 'int', 'shape': 'str' } }
{ 'union': 'Figure', 'base': { 'shape': 'Shape' }, 'discriminator': 'shape',
  'data': { 'circle': 'Circle', 'squaer': 'Circle', 'square': 'int' } }
{ 'union': 'Drawing', 'base': { '*shape': 'Shape' }, 'discriminator': 'shape',
  'data': { } }
`,
  ],
  [
    "members and values that are there twice",
    `{ 'struct': 'Point', 'data': { 'x': 'int', 'y': 'int', 'x': 'int' } }
{ 'struct': 'Place', 'data': { 'x': 'int', '*x': 'int' } }
{ 'struct': 'Pixel', 'base': 'Place', 'data': { 'x': 'int' } }
{ 'enum': 'Axis', 'data': [ 'x', 'y', 'x' ], 'features': [ 'new', 'new' ] }
`,
  ],
  [
    "an alternate that nobody could tell apart",
    `{ 'struct': 'Point', 'data': { 'x': 'int' } }
{ 'struct': 'Name', 'data': { 'name': 'str' } }
{ 'alternate': 'Place', 'data': { 'point': 'Point', 'name': 'Name', 'else': 'any' } }
{ 'alternate': 'Nowhere', 'data': { } }
`,
  ],
  [
    "documentation that is not about what it documents",
    `{ 'pragma': { 'doc-required': true } }
##
# @Point:
#
# @X: how far to the right
#
# Returns: nothing
##
{ 'struct': 'Point', 'data': { 'x': 'int', 'y': 'int' } }

##
# @stop:
#
# Stops.
##
{ 'command': 'cont' }
{ 'command': 'quit' }
`,
  ],
  [
    "documentation that is not laid out as QEMU wants it",
    `##
# @move: Moves something. It takes its time, and a line of documentation that is too long.
#
# Note: do not use it.
#
# @to:
##
{ 'command': 'move', 'data': { 'to': 'str' } }
`,
  ],
  [
    "pragmas that there are not",
    `{ 'pragma': { 'doc-requierd': true, 'command-name-exceptions': 'do_it' } }
{ 'pragma': [ 'doc-required' ] }
`,
  ],
  [
    "many at once, of all kinds",
    `# A schema with a lot to say about.
{ 'struct': 'point', 'data': { 'x': 'int' 'y': 'itn' } }
{ 'command': 'draw', 'data': { 'at': 'Pint' }, 'return': 'str' }
{ 'enum': 'Colour', 'data': [ 'red', 'red' ] }
{ 'event': 'Drawn', 'data': 'Colour' }
{ 'event': 'CLEARED', 'data': { 'by' 'str' } }
`,
  ],
];

test("what is printed of mistakes is worth reading", async () => {
  const sections = MISTAKES.map(([title, schema]) => {
    const printed = formatText(diagnosticsOf(schema, { style: true }));
    expect(printed).not.toBe("");
    return `=== ${title}\n\n${shown(schema)}\n${printed}`;
  });
  await expect(sections.join("\n\n")).toMatchFileSnapshot("printed.txt");
});

/** The lines of a schema, each behind a bar. */
function shown(schema: SchemaText): string {
  if (typeof schema === "string") return schema.replace(/^(.*)\n/gm, (_, line: string) => `| ${printable(line)}\n`);
  return Object.entries(schema)
    .map(([file, text]) => `${file}:\n${shown(text)}`)
    .join("");
}
