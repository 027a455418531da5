/** What has to be true of what is said besides the schema: of options and of what they name. No schema can show these. */
import type { Law } from "../../law.js";

export const optionLaws: readonly Law[] = [
  {
    id: "invalid-defines",
    law: "A file of build options is a C header, or a list with NAME, NAME=on or NAME=off on each line.",
    severity: "error",
    stage: "output",
    why: "What it means for a build is not guessed; a file of another kind would settle conditions by accident, or none.",
  },
  {
    id: "unmatched-selection",
    law: "Each name that is asked for with --only is that of a definition, and each pattern matches one.",
    severity: "error",
    stage: "output",
    why: "Whoever asks for something needs it; most likely it is a slip, or another release of QEMU has it.",
  },
  {
    id: "emitter-failed",
    law: "An emitter makes files of every schema.",
    severity: "error",
    stage: "output",
    why: "Output of which a part is missing is not written; the mistake is in the emitter, not in the schema.",
  },
];
