/** `qapi-codegen exec`: one command, and its reply. */
import type { Command } from "./command.js";
import { ADDRESS_NOTE, CONNECTION_OPTIONS, readAddress, readCount } from "./connection-options.js";
import { UsageError, type Option } from "./options.js";

const { agent, timeout, help, version } = CONNECTION_OPTIONS;

const OPTIONS: Readonly<Record<keyof typeof CONNECTION_OPTIONS | "pretty" | "oob", Option>> = {
  pretty: { help: "indent the reply; default: one line" },
  oob: { help: "execute it out of band, before others that wait in QEMU" },
  agent,
  timeout,
  help,
  version,
};

export const execCommand: Command<typeof OPTIONS> = {
  name: "exec",
  summary: "executes a command of a running QEMU and prints its reply",
  usage: "exec <address> <command> [arguments] [options]",
  options: OPTIONS,
  notes: `${ADDRESS_NOTE}
Arguments are pairs name=value, a JSON object, or both. What is JSON is read as JSON (up=false,
size=1024, list=[1,2]), all else is text; quotes make text of anything (id='"5"'). Dots lead into
objects, and numbers into lists: server.type=inet, children.0=disk0.

Exit status: 0, 1 when QEMU refuses the command or cannot be reached, 2 when the usage is bad.
`,
  async run(args, terminal) {
    const { address, rest } = readAddress(args);
    const [command, ...words] = rest;
    if (command === undefined) throw new UsageError("which command? Name it behind the address");
    const limit = readCount("timeout", args.value("timeout"));
    // What talks is loaded by those that talk only.
    const { execute } = await import("./shell/index.js");
    return execute({
      address,
      words: [command, ...words],
      terminal,
      timeout: limit,
      isAgent: args.switch("agent") === true,
      isOob: args.switch("oob") === true,
      isPretty: args.switch("pretty") === true,
    });
  },
};
