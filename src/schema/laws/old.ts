/** What earlier releases of QEMU wrote otherwise: read all the same, and worth a word in a schema of today. */
import type { Law } from "../../law.js";

export const oldLaws: readonly Law[] = [
  {
    id: "missing-comma",
    law: "Commas separate what is in an object or a list.",
    severity: "style",
    stage: "text",
    why: "The compiler of 1.x took no notice of commas; where one is missing today, more may be missing than that.",
    bad: `{ 'enum': 'Axis'
  'data': [ 'x', 'y' ] }
`,
    good: `{ 'enum': 'Axis',
  'data': [ 'x', 'y' ] }
`,
  },
  {
    id: "trailing-comma",
    law: "No comma stands behind the last element of an object or a list.",
    severity: "style",
    stage: "text",
    why: "The compiler of 1.x took no notice of commas; today one says that something follows.",
    bad: `{ 'enum': 'Axis',
  'data': [ 'x', 'y', ] }
`,
    good: `{ 'enum': 'Axis',
  'data': [ 'x', 'y' ] }
`,
  },
  {
    id: "old-struct-keyword",
    law: "A struct is defined with the key 'struct'.",
    severity: "style",
    stage: "form",
    why: "Until 2.3 the key was 'type', which says less, since enums and unions are types as well.",
    bad: `{ 'type': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "old-struct-in-place",
    law: "The type of a member is the name of a type.",
    severity: "style",
    stage: "form",
    why: "Until 2.3 the members of a struct could stand where its name would. Such a struct cannot be used twice nor documented.",
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
    why: "Until 6.0 a union without them had the member 'type' and, with each branch, the member 'data'. The schema is easier to read when it says so.",
    bad: `{ 'struct': 'Disk',
  'data': { 'file': 'str' } }
{ 'union': 'Backend',
  'data': { 'disk': 'Disk' } }
`,
    good: `{ 'struct': 'Disk',
  'data': { 'file': 'str' } }
{ 'struct': 'DiskWrapper',
  'data': { 'data': 'Disk' } }
{ 'enum': 'BackendType',
  'data': [ 'disk' ] }
{ 'union': 'Backend',
  'base': { 'type': 'BackendType' },
  'discriminator': 'type',
  'data': { 'disk': 'DiskWrapper' } }
`,
  },
  {
    id: "old-anonymous-union",
    law: "A choice between types that JSON tells apart is an alternate.",
    severity: "style",
    stage: "form",
    why: "Until 2.3 it was written as a union whose discriminator is an empty object.",
    bad: `{ 'union': 'NumberOrNumbers',
  'discriminator': {},
  'data': { 'number': 'int', 'list': [ 'int' ] } }
`,
    good: `{ 'alternate': 'NumberOrNumbers',
  'data': { 'number': 'int', 'list': [ 'int' ] } }
`,
  },
  {
    id: "old-any",
    law: "The type of anything is called 'any'.",
    severity: "style",
    stage: "meaning",
    why: "Until 2.4 it was '**', or 'visitor' for commands that read their arguments themselves.",
    bad: `{ 'struct': 'Property',
  'data': { 'value': '**' } }
`,
    good: `{ 'struct': 'Property',
  'data': { 'value': 'any' } }
`,
  },
  {
    id: "old-condition",
    law: "A condition names a build option, or combines conditions with 'all', 'any' and 'not'.",
    severity: "style",
    stage: "form",
    why: "Until 6.1 it was text for the C preprocessor, which nobody but a C compiler understands for certain.",
    bad: `{ 'command': 'vnc-start',
  'if': 'defined(CONFIG_VNC) && !defined(CONFIG_WIN32)' }
`,
    good: `{ 'command': 'vnc-start',
  'if': { 'all': [ 'CONFIG_VNC', { 'not': 'CONFIG_WIN32' } ] } }
`,
  },
  {
    id: "old-flag",
    law: "A flag is true or false.",
    severity: "style",
    stage: "form",
    why: "Until 2.3 'gen' and 'success-response' were the string 'no'.",
    bad: `{ 'command': 'power-off',
  'success-response': 'no' }
`,
    good: `{ 'command': 'power-off',
  'success-response': false }
`,
  },
  {
    id: "useless-flag",
    law: "A flag is written only where it is not what it is anyway.",
    severity: "style",
    stage: "form",
    why: "A flag stands out then: 'gen' and 'success-response' can only be false, the others only true.",
    bad: `{ 'command': 'power-off',
  'gen': true }
`,
    good: `{ 'command': 'power-off' }
`,
  },
  {
    id: "old-defaults",
    law: "A command has no defaults.",
    severity: "style",
    stage: "form",
    why: "They were documented until 2.x, but no compiler ever made anything of them.",
    bad: `{ 'command': 'set-speed',
  'data': { '*percent': 'int' },
  'defaults': { 'percent': 100 } }
`,
    good: `{ 'command': 'set-speed',
  'data': { '*percent': 'int' } }
`,
  },
];
