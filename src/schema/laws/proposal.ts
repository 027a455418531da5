/** The notation of the proposal of 2011, in which no release of QEMU wrote its schema: read all the same. */
import type { Law } from "../../law.js";

export const proposalLaws: readonly Law[] = [
  {
    id: "proposal-command",
    law: "A command is an object that says so with the key 'command'.",
    severity: "style",
    stage: "text",
    why: "The proposal that events began with, of 2011, wrote it as a list of four parts, which QEMU's compiler has never read.",
    bad: `[ 'beep', { 'pitch': 'int' }, { 'seconds': 'int' }, 'none' ]
`,
    good: `{ 'command': 'beep',
  'data': { 'pitch': 'int', '*seconds': 'int' } }
`,
  },
  {
    id: "proposal-type",
    law: "A key says of a struct, an enum or an event which of them it is.",
    severity: "style",
    stage: "form",
    why: "The proposal that events began with, of 2011, told it by the name and the brackets, which QEMU's compiler has never done.",
    bad: `{ 'Axis': [ 'x', 'y' ] }
{ 'AxisLostEvent': { 'axis': 'Axis' } }
`,
    good: `{ 'enum': 'Axis',
  'data': [ 'x', 'y' ] }
{ 'event': 'AXIS_LOST_EVENT',
  'data': { 'axis': 'Axis' } }
`,
  },
  {
    id: "proposal-parts",
    law: "A command that is written as a list has four parts: its name, its arguments, its optional arguments, and its result.",
    severity: "error",
    stage: "form",
    why: "Only its place tells what a part is, so each has to be there, if only as '{}' or 'none'.",
    bad: `[ 'beep', { 'pitch': 'int' }, 'none' ]
`,
    good: `[ 'beep', { 'pitch': 'int' }, {}, 'none' ]
`,
  },
  {
    id: "invalid-signal",
    law: "A signal accessor returns one event, which is defined, and has no argument called 'tag'.",
    severity: "error",
    stage: "meaning",
    why: "It stands for two commands: one connects a client to the event and returns a tag, the other disconnects what has the tag.",
    bad: `{ 'PowerEvent': { 'is-on': 'bool' } }
[ 'power-event', {}, {}, 'PowersEvent' ]
`,
    good: `{ 'PowerEvent': { 'is-on': 'bool' } }
[ 'power-event', {}, {}, 'PowerEvent' ]
`,
  },
];
