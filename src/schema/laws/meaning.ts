/** What has to be true of definitions when all names are known. */
import type { Law } from "../../law.js";

export const meaningLaws: readonly Law[] = [
  {
    id: "duplicate-definition",
    law: "A name is defined once, and is not that of a built-in type.",
    severity: "error",
    stage: "meaning",
    why: "Types, commands and events share one namespace over all files, so a name must not mean two things.",
    bad: `{ 'enum': 'Axis',
  'data': [ 'x', 'y' ] }
{ 'struct': 'Axis',
  'data': { 'origin': 'int' } }
`,
    good: `{ 'enum': 'AxisName',
  'data': [ 'x', 'y' ] }
{ 'struct': 'Axis',
  'data': { 'origin': 'int' } }
`,
  },
  {
    id: "undefined-type",
    law: "Where a type is named, there is a type of that name.",
    severity: "error",
    stage: "meaning",
    why: "A type is built in or defined in one of the files; commands and events are no types.",
    bad: `{ 'struct': 'Point',
  'data': { 'x': 'integer', 'y': 'integer' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "duplicate-value",
    law: "An enum has no value twice.",
    severity: "error",
    stage: "meaning",
    why: "The second one would add nothing, so it is a slip, and most likely of a value that is missing now.",
    bad: `{ 'enum': 'Axis',
  'data': [ 'x', 'y', 'x' ] }
`,
    good: `{ 'enum': 'Axis',
  'data': [ 'x', 'y', 'z' ] }
`,
  },
  {
    id: "duplicate-member",
    law: "A definition has no member, branch or alternative of one name twice.",
    severity: "error",
    stage: "meaning",
    why: "The '*' of optional members is not part of the name, and a JSON object has each key once.",
    bad: `{ 'struct': 'Point',
  'data': { 'x': 'int', '*x': 'int' } }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', '*y': 'int' } }
`,
  },
  {
    id: "duplicate-feature",
    law: "Nothing has a feature twice.",
    severity: "error",
    stage: "meaning",
    why: "A feature is there or not; the second one is a slip.",
    bad: `{ 'command': 'beep',
  'features': [ 'loud', 'loud' ] }
`,
    good: `{ 'command': 'beep',
  'features': [ 'loud' ] }
`,
  },
  {
    id: "invalid-base",
    law: "A base is a struct.",
    severity: "error",
    stage: "meaning",
    why: "The members of the base become members of what has it; nothing but a struct has only members to give.",
    bad: `{ 'enum': 'Axis',
  'data': [ 'x', 'y' ] }
{ 'struct': 'Point',
  'base': 'Axis',
  'data': { } }
`,
    good: `{ 'struct': 'Place',
  'data': { 'x': 'int', 'y': 'int' } }
{ 'struct': 'Point',
  'base': 'Place',
  'data': { } }
`,
  },
  {
    id: "base-cycle",
    law: "A struct is not its own base, neither directly nor by way of others.",
    severity: "error",
    stage: "meaning",
    why: "It would have its own members twice, and without end.",
    bad: `{ 'struct': 'Hen',
  'base': 'Egg',
  'data': { 'name': 'str' } }
{ 'struct': 'Egg',
  'base': 'Hen',
  'data': { 'weight': 'int' } }
`,
    good: `{ 'struct': 'Hen',
  'data': { 'name': 'str', 'eggs': [ 'Egg' ] } }
{ 'struct': 'Egg',
  'data': { 'weight': 'int' } }
`,
  },
  {
    id: "invalid-discriminator",
    law: "The discriminator of a union is a required, unconditional member of its base, of an enum type.",
    severity: "error",
    stage: "meaning",
    why: "Its value tells which branch a value has, so it must always be there and have a known set of values.",
    bad: `{ 'struct': 'Circle',
  'data': { 'radius': 'int' } }
{ 'union': 'Figure',
  'base': { 'shape': 'str' },
  'discriminator': 'shape',
  'data': { 'circle': 'Circle' } }
`,
    good: `{ 'enum': 'Shape',
  'data': [ 'circle' ] }
{ 'struct': 'Circle',
  'data': { 'radius': 'int' } }
{ 'union': 'Figure',
  'base': { 'shape': 'Shape' },
  'discriminator': 'shape',
  'data': { 'circle': 'Circle' } }
`,
  },
  {
    id: "invalid-branch",
    law: "A branch of a union is named after a value of the discriminator's enum, and is a struct or a union.",
    severity: "error",
    stage: "meaning",
    why: "No value of the discriminator would choose another branch, and only members can be added to those of the base.",
    bad: `{ 'enum': 'Shape',
  'data': [ 'circle' ] }
{ 'struct': 'Circle',
  'data': { 'radius': 'int' } }
{ 'union': 'Figure',
  'base': { 'shape': 'Shape' },
  'discriminator': 'shape',
  'data': { 'circel': 'Circle' } }
`,
    good: `{ 'enum': 'Shape',
  'data': [ 'circle' ] }
{ 'struct': 'Circle',
  'data': { 'radius': 'int' } }
{ 'union': 'Figure',
  'base': { 'shape': 'Shape' },
  'discriminator': 'shape',
  'data': { 'circle': 'Circle' } }
`,
  },
  {
    id: "invalid-alternative",
    law: "An alternative of an alternate has one JSON type that is known beforehand.",
    severity: "error",
    stage: "meaning",
    why: "The JSON type of a value tells which alternative it is; 'any' and other alternates may be of several.",
    bad: `{ 'alternate': 'Place',
  'data': { 'name': 'str', 'other': 'any' } }
`,
    good: `{ 'alternate': 'Place',
  'data': { 'name': 'str', 'other': [ 'str' ] } }
`,
  },
  {
    id: "invalid-arguments",
    law: "The 'data' of a command or an event is a struct or a union, or members in place.",
    severity: "error",
    stage: "meaning",
    why: "Arguments go over the wire as the members of an object, so each needs a name.",
    bad: `{ 'command': 'beep',
  'data': 'int' }
`,
    good: `{ 'command': 'beep',
  'data': { 'seconds': 'int' } }
`,
  },
  {
    id: "too-many-members",
    law: "All structs of a schema together inherit no more than a million members.",
    severity: "error",
    stage: "meaning",
    why: "Long lines of bases make the number of members grow as the square of their own; this protects the memory.",
  },
];
