/** What has to be true of files and of how they include each other; few schemas in one file can show that. */
import type { Law } from "../../law.js";

export const fileLaws: readonly Law[] = [
  {
    id: "missing-schema",
    law: "There is a schema where one was said to be.",
    severity: "error",
    stage: "text",
    why: "Nothing can be made of nothing; most likely the path is wrong, or the directory is not that of a schema.",
  },
  {
    id: "unreadable-file",
    law: "Every file that is named or included is there, may be read, and is UTF-8 text.",
    severity: "error",
    stage: "text",
    why: "What stands in a file that cannot be read is missing, and what refers to it has nothing to refer to.",
  },
  {
    id: "invalid-directive",
    law: "An include has the path of a file and nothing else, a pragma an object of settings and nothing else.",
    severity: "error",
    stage: "text",
    why: "They say how files are to be read, so they are read by themselves, before anything is defined.",
    bad: `{ 'pragma': [ 'doc-required' ] }
`,
    good: `{ 'pragma': { 'doc-required': false } }
`,
  },
  {
    id: "invalid-document",
    law: "A JSON document that is read in the place of a schema is one that qapi-codegen or QEMU has made.",
    severity: "error",
    stage: "text",
    why: "It may have been cut off or changed by hand, or be of a version that is newer than this qapi-codegen.",
    bad: `{ "qapi-image": 1, "modules": [
`,
    good: `{ "qapi-image": 1, "modules": [ { "name": "x.json", "entries": [] } ] }
`,
  },
  {
    id: "include-outside",
    law: "An include stays within the source tree of the schema.",
    severity: "error",
    stage: "text",
    why: "A schema is data, and data should not say which files of a machine are read; --root says how far includes may go.",
  },
  {
    id: "include-cycle",
    law: "A file does not include itself, neither directly nor by way of others.",
    severity: "error",
    stage: "text",
    why: "Files are read in the order of their includes, and in a circle there is no order.",
    bad: `# test.json
{ 'include': 'test.json' }
`,
    good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
`,
  },
  {
    id: "schema-too-large",
    law: "The files of a schema have no more than 20 million characters together.",
    severity: "error",
    stage: "text",
    why: "QEMU's own have less than one; what is larger than this is something else, and would only fill the memory.",
  },
];
