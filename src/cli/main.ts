/**
 * The command line: chooses the command, parses its options, and turns what can go wrong into messages and an exit status.
 */
import { ConfigError } from "../config/config-error.js";
import { printable } from "../printable.js";
import { suggestion } from "../syntax/suggestion.js";
import { VERSION } from "../version.js";
import { checkCommand } from "./check.js";
import type { Command } from "./command.js";
import { eventsCommand } from "./events.js";
import { execCommand } from "./exec.js";
import { explainCommand } from "./explain.js";
import { generateCommand } from "./generate.js";
import { imageCommand } from "./image.js";
import { initCommand } from "./init.js";
import { introspectCommand } from "./introspect.js";
import { isUsageError, optionHelp, parseOptions } from "./options.js";
import { rulesCommand } from "./rules.js";
import { shellCommand } from "./shell.js";
import { StreamError } from "./streams.js";
import type { Terminal } from "./terminal.js";

const COMMANDS: readonly Command[] = [
  generateCommand,
  initCommand,
  checkCommand,
  imageCommand,
  introspectCommand,
  rulesCommand,
  explainCommand,
  execCommand,
  eventsCommand,
  shellCommand,
];

/**
 * Runs `qapi-codegen` with `args`.
 *
 * @returns the exit status: 0, 1 when the schema is bad or the output cannot be written, 2 when the usage is bad, 70 when
 * there is a bug in qapi-codegen.
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  // The name of the usual command may be left out.
  const named = COMMANDS.find(({ name }) => name === args[0]);
  const command = named ?? generateCommand;
  const rest = named === undefined ? args : args.slice(1);
  try {
    const parsed = parseOptions(command.options, rest);
    if (parsed.switch("help") === true) {
      terminal.out(named === undefined ? overview() : help(command));
      return 0;
    }
    if (parsed.switch("version") === true) {
      terminal.out(`${VERSION}\n`);
      return 0;
    }
    return await command.run(parsed, terminal);
  } catch (error) {
    if (isUsageError(error)) {
      terminal.error(`qapi-codegen: ${printable(error.message)}${named === undefined ? meantCommand(args[0]) : ""}\n`);
      terminal.error(
        `usage: qapi-codegen ${command.usage} (see qapi-codegen ${named === undefined ? "" : `${command.name} `}--help)\n`,
      );
      return 2;
    }
    if (error instanceof ConfigError) {
      for (const line of error.message.split("\n")) terminal.error(`${printable(line)}\n`);
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

/** Without a command, the first word is taken for a schema; it may have been meant to be a command. */
function meantCommand(word = ""): string {
  const near = suggestion(
    word,
    COMMANDS.map(({ name }) => name),
  );
  return near === undefined ? "" : ` (or did you mean the command '${near}'?)`;
}

/** The help of the whole: that of the usual command, and the names of the others. */
function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;
  const list = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}\n`).join("");
  return `${help(generateCommand)}
Commands, each with a --help of its own:
${list}`;
}

function help({ summary, usage, options, notes }: Command): string {
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
