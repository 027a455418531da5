/** The laws about what is in documentation comments: their sections, and the lines of them. */
import type { Law } from "../../../law.js";

/** Their ids. */
export type SectionLaw =
  | "doc-order"
  | "doc-duplicate"
  | "doc-features"
  | "doc-old-section"
  | "doc-empty-section"
  | "doc-indent"
  | "doc-line-length"
  | "doc-sentence";

/** What there is to say of each; all are of style. */
export const sectionLaws: Readonly<Record<SectionLaw, Omit<Law, "id" | "severity">>> = {
  "doc-order": {
    law: "Members are described in one list, before all other sections.",
    stage: "text",
    why: "Readers look for descriptions in one place, and what follows another section may be part of it.",
    bad: `##
# @Point:
#
# @x: to the right
#
# Since: 1.0
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
#
# Since: 1.0
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-duplicate": {
    law: "Nothing is described twice, and there is one of each of 'Features:', 'Returns:', 'Errors:' and 'Since:' at most.",
    stage: "text",
    why: "Of two descriptions of one thing, a reader cannot know which one holds.",
    bad: `##
# @Point:
#
# @x: to the right
#
# @y: downwards
#
# @x: to the left
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
  "doc-features": {
    law: "Below 'Features:', there is a description of a feature.",
    stage: "text",
    why: "'Features:' says that what follows describes features instead of members.",
    bad: `##
# @Point:
#
# @x: to the right
#
# @y: downwards
#
# Features:
#
# It snaps to the grid.
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
#
# Features:
#
# @grid: It snaps to the grid.
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' },
  'features': [ 'grid' ] }
`,
  },
  "doc-old-section": {
    law: "There are no sections 'Note:', 'Notes:', 'Example:' and 'Examples:'.",
    stage: "text",
    why: "Their text had no certain layout; directives of reStructuredText took their place.",
    bad: `##
# @Point:
#
# @x: to the right
#
# @y: downwards
#
# Note: It is on the screen.
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
#
# .. note:: It is on the screen.
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-empty-section": {
    law: "There is text behind each name that is described and behind each tag, in the same line or indented below it.",
    stage: "text",
    why: "Nothing at all is no description, and text that is not indented belongs to something else.",
    bad: `##
# @Point:
#
# @x: to the right
#
# @y:
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
  "doc-indent": {
    law: "The second line of a section's indented text is indented like the first.",
    stage: "text",
    why: "How far the first one is indented tells where the text begins, and a lesser indentation ends it.",
    bad: `##
# @Point:
#
# @x: the distance
#     from the left edge
#   of the screen
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `##
# @Point:
#
# @x: the distance
#     from the left edge
#     of the screen
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-line-length": {
    law: "A line of documentation has 70 characters at most, unless it is a URL or in an example.",
    stage: "text",
    why: "Short lines are easier to read, and to compare with their earlier versions.",
    bad: `##
# @Point:
#
# @x: the distance from the left edge of the screen, in pixels, from 0 on
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
    good: `##
# @Point:
#
# @x: the distance from the left edge of the screen, in pixels,
#     from 0 on
#
# @y: downwards
##
{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  "doc-sentence": {
    law: "Two blanks are between sentences.",
    stage: "text",
    why: "All of QEMU's documentation is set like that, and a full stop in an abbreviation can be told from one that ends a sentence.",
    bad: `##
# @Point:
#
# It is a place. It is on the screen.
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
# It is a place.  It is on the screen.
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
