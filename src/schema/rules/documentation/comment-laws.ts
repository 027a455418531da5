/** The laws about documentation comments by themselves, and about where they stand. */
import type { Law } from "../../../law.js";

/** Their ids. */
export type CommentLaw =
  | "doc-mark"
  | "doc-within"
  | "doc-space"
  | "doc-symbol"
  | "doc-name"
  | "doc-free-form"
  | "doc-placement"
  | "doc-missing-symbol";

/** What there is to say of each; all are of style. */
export const commentLaws: Readonly<Record<CommentLaw, Omit<Law, "id" | "severity">>> = {
  "doc-mark": {
    law: "A documentation comment begins and ends with a line that is '##' and nothing else.",
    stage: "text",
    why: "Whatever stands between two such lines is documentation, so each of them has to be certain.",
    bad: `## A point.
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
  "doc-within": {
    law: "Documentation stands in front of a definition, not within it.",
    stage: "text",
    why: "'##' begins documentation wherever a comment can stand, and there it belongs to nothing.",
    bad: `{ 'struct': 'Point',
  ## to the right
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `{ 'struct': 'Point',
  # to the right, and downwards
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-space": {
    law: "A blank follows the '#' of each line of documentation that says something.",
    stage: "text",
    why: "How far a line is indented tells what it belongs to, and that is counted from the blank.",
    bad: `##
# @Point:
#
# @x: to the right
#
#@y: downwards
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
  "doc-symbol": {
    law: "The line that names the definition is '@', the name and ':'.",
    stage: "text",
    why: "By that line documentation is told from free-form text, and its definition is found.",
    bad: `##
# @Point is a place.
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
# It is a place.
#
# @x: to the right
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-name": {
    law: "A name follows the '@' of a description.",
    stage: "text",
    why: "A description without a name describes nothing.",
    bad: `##
# @Point:
#
# @x: to the right
#
# @: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int' } }
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
  "doc-free-form": {
    law: "No line of free-form documentation begins with a name as a description does.",
    stage: "text",
    why: "Such a line would be a description, but there is no definition for it to describe part of.",
    bad: `##
# Points are on a grid.
#
# @x: to the right
##
`,
    good: `##
# Points are on a grid.
#
# @x is to the right.
##
`,
  },
  "doc-placement": {
    law: "Documentation of a definition is right before it.",
    stage: "text",
    why: "Text that is not beside what it describes is soon wrong, and nobody finds it.",
    bad: `##
# @Point:
#
# @x: to the right
#
# @y: downwards
##
##
# Points are on a grid.
##

{ 'pragma': { 'doc-required': false } }
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
  "doc-missing-symbol": {
    law: "Documentation right before a definition begins with its name.",
    stage: "text",
    why: "Free-form documentation is about no definition, and right before one that is hardly what was meant.",
    bad: `##
# A place on the screen.
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `##
# @Point:
#
# A place on the screen.
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
