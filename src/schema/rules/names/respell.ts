/** Writes names in the case that they should have. */
import { type BadName, brokenLaw, wellFormed } from "./judge.js";

/** The name of `bad` in the case that is wanted; undefined when that would be no good name either. */
export function respell({ name, kind }: BadName): string | undefined {
  const parts = wellFormed(name.text);
  // An enum's value that begins with a digit has no parts, and needs none.
  const { prefix, stem } = parts ?? { prefix: "", stem: name.text };
  const respelled = prefix + join(wordsOf(stem), kind);
  return brokenLaw(respelled, kind) === undefined ? respelled : undefined;
}

/** `FooBarBaz` and `foo_barBAZ` are `Foo` (or `foo`), `Bar` and `Baz`. */
function wordsOf(stem: string): readonly string[] {
  return stem
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .split(/[-_]+/)
    .filter((word) => word !== "");
}

function join(words: readonly string[], kind: BadName["kind"]): string {
  if (kind === "event") return words.join("_").toUpperCase();
  if (kind !== "type") return words.join("-").toLowerCase();
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()).join("");
}
