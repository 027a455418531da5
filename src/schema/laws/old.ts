/** What releases of QEMU before today's had for a law: it is read, and its meaning is clear. */
import type { Law } from "../../law.js";

export const oldLaws: readonly Law[] = [
  {
    id: "missing-comma",
    law: "There is a comma between the members of an object and between the elements of a list.",
    severity: "style",
    stage: "text",
    why: "Compilers before 1.3 did not mind; today's stops there.",
    bad: `{ 'struct': 'Point',
  'data': { 'x': 'int' 'y': 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "trailing-comma",
    law: "There is no comma behind the last member of an object or the last element of a list.",
    severity: "style",
    stage: "text",
    why: "Compilers before 1.3 did not mind; today's waits for something to follow.",
    bad: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int', } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "old-struct-keyword",
    law: "A struct is defined with the key 'struct'.",
    severity: "style",
    stage: "form",
    why: "Before 2.4 the key was 'type', which said nothing that is not true of enums and unions as well.",
    bad: `{ 'type': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "old-struct-in-place",
    law: "The type of a member is the name of a type or a list of one.",
    severity: "style",
    stage: "form",
    why: "Before 2.4 the members of a struct could be written in place of its name, which left the struct without one.",
    bad: `{ 'struct': 'Line',
  'data': { 'from': { 'x': 'int', 'y': 'int' } } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
{ 'struct': 'Line',
  'data': { 'from': 'Point' } }
`,
  },
  {
    id: "old-simple-union",
    law: "A union has a base and a discriminator.",
    severity: "style",
    stage: "form",
    why: "Before 6.1 a union without them had an enum of its own, and each branch wrapped its value into a member 'data'.",
    bad: `{ 'struct': 'Circle',
  'data': { 'radius': 'int' } }
{ 'union': 'Figure',
  'data': { 'circle': 'Circle' } }
`,
    good: `{ 'struct': 'Circle',
  'data': { 'radius': 'int' } }
{ 'struct': 'CircleWrapper',
  'data': { 'data': 'Circle' } }
{ 'enum': 'FigureType',
  'data': [ 'circle' ] }
{ 'union': 'Figure',
  'base': { 'type': 'FigureType' },
  'discriminator': 'type',
  'data': { 'circle': 'CircleWrapper' } }
`,
  },
  {
    id: "old-anonymous-union",
    law: "What is told apart by its JSON type is an alternate.",
    severity: "style",
    stage: "form",
    why: "Before 2.4 it was a union whose discriminator was an empty object.",
    bad: `{ 'union': 'Place',
  'discriminator': { },
  'data': { 'name': 'str', 'names': [ 'str' ] } }
`,
    good: `{ 'alternate': 'Place',
  'data': { 'name': 'str', 'names': [ 'str' ] } }
`,
  },
  {
    id: "old-condition",
    law: "A condition is the name of a build option, or an object with 'all', 'any' or 'not'.",
    severity: "style",
    stage: "form",
    why: "Before 6.1 it was text for the C preprocessor, which no other language could make anything of.",
    bad: `{ 'command': 'beep',
  'if': 'defined(CONFIG_SPEAKER) && !defined(CONFIG_QUIET)' }
`,
    good: `{ 'command': 'beep',
  'if': { 'all': [ 'CONFIG_SPEAKER', { 'not': 'CONFIG_QUIET' } ] } }
`,
  },
  {
    id: "old-flag",
    law: "Flags of commands are true or false.",
    severity: "style",
    stage: "form",
    why: "Before 2.4 the language had no booleans, and 'no' stood for false.",
    bad: `{ 'command': 'beep',
  'gen': 'no' }
`,
    good: `{ 'command': 'beep',
  'gen': false }
`,
  },
  {
    id: "useless-flag",
    law: "A flag says what would not be so without it.",
    severity: "style",
    stage: "form",
    why: "Most flags are never given, so one that is there should mean that something is unusual.",
    bad: `{ 'command': 'beep',
  'gen': true }
`,
    good: `{ 'command': 'beep' }
`,
  },
  {
    id: "old-defaults",
    law: "A command says nothing of the values of optional arguments that are not given.",
    severity: "style",
    stage: "form",
    why: "Around 2.0 the key 'defaults' was described, but nothing ever came of it.",
    bad: `{ 'command': 'beep',
  'data': { '*seconds': 'int' },
  'defaults': { 'seconds': 1 } }
`,
    good: `{ 'command': 'beep',
  'data': { '*seconds': 'int' } }
`,
  },
  {
    id: "old-any",
    law: "The type of anything at all is 'any'.",
    severity: "style",
    stage: "meaning",
    why: "Before 2.5 it was '**', in the few commands whose arguments the compiler could not describe.",
    bad: `{ 'command': 'beep',
  'data': { 'tune': '**' } }
`,
    good: `{ 'command': 'beep',
  'data': { 'tune': 'any' } }
`,
  },
];
