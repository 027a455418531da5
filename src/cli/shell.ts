/** `qapi-codegen shell`: a prompt. */
import type { Command } from "./command.js";
import { ADDRESS_NOTE, CONNECTION_OPTIONS, readAddress, readCount, RECONNECT_OPTION } from "./connection-options.js";
import { UsageError, type Option } from "./options.js";
import { SCHEMA_OPTIONS } from "./schema-options.js";
import { wantsColor } from "./terminal.js";

const { agent, timeout, help, version } = CONNECTION_OPTIONS;

const OPTIONS: Readonly<Record<keyof typeof CONNECTION_OPTIONS | "schema" | "reconnect" | "color", Option>> = {
  schema: {
    value: "SCHEMA",
    help: "a schema file or directory from which 'help' and the Tab key know all;\ndefault: what the QEMU says of itself, which has no documentation",
  },
  reconnect: RECONNECT_OPTION,
  agent,
  timeout,
  color: SCHEMA_OPTIONS.color,
  help,
  version,
};

export const shellCommand: Command<typeof OPTIONS> = {
  name: "shell",
  summary: "talks with a running QEMU: a prompt with completion and help",
  usage: "shell <address> [options]",
  options: OPTIONS,
  notes: `${ADDRESS_NOTE}
A line is a command and its arguments, as 'qapi-codegen exec' takes them, or {"execute": ...}. The
Tab key completes; 'help' tells more. Events are shown as they come. Lines are kept for the next
time in ~/.local/state/qapi-codegen/history, but for those that begin with a space.
Where standard input is no terminal, its lines are executed one after the other, and the replies
printed as JSON, one a line.

Exit status: 0, 1 when QEMU cannot be reached, the connection is lost or, of lines that were not
typed, one failed; 2 when the usage is bad.
`,
  async run(args, terminal) {
    const { address, rest } = readAddress(args);
    if (rest.length > 0) throw new UsageError("an address, and nothing else; 'qapi-codegen exec' executes one command");
    const limit = readCount("timeout", args.value("timeout"));
    const { runShell } = await import("./shell/index.js");
    return runShell({
      address,
      terminal,
      schema: args.value("schema"),
      timeout: limit,
      isAgent: args.switch("agent") === true,
      reconnect: args.switch("reconnect") === true,
      hasColor: wantsColor(terminal, terminal.outIsTerminal, args.switch("color")),
    });
  },
};
