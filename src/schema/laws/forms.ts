/** What each definition has to be like, taken by itself. */
import type { Law } from "../../law.js";

export const formLaws: readonly Law[] = [
  {
    id: "unknown-form",
    law: "A key of each top-level object says what it defines.",
    severity: "error",
    stage: "form",
    why: "Without 'struct', 'enum', 'command' or one of the other five there is no telling what the other keys mean.",
    bad: `{ 'class': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "ambiguous-form",
    law: "Only one key of a top-level object says what it defines.",
    severity: "error",
    stage: "form",
    why: "An object defines one thing; with two keys that say what, the others could belong to either.",
    bad: `{ 'enum': 'Axis', 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `{ 'enum': 'Axis',
  'data': [ 'x', 'y' ] }
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "unknown-key",
    law: "Each key of an object means something there.",
    severity: "error",
    stage: "form",
    why: "A key that is not known is a slip, or something of another version that would be ignored silently.",
    bad: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
{ 'struct': 'Pixel',
  'parent': 'Point',
  'data': { 'color': 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
{ 'struct': 'Pixel',
  'base': 'Point',
  'data': { 'color': 'int' } }
`,
  },
  {
    id: "missing-key",
    law: "An object has the keys that are required of it.",
    severity: "error",
    stage: "form",
    why: "Without them it is not known what is being defined; what is empty has to be said to be so.",
    bad: `{ 'struct': 'Nothing' }
`,
    good: `{ 'struct': 'Nothing',
  'data': { } }
`,
  },
  {
    id: "wrong-value",
    law: "A value is of the kind that its key wants.",
    severity: "error",
    stage: "form",
    why: "A list in the place of an object, or a string in that of a list, says nothing there.",
    bad: `{ 'enum': 'Axis',
  'data': 'x' }
`,
    good: `{ 'enum': 'Axis',
  'data': [ 'x' ] }
`,
  },
  {
    id: "invalid-name",
    law: "Names consist of letters, digits, '-' and '_', and begin with a letter or a digit.",
    severity: "error",
    stage: "form",
    why: "Names become identifiers of programs in several languages; vendors mark theirs with a prefix, '__com.example_'.",
    bad: `{ 'struct': 'Point',
  'data': { 'x axis': 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x-axis': 'int' } }
`,
  },
  {
    id: "invalid-condition",
    law: "A condition names a build option, or combines conditions with 'all', 'any' and 'not'.",
    severity: "error",
    stage: "form",
    why: "QEMU makes a preprocessor condition of it, so nothing else would compile.",
    bad: `{ 'command': 'beep',
  'if': { 'any': [ ] } }
`,
    good: `{ 'command': 'beep',
  'if': { 'any': [ 'CONFIG_SPEAKER', 'CONFIG_BUZZER' ] } }
`,
  },
  {
    id: "no-alternatives",
    law: "An alternate has at least one alternative.",
    severity: "error",
    stage: "form",
    why: "No value could ever be of a type that offers nothing to choose from.",
    bad: `{ 'alternate': 'Place',
  'data': { } }
`,
    good: `{ 'alternate': 'Place',
  'data': { 'name': 'str' } }
`,
  },
];
