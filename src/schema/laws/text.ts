/** What text has to be like for it to be a schema at all. */
import type { Law } from "../../law.js";

const TOO_DEEP = 101;

export const textLaws: readonly Law[] = [
  {
    id: "syntax",
    law: "A file is a sequence of objects and comments, in the language's variant of JSON.",
    severity: "error",
    stage: "text",
    why: "Where brackets, commas or quotes are not where they belong, nothing behind them can be trusted.",
    bad: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y' 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "unterminated-string",
    law: "A string ends on the line that it begins on.",
    severity: "error",
    stage: "text",
    why: "No name has a line break, so a string that goes on lacks its quote, and would take up half of the file.",
    bad: `{ 'struct': 'Point',
  'data': { 'x': 'int } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int' } }
`,
  },
  {
    id: "invalid-escape",
    law: "A backslash in a string stands before another backslash.",
    severity: "error",
    stage: "text",
    why: "Strings are names, which need no escapes; those of JSON are not part of the language.",
    bad: `{ 'command': 'save',
  'data': { 'file\\name': 'str' } }
`,
    good: `{ 'command': 'save',
  'data': { 'file-name': 'str' } }
`,
  },
  {
    id: "invalid-character",
    law: "Strings consist of printable ASCII characters.",
    severity: "error",
    stage: "text",
    why: "Names become identifiers of programs; other characters look alike, or cannot be seen at all.",
    bad: `{ 'struct': 'Shoe',
  'data': { 'größe': 'int' } }
`,
    good: `{ 'struct': 'Shoe',
  'data': { 'groesse': 'int' } }
`,
  },
  {
    id: "nesting-too-deep",
    law: `Brackets nest no deeper than ${String(TOO_DEEP - 1)} levels.`,
    severity: "error",
    stage: "text",
    why: "Schemas nest four levels; what nests deeper than this only wears out the stack of whoever reads it.",
    bad: `{ 'command': 'dig',
  'data': { 'depth': ${"[".repeat(TOO_DEEP)} 'int' ${"]".repeat(TOO_DEEP)} } }
`,
    good: `{ 'command': 'dig',
  'data': { 'depth': [ 'int' ] } }
`,
  },
  {
    id: "duplicate-key",
    law: "An object has no key twice.",
    severity: "error",
    stage: "text",
    why: "Nobody can say which of the two values is meant.",
    bad: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'x': 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "too-many-errors",
    law: "A file has no more than a thousand mistakes that keep it from being read.",
    severity: "error",
    stage: "text",
    why: "Whatever that is, it is no schema; the rest of it is not read, which protects the memory.",
  },
  {
    id: "byte-order-mark",
    law: "A file begins with its text, not with a byte-order mark.",
    severity: "style",
    stage: "text",
    why: "UTF-8 has one order of bytes only, and QEMU's compiler takes the mark for a stray character.",
    bad: `\ufeff{ 'enum': 'Axis',
  'data': [ 'x', 'y' ] }
`,
    good: `{ 'enum': 'Axis',
  'data': [ 'x', 'y' ] }
`,
  },
];
