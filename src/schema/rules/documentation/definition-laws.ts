/** The laws about documentation and the definition that it is about. */
import type { Law } from "../../../law.js";

/** Their ids. */
export type DefinitionLaw = "doc-wrong-symbol" | "doc-result" | "doc-undescribed" | "doc-unknown";

/** What there is to say of each; all are of style. */
export const definitionLaws: Readonly<Record<DefinitionLaw, Omit<Law, "id" | "severity">>> = {
  "doc-wrong-symbol": {
    law: "The documentation right before a definition has its name.",
    stage: "form",
    why: "After a definition is renamed or copied, its documentation would be that of another.",
    bad: `##
# @Pixel:
#
# @x: to the right
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `##
# @Point:
#
# @x: to the right
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-result": {
    law: "Only commands have 'Returns:' and 'Errors:', and 'Returns:' only those that return something.",
    stage: "form",
    why: "Types and events are not executed, and what a command without 'returns' returns is nothing.",
    bad: `##
# @move-to:
#
# @x: to the right
#
# @y: downwards
#
# Returns: the place that it was at
##
{ 'command': 'move-to',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `##
# @move-to:
#
# @x: to the right
#
# @y: downwards
#
# Errors:
#     - If there is no such place.
##
{ 'command': 'move-to',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-undescribed": {
    law: "Documentation of a definition describes all of its members, values, alternatives or arguments, and all features.",
    stage: "documentation",
    why: "What is not described has to be guessed by those who use it; a pragma 'documentation-exceptions' permits it all the same, but for features.",
    bad: `##
# @Point:
#
# @x: to the right
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `##
# @Point:
#
# @x: to the right
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-unknown": {
    law: "What documentation describes is there in the definition.",
    stage: "documentation",
    why: "A description of something that is gone, or that has another name, misleads.",
    bad: `##
# @Point:
#
# @x: to the right
#
# @y: downwards
#
# @z: towards you
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `##
# @Point:
#
# @x: to the right
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
};
