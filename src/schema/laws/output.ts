/** What has to be true of the place that output goes to. No schema can show these. */
import type { Law } from "../../law.js";

export const outputLaws: readonly Law[] = [
  {
    id: "output-busy",
    law: "One run at a time writes to an output directory.",
    severity: "error",
    stage: "output",
    why: "Two at once would leave some files of each, which may compile and be wrong. A run waits a while for another to end.",
  },
  {
    id: "output-conflict",
    law: "No file that somebody else made is where one would be written.",
    severity: "error",
    stage: "output",
    why: "What people have written is not overwritten; only files that the manifest of the output directory names are.",
  },
  {
    id: "output-manifest",
    law: "The manifest in the output directory is one that qapi-codegen has written.",
    severity: "error",
    stage: "output",
    why: "It says which files may be replaced and removed, so nothing is touched when it makes no sense.",
  },
  {
    id: "output-stale",
    law: "The output is what would be written, where 'generate --check' asks whether it is.",
    severity: "error",
    stage: "output",
    why: "Output that is committed should be that of the schema, the options and the version of qapi-codegen that are used.",
  },
  {
    id: "output-unwritable",
    law: "The output directory can be written to.",
    severity: "error",
    stage: "output",
    why: "Output that is written in part would be worse than none.",
  },
];
