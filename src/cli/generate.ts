/** `qapi-codegen generate`: a schema in, TypeScript out. */
import type { Disk } from "../build/disk-host.js";
import { Inputs } from "../build/inputs.js";
import { SETTINGS } from "../config/settings.js";
import type { Command } from "./command.js";
import { UsageError } from "./options.js";
import { makePlan, type GenerateArguments, type Plan } from "./plan.js";
import { runPlan, type Mode } from "./run-plan.js";
import { SCHEMA_NOTE } from "./schema-options.js";
import { watchPlans } from "./watch.js";

export const generateCommand: Command<typeof SETTINGS> = {
  name: "generate",
  summary: "makes TypeScript from a schema in QEMU's QAPI language",
  usage: "[generate] [<schema> -o DIR] [options]",
  options: SETTINGS,
  notes: `${SCHEMA_NOTE}
Without <schema>, those of the configuration are taken: of the nearest qapi.config.ts, .mts, .js,
.mjs, .cjs or .json from here upwards, or of the key "qapi" in package.json. What the command line
says goes before what the configuration does. 'qapi-codegen init' writes one.

Exit status: 0, 1 when a schema is bad, or the output cannot be written or, with --check, is stale,
2 when the usage or the configuration is bad.
`,
  async run(args, terminal) {
    const mode = readMode(args);
    const plan = (disk: Disk): Promise<Plan> => makePlan(args, mode !== "stdout", disk);
    if (mode === "watch") return watchPlans(plan, terminal);
    const disk = new Inputs();
    return runPlan(await plan(disk), mode, disk, terminal);
  },
};

const MODES = ["watch", "check", "dry-run", "stdout"] as const;

function readMode(args: GenerateArguments): Mode | "watch" {
  const [mode = "write", other] = MODES.filter((name) => args.switch(name) === true);
  if (other !== undefined) throw new UsageError(`either '--${mode}' or '--${other}'`);
  if (mode === "stdout" && args.value("format") === "json") {
    throw new UsageError("standard output cannot have both what --stdout and what --format json prints");
  }
  return mode;
}
