/**
 * The command line: chooses the command, parses its options, and turns what can go wrong into messages and an exit status.
 */
import { printable } from "../printable.js";
import { VERSION } from "../version.js";
import { generateCommand } from "./generate.js";
import { optionHelp, parseOptions, UsageError } from "./options.js";
import { StreamError } from "./streams.js";
import type { Terminal } from "./terminal.js";

/**
 * Runs `qapi-codegen` with `args`.
 *
 * @returns the exit status: 0, 1 when the schema is bad or the output cannot be written, 2 when the usage is bad, 70 when
 * there is a bug in qapi-codegen.
 */
export function main(args: readonly string[], terminal: Terminal): number {
  // There is one command yet, and its name may be left out.
  const command = generateCommand;
  const rest = args[0] === command.name ? args.slice(1) : args;
  try {
    const parsed = parseOptions(command.options, rest);
    if (parsed.switch("help") === true) {
      terminal.out(help());
      return 0;
    }
    if (parsed.switch("version") === true) {
      terminal.out(`${VERSION}\n`);
      return 0;
    }
    return command.run(parsed, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`qapi-codegen: ${printable(error.message)}\n`);
      terminal.error(`usage: qapi-codegen ${command.usage} (see qapi-codegen --help)\n`);
      return 2;
    }
    if (error instanceof StreamError) {
      terminal.error(`qapi-codegen: ${error.message}\n`);
      return 1;
    }
    terminal.error(internalError(error));
    return 70;
  }
}

function help(): string {
  const { summary, usage, options, notes } = generateCommand;
  return `qapi-codegen: ${summary}

Usage: qapi-codegen ${usage}

Options:
${optionHelp(options)}
${notes}`;
}

function internalError(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `qapi-codegen: internal error: this is a bug in qapi-codegen, not in your schema.
Please report it where you got qapi-codegen from, with this text, the command and, if you can, the schema:

qapi-codegen ${VERSION}, Node ${process.version}, ${process.platform} ${process.arch}
${text.split("\n").map(printable).join("\n")}
`;
}
