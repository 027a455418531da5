/**
 * How an output is written, whichever emitters run.
 */

/** How 64-bit integers (`int`, `int64`, `uint64`, `size`) are held. */
export type Int64Mode = "mixed" | "bigint" | "number";

/** How much documentation goes into the output. */
export type DocsMode = "full" | "brief" | "none";

/** What imports of other files of the output end with. */
export type ImportExtension = ".js" | ".ts" | "none";

/** The values of {@link Int64Mode}, the default first. */
export const INT64_MODES: readonly [Int64Mode, ...Int64Mode[]] = ["mixed", "bigint", "number"];
/** The values of {@link DocsMode}, the default first. */
export const DOCS_MODES: readonly [DocsMode, ...DocsMode[]] = ["full", "brief", "none"];
/** The values of {@link ImportExtension}, the default first. */
export const IMPORT_EXTENSIONS: readonly [ImportExtension, ...ImportExtension[]] = [".js", ".ts", "none"];

/** What `emit` can be told. */
export interface EmitOptions {
  /**
   * What the identifiers that are made from the schema begin with, in the case that fits: `Qga` gives the type `QgaFoo`, the
   * function `qgaFoo` and the validator `isQgaFoo`. Letters, digits and `_`, a letter first. Default: nothing.
   */
  readonly prefix?: string;
  /**
   * How 64-bit integers are held: `mixed`, a number where that is exact and a bigint where it is not; `bigint`, always a
   * bigint; `number`, always a number, so that those beyond 2^53 - 1 are refused. Default: `mixed`.
   */
  readonly int64?: Int64Mode;
  /**
   * How much documentation to write: all that the schema has; of each description the first paragraph, and what changes how
   * editors show it; or none. Default: `full`.
   */
  readonly docs?: DocsMode;
  /**
   * What imports of other files of the output end with: `.js`, as Node.js and bundlers have it; `.ts`, as Deno and Bun do, and
   * Node.js where it strips types; `none`, for bundlers only. Default: `.js`.
   */
  readonly importExtension?: ImportExtension;
  /**
   * The address of the reference manual that documentation links to: a page with an anchor for each definition, as QEMU's
   * has. `none` for no links. Default: QEMU's own for the schemas of QEMU, none for others.
   */
  readonly manual?: string;
}

/** The options of an output, each with its value. */
export type SettledOptions = Readonly<Required<Omit<EmitOptions, "manual">>> & Pick<EmitOptions, "manual">;

/** Fills in what was left out. */
export function settleOptions({ prefix, int64, docs, importExtension, manual }: EmitOptions): SettledOptions {
  return {
    prefix: prefix ?? "",
    int64: int64 ?? INT64_MODES[0],
    docs: docs ?? DOCS_MODES[0],
    importExtension: importExtension ?? IMPORT_EXTENSIONS[0],
    ...(manual !== undefined && { manual }),
  };
}
