/** `qapi-codegen events`: what a QEMU tells unasked, as it comes. */
import type { Command } from "./command.js";
import { ADDRESS_NOTE, CONNECTION_OPTIONS, readAddress, readCount, RECONNECT_OPTION } from "./connection-options.js";
import { UsageError, type Option } from "./options.js";

const { agent, help, version } = CONNECTION_OPTIONS;

const OPTIONS: Readonly<Record<keyof typeof CONNECTION_OPTIONS | "only" | "count" | "reconnect", Option>> = {
  only: {
    value: "PATTERN",
    repeatable: true,
    help: "only events whose names the pattern matches, where * stands for any\ncharacters and ? for one; may be repeated",
  },
  count: { value: "N", help: "end after so many events" },
  timeout: { value: "MS", help: "end after so many milliseconds" },
  reconnect: RECONNECT_OPTION,
  agent,
  help,
  version,
};

export const eventsCommand: Command<typeof OPTIONS> = {
  name: "events",
  summary: "prints the events of a running QEMU as they come",
  usage: "events <address> [options]",
  options: OPTIONS,
  notes: `${ADDRESS_NOTE}
Each event is printed as JSON in a line of its own. It ends when QEMU does, and when nobody reads
what it prints any more. The guest agent has no events.

Exit status: 0, 1 when QEMU cannot be reached, the connection is lost, or the time is up before
--count events came; 2 when the usage is bad.
`,
  async run(args, terminal) {
    const { address, rest } = readAddress(args);
    if (rest.length > 0) throw new UsageError(`one address, and nothing else: '${rest.join(" ")}'? See --only`);
    if (args.switch("agent") === true) throw new UsageError("a guest agent has no events");
    const count = readCount("count", args.value("count"));
    const timeout = readCount("timeout", args.value("timeout"));
    const { printEvents } = await import("./shell/index.js");
    return printEvents({
      address,
      terminal,
      only: args.values("only"),
      count,
      timeout,
      reconnect: args.switch("reconnect") === true,
    });
  },
};
