import type { Diagnostic } from "../diagnostic.js";
import type { LoadedFile } from "./load.js";

/** Diagnostics file by file, in the order in which files were loaded, each from top to bottom; first those of no place. */
export function inSourceOrder(diagnostics: readonly Diagnostic[], files: readonly LoadedFile[]): readonly Diagnostic[] {
  const order = new Map(files.map((file, index) => [file.node.span.source, index]));
  const rank = ({ span }: Diagnostic): number => (span === undefined ? -1 : (order.get(span.source) ?? -1));
  return [...diagnostics].sort((a, b) => rank(a) - rank(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
