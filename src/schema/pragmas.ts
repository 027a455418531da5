/** What pragmas ask for. They hold for the whole schema, wherever they are; of several, the last one read counts. */
import type { PropertyNode, ValueNode } from "../syntax/ast.js";
import type { Tree } from "./load.js";
import { inReadingOrder } from "./reading-order.js";

/** The pragmas of a schema, with what holds where there is none. */
export interface Pragmas {
  /** Whether each definition must have documentation. Default: no. */
  readonly docRequired: boolean;
  /** Commands that may have '_' in their names. */
  readonly commandNameExceptions: ReadonlySet<string>;
  /** Commands that may return what is neither an object nor a list of objects. */
  readonly commandReturnsExceptions: ReadonlySet<string>;
  /** Definitions whose members need no documentation. */
  readonly documentationExceptions: ReadonlySet<string>;
  /** Types whose members or values may have capitals and '_' in their names. */
  readonly memberNameExceptions: ReadonlySet<string>;
}

/** The pragmas that there are, and what kind of a value each wants. */
export const PRAGMAS: ReadonlyMap<string, "boolean" | "names"> = new Map([
  ["doc-required", "boolean"],
  ["command-name-exceptions", "names"],
  ["command-returns-exceptions", "names"],
  ["documentation-exceptions", "names"],
  ["member-name-exceptions", "names"],
]);

/** What pragmas of QEMU 5.2 and before are called today. */
export const RENAMED_PRAGMAS: ReadonlyMap<string, string> = new Map([
  ["returns-whitelist", "command-returns-exceptions"],
  ["name-case-whitelist", "member-name-exceptions"],
]);

/** Reads the pragmas of all files; values that make no sense count for nothing. */
export function readPragmas(tree: Tree): Pragmas {
  const settings = new Map<string, ValueNode>();
  const files = tree.files.filter(({ node }) => node.entries.some(({ kind }) => kind === "pragma"));
  // All pragmas are in one file mostly, so that the order in which files are read does not matter.
  const entries =
    files.length <= 1 ? (files[0]?.node.entries ?? []) : [...inReadingOrder(tree)].map(({ entry }) => entry);
  for (const entry of entries) {
    if (entry.kind === "pragma") for (const setting of entry.settings) take(setting, settings);
  }
  const names = (pragma: string): ReadonlySet<string> => {
    const value = settings.get(pragma);
    return value?.kind === "list" ? new Set(value.elements.map(textOf)) : NONE;
  };
  const docRequired = settings.get("doc-required");
  return {
    docRequired: docRequired?.kind === "boolean" && docRequired.value,
    commandNameExceptions: names("command-name-exceptions"),
    commandReturnsExceptions: names("command-returns-exceptions"),
    documentationExceptions: names("documentation-exceptions"),
    memberNameExceptions: names("member-name-exceptions"),
  };
}

/** The part of the value of a pragma that is wrong: an element of a list, or all of it. Undefined: nothing is. */
export function wrongPart(value: ValueNode, wanted: "boolean" | "names"): ValueNode | undefined {
  if (wanted === "boolean") return value.kind === "boolean" ? undefined : value;
  return value.kind === "list" ? value.elements.find((element) => element.kind !== "string") : value;
}

const NONE: ReadonlySet<string> = new Set();

function take({ key, value }: PropertyNode, settings: Map<string, ValueNode>): void {
  const name = RENAMED_PRAGMAS.get(key.text) ?? key.text;
  const wanted = PRAGMAS.get(name);
  if (wanted !== undefined && wrongPart(value, wanted) === undefined) settings.set(name, value);
}

function textOf(value: ValueNode): string {
  return value.kind === "string" ? value.text : "";
}
