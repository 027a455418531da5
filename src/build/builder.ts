/**
 * An output that is brought up to date again and again, as while somebody edits the schema.
 */
import { generateFrom, type GenerateOptions, type GenerateResult } from "./generate.js";
import { ParseMemory } from "../syntax/parse-memory.js";
import { Inputs } from "./inputs.js";

/**
 * Keeps what it has read, so that another run does only what a change touches.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { Builder } from "qapi-codegen";
 *
 * writeFileSync("schema.json", "{ 'event': 'STOP' }");
 * const builder = new Builder({ schema: "schema.json", output: "src/qmp" });
 * const first = await builder.build();
 * const second = await builder.build();
 * first.ok && first.write.written.length > 0; // => true
 * second.ok && second.write.written; // => []
 * ```
 */
export class Builder {
  readonly options: GenerateOptions;
  #inputs = new Inputs();
  readonly #memory = new ParseMemory();
  #isBuilt = false;

  constructor(options: GenerateOptions) {
    this.options = options;
  }

  /** Brings the output up to date with what is on the disk now. What is wrong with the schema is in the result. */
  async build(): Promise<GenerateResult> {
    this.#inputs = new Inputs();
    this.#isBuilt = true;
    this.#memory.forgetUnused();
    return generateFrom(this.#inputs, this.options, this.#memory);
  }

  /**
   * What the last run looked at, as absolute paths: files that were read, and those that were looked for and are not there; of a
   * schema that is a directory of files, that directory. When one of them changes, another run may have another result.
   */
  get inputs(): readonly string[] {
    return this.#inputs.paths;
  }

  /**
   * Whether another run could have another result, since something that the last one looked at is not as it was; also before the
   * first run. What others do to the output does not count.
   */
  get isStale(): boolean {
    return !this.#isBuilt || this.#inputs.haveChanged();
  }
}
