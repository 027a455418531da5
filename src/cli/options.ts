/**
 * Options of a command: one table from which parsing and help are made.
 */
import { parseArgs } from "node:util";
import { suggestion } from "../syntax/suggestion.js";

/** One option of a command. */
export interface Option {
  /** One letter: `o` for `-o`. */
  readonly short?: string;
  /** What stands for the value in the help, `DIR`; absent: a switch. */
  readonly value?: string;
  /** Whether it may be given more than once. Of switches: given twice is as given once. */
  readonly repeatable?: boolean;
  /** Of a switch: whether `--no-NAME` turns it off. */
  readonly negatable?: boolean;
  /** What the help says; further lines are aligned. */
  readonly help: string;
}

/** The options of a command by their long names. */
export type OptionTable = Readonly<Record<string, Option>>;

/** The user asked for something that there is not. The message has no full stop. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Whether an error is a {@link UsageError}, of this bundle or of that of the shell, which has a class of its own. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === "UsageError";
}

/** What was on a command line. */
export class Arguments<T extends OptionTable> {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;
  readonly #switches: ReadonlyMap<string, boolean>;

  constructor(
    positionals: readonly string[],
    values: ReadonlyMap<string, readonly string[]>,
    switches: ReadonlyMap<string, boolean>,
  ) {
    this.positionals = positionals;
    this.#values = values;
    this.#switches = switches;
  }

  /** The values of an option, in the order given. */
  values(name: keyof T & string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** The value of an option that can be given once; undefined when it was not given. */
  value(name: keyof T & string): string | undefined {
    return this.values(name)[0];
  }

  /** How a switch is; undefined when it was not given. */
  switch(name: keyof T & string): boolean | undefined {
    return this.#switches.get(name);
  }
}

/**
 * Reads a command line.
 *
 * @throws UsageError for an unknown option, a value that is missing or too much, an option that was given too often.
 */
export function parseOptions<T extends OptionTable>(table: T, args: readonly string[]): Arguments<T> {
  const names = Object.keys(table);
  const spellings = names.flatMap((name) => (table[name]?.negatable === true ? [name, `no-${name}`] : [name]));
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(table).map(([name, option]) => [name, parseArgsOption(option)])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });

  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  const switches = new Map<string, boolean>();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { rawName, value, inlineValue } = token;
    const name = names.includes(token.name) ? token.name : token.name.replace(/^no-/, "");
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (option === undefined || (name !== token.name && option.negatable !== true)) {
      throw new UsageError(`unknown option '${rawName}'${didYouMean(token.name, spellings, "--")}`);
    }
    if (option.value === undefined) {
      if (value !== undefined) throw new UsageError(`the option '${rawName}' takes no value`);
      switches.set(name, name === token.name);
      continue;
    }
    if (value === undefined || (!inlineValue && value.startsWith("-") && value !== "-")) {
      throw new UsageError(`the option '${rawName}' needs a value: ${rawName} ${option.value}`);
    }
    if (value === "") throw new UsageError(`the value of the option '${rawName}' is empty`);
    const given = values.get(name);
    if (given === undefined) values.set(name, [value]);
    else if (option.repeatable === true) given.push(value);
    else throw new UsageError(`the option '${rawName}' was given twice`);
  }
  return new Arguments<T>(positionals, values, switches);
}

/**
 * The value of an option that takes one of a few; the first of them when it was not given.
 *
 * @throws UsageError for another one.
 */
export function readChoice<C extends string>(
  name: string,
  given: string | undefined,
  choices: readonly [C, ...C[]],
): C {
  if (given === undefined) return choices[0];
  const choice = choices.find((one) => one === given);
  if (choice !== undefined) return choice;
  const last = choices.at(-1) ?? choices[0];
  throw new UsageError(`unknown ${name} '${given}': there are ${choices.slice(0, -1).join(", ")} and ${last}`);
}

/** `; did you mean '--emit'?` where one of `known` is near, else nothing. */
export function didYouMean(word: string, known: readonly string[], prefix = ""): string {
  const near = suggestion(word, known);
  return near === undefined ? "" : `; did you mean '${prefix}${near}'?`;
}

/** The options as the help lists them: two columns, one option or further line of text a line. */
export function optionHelp(table: OptionTable): string {
  const rows = Object.entries(table).map(([name, option]): readonly [string, string] => {
    const short = option.short === undefined ? "    " : `-${option.short}, `;
    const long = option.negatable === true ? `--[no-]${name}` : `--${name}`;
    return [`  ${short}${long}${option.value === undefined ? "" : ` ${option.value}`}`, option.help];
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows
    .map(([left, right]) => `${left.padEnd(width)}${right.replaceAll("\n", `\n${" ".repeat(width)}`)}\n`)
    .join("");
}

function parseArgsOption({ value, short }: Option): { type: "string" | "boolean"; short?: string; multiple: true } {
  return { type: value === undefined ? "boolean" : "string", multiple: true, ...(short !== undefined && { short }) };
}
