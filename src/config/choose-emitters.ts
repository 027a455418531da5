/** Which emitters run. */
import type { Emitter } from "../emit/emitter.js";
import { builtinEmitters, defaultEmitters } from "../emitters/index.js";
import { suggestion } from "../syntax/suggestion.js";
import type { Mistake } from "./config-error.js";

/** One or several of something, as a configuration has it. */
export type OneOrMore<T> = T | readonly T[];

/** A list of it. */
export function listOf<T>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

/** The names in a list, or in a text that has commas between them. */
export function namesIn(value: OneOrMore<string> | undefined): readonly string[] {
  return listOf(value).flatMap((text) => text.split(",").map((name) => name.trim()));
}

/** Names in `emit` that no emitter has. What is no name at all is somebody else's to say. */
export function unknownNames(emit: unknown, others: readonly Emitter[]): readonly Mistake[] {
  const names = [...builtinEmitters, ...others].map(({ name }) => name);
  const mistakesOf = (value: unknown, path: readonly number[]): readonly Mistake[] => {
    if (typeof value !== "string") return [];
    const unknown = namesIn(value).filter((name) => name !== "" && !names.includes(name));
    return unknown.map((name) => {
      const near = suggestion(name, names);
      const help = near === undefined ? `there are ${names.join(", ")}` : `did you mean '${near}'?`;
      return { path, message: `unknown emitter '${name}'; ${help}` };
    });
  };
  return Array.isArray(emit)
    ? emit.flatMap((value: unknown, index) => mistakesOf(value, [index]))
    : mistakesOf(emit, []);
}

/**
 * Of ours those that are chosen, or those that run where none is; and all of others. Always in the same order, so that the
 * output does not depend on how it was asked for.
 */
export function chooseEmitters(emit: OneOrMore<string> | undefined, others: readonly Emitter[]): readonly Emitter[] {
  const chosen = new Set(namesIn(emit));
  return [
    ...(emit === undefined ? defaultEmitters : builtinEmitters.filter(({ name }) => chosen.has(name))),
    ...others,
  ];
}

function isList<T>(value: OneOrMore<T>): value is readonly T[] {
  return Array.isArray(value);
}
