/** The outputs that a bundler needs, brought up to date as often as it builds. Knows no bundler. */
import { dirname, join, resolve, sep } from "node:path";
import { Builder } from "../build/builder.js";
import type { Target } from "../build/generate.js";
import { Inputs } from "../build/inputs.js";
import { OutputError } from "../build/output-error.js";
import { ConfigError } from "../config/config-error.js";
import { findConfig } from "../config/find.js";
import { printable } from "../printable.js";
import { Configuration } from "./configuration.js";
import { declareModules, MODULES_DIRECTORY } from "./module-declarations.js";
import type { PluginOptions } from "./options.js";
import { problemOf, problemText, shownPath, type Problem } from "./problem.js";
import { parseSpecifier, SpecifierError, type QapiImport } from "./qapi-import.js";

/** What an update has led to. */
export interface Update {
  /** Empty: all outputs are up to date. */
  readonly problems: readonly Problem[];
  /** What people should know: sentences without a full stop, fit for a terminal. */
  readonly warnings: readonly string[];
  /** Files that were written or removed: absolute paths. */
  readonly changed: readonly string[];
}

/** What an import by `qapi:` leads to: the file in its place, or why there is none. */
export type Imported = { readonly file: string } | { readonly problems: readonly [Problem, ...Problem[]] };

/** One output, and what became of it. */
interface Output {
  readonly builder: Builder;
  update: Update;
}

/** One run of a bundler: a build, a watch or a server. */
export class Session {
  /** The bundler's root, an absolute path: what paths in options are relative to. */
  readonly root: string;
  readonly #options: PluginOptions | undefined;
  #configuration: Configuration | undefined;
  /** What was looked at for the configuration. */
  #looked = new Inputs();
  /** Where the configuration of the project is, or could be; empty where the plugin has options. */
  #configurationFiles: readonly string[] = [];
  #configured: readonly Output[] = [];
  /** Outputs of schemas that are imported, by name. */
  readonly #imported = new Map<string, Output>();
  /** The names of outputs by the specifiers that have been seen. */
  readonly #modules = new Map<string, QapiImport>();
  #last: Promise<unknown> = Promise.resolve();
  #queued: Promise<Update> | undefined;

  constructor(root: string, options: PluginOptions | undefined) {
    this.root = resolve(root);
    this.#options = options;
  }

  /**
   * Brings all outputs up to date with what is on the disk when it begins. Runs never overlap; calls that come while one is waiting
   * share it.
   */
  update(): Promise<Update> {
    this.#queued ??= this.#exclusively(async () => {
      this.#queued = undefined;
      return this.#updateAll();
    });
    return this.#queued;
  }

  /**
   * The output for an import by `qapi:`, which is made when it is first imported and is brought up to date with all others from then on.
   *
   * @param importer - The importing file; undefined for an entry.
   * @param target - What to make, unless the options say.
   */
  async import(specifier: string, importer: string | undefined, target: Target): Promise<Imported> {
    let wanted: QapiImport;
    try {
      wanted = parseSpecifier(specifier, importer, this.root);
    } catch (error) {
      if (error instanceof SpecifierError) return { problems: [{ message: error.message }] };
      throw error;
    }
    return this.#exclusively(() => this.#import(specifier, wanted, target));
  }

  /** Whether another update could lead to something else, since what the last one looked at has changed. */
  get isStale(): boolean {
    return this.#looked.haveChanged() || this.#outputs.some(({ builder }) => builder.isStale);
  }

  /** What to watch: files, directories, and what is not there yet, as absolute paths. */
  get inputs(): ReadonlySet<string> {
    return new Set([...this.#configurationFiles, ...this.#outputs.flatMap(({ builder }) => builder.inputs)]);
  }

  /** Whether something that happened to `path` may have to do with the outputs. */
  isInput(path: string): boolean {
    const file = resolve(path);
    const { inputs } = this;
    // The second: a file of a directory that matters; the third: a directory on the way to what is missing.
    return inputs.has(file) || inputs.has(dirname(file)) || [...inputs].some((input) => input.startsWith(file + sep));
  }

  /** Whether `path` is in one of the output directories. */
  isOutput(path: string): boolean {
    const file = resolve(path);
    return this.#outputs.some(({ builder }) => file.startsWith(resolve(builder.options.output) + sep));
  }

  get #outputs(): readonly Output[] {
    return [...this.#configured, ...this.#imported.values()];
  }

  async #updateAll(): Promise<Update> {
    try {
      await this.#configure();
    } catch (error) {
      return { problems: problemsOf(error), warnings: [], changed: [] };
    }
    for (const output of this.#outputs) output.update = await this.#build(output.builder);
    const updates = this.#outputs.map(({ update }) => update);
    return {
      problems: distinct(updates.flatMap(({ problems }) => problems)),
      warnings: updates.flatMap(({ warnings }) => warnings),
      changed: updates.flatMap(({ changed }) => changed),
    };
  }

  /** Reads the configuration, unless it is still as it was. @throws ConfigError */
  async #configure(): Promise<Configuration> {
    if (this.#configuration !== undefined && !this.#looked.haveChanged()) return this.#configuration;
    this.#configuration = undefined;
    this.#looked = new Inputs();
    this.#configurationFiles = this.#options === undefined ? findConfig(this.root, this.#looked).inputs : [];
    const configuration = await Configuration.open(this.root, this.#options, this.#looked);
    const runs = await configuration.runs();
    this.#configuration = configuration;
    this.#configured = runs.map((run) => ({ builder: new Builder(run), update: NOTHING }));
    for (const [name, { builder }] of this.#imported) {
      const run = await configuration.runFor(builder.options);
      this.#imported.set(name, { builder: new Builder(run), update: NOTHING });
    }
    return configuration;
  }

  async #import(specifier: string, wanted: QapiImport, target: Target): Promise<Imported> {
    const known = this.#modules.get(specifier);
    if (known !== undefined && known.name !== wanted.name) return { problems: [ambiguous(specifier, known, wanted)] };
    const output = join(this.root, MODULES_DIRECTORY, wanted.name);
    let made = this.#imported.get(wanted.name);
    if (made === undefined) {
      try {
        const configuration = await this.#configure();
        const builder = new Builder(await configuration.runFor({ schema: wanted.schema, output, target }));
        made = { builder, update: await this.#build(builder) };
      } catch (error) {
        return { problems: problemsOf(error) };
      }
      this.#imported.set(wanted.name, made);
    }
    const [first, ...others] = made.update.problems;
    if (first !== undefined) return { problems: [first, ...others] };
    if (known === undefined) {
      this.#modules.set(specifier, wanted);
      try {
        declareModules(this.root, new Map([...this.#modules].map(([name, module]) => [name, module.name])));
      } catch (error) {
        return { problems: problemsOf(error) };
      }
    }
    return { file: join(output, `index.${made.builder.options.target ?? "ts"}`) };
  }

  async #build(builder: Builder): Promise<Update> {
    const result = await builder.build();
    if (!result.ok) {
      const problems = result.diagnostics.map((diagnostic) => problemOf(diagnostic));
      return { problems, warnings: [], changed: [] };
    }
    const { written, removed } = result.write;
    const changed = [...written, ...removed].map((path) => resolve(builder.options.output, path));
    return { problems: [], warnings: result.warnings.map(printable), changed };
  }

  /** Runs `action` when nothing else runs. */
  #exclusively<T>(action: () => Promise<T>): Promise<T> {
    const run = this.#last.then(action);
    this.#last = run.catch(() => undefined);
    return run;
  }
}

const NOTHING: Update = { problems: [], warnings: [], changed: [] };

/** Two outputs of one schema have the same problems. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [problemText(problem), problem])).values()];
}

/** What the user can mend. @throws the error, if it is something else. */
function problemsOf(error: unknown): readonly [Problem, ...Problem[]] {
  if (error instanceof OutputError) {
    const [first, ...others] = error.diagnostics.map(problemOf);
    if (first !== undefined) return [first, ...others];
  }
  if (error instanceof ConfigError) return [{ message: printableLines(error.message) }];
  throw error;
}

function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

function ambiguous(specifier: string, one: QapiImport, other: QapiImport): Problem {
  const schemas = [one, other].map(({ schema }) => `'${printable(shownPath(schema))}'`);
  return {
    message:
      `'${printable(specifier)}' means ${schemas.join(" in one file and ")} in another, but TypeScript knows modules by their specifiers ` +
      "alone: write 'qapi:/FILE' in one of them, with the path from the root of the project",
  };
}
