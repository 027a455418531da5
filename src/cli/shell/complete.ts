/** What the line that is being typed could go on with. */
import { pairOf } from "./request.js";
import { type Given, valuesOf, type Vocabulary } from "./vocabulary.js";
import { splitWords } from "./words.js";

/** What could stand in the place of the last word. */
export interface Completion {
  /** Whole words, with a blank behind those that are finished. */
  readonly candidates: readonly string[];
  /** The last word, as far as it is typed. */
  readonly word: string;
}

/** What the shell itself knows. */
export const OWN_WORDS: readonly string[] = ["help", "exit"];

/** Completes the last word of a line: a command, the name of what it takes, or a value. */
export function complete(line: string, vocabulary: Vocabulary): Completion {
  const { words, isOpen } = splitWords(line);
  const word = isOpen ? (words.at(-1) ?? "") : "";
  const before = isOpen ? words.slice(0, -1) : words;
  const candidates = candidatesFor(word, before, vocabulary).filter((candidate) => candidate.startsWith(word));
  return { candidates: candidates.filter(isTypeable), word };
}

function candidatesFor(word: string, before: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const [command, second] = before;
  if (command === undefined) return [...vocabulary.commands, ...OWN_WORDS].map(finished);
  if (command !== "help") return argumentsFor(word, command, before.slice(1), vocabulary);
  if (second === undefined) return [...vocabulary.commands, ...vocabulary.events].map(finished);
  return argumentsFor(word, second, before.slice(2), vocabulary);
}

function argumentsFor(
  word: string,
  command: string,
  others: readonly string[],
  vocabulary: Vocabulary,
): readonly string[] {
  const given = givenIn(others);
  const pair = pairOf(word);
  if (pair !== undefined) {
    const name = pair.path.join(".");
    const values = vocabulary.typesAt(command, pair.path, given).flatMap(valuesOf);
    return [...new Set(values)].map((value) => finished(`${name}=${value}`));
  }
  const path = word.split(".").slice(0, -1);
  return vocabulary.typesAt(command, path, given).flatMap((type) => {
    if (type.kind !== "object") return [];
    const members = [...vocabulary.members(type, path, given)];
    // What must be given comes first.
    const sorted = [
      ...members.filter(([, { optional }]) => !optional),
      ...members.filter(([, { optional }]) => optional),
    ];
    return sorted.flatMap(([name, member]) => namesOf([...path, name].join("."), member.type, given, vocabulary));
  });
}

/** How a member can be given: `name=`, or with further names behind a dot. */
function namesOf(name: string, type: string, given: Given, vocabulary: Vocabulary): readonly string[] {
  if (given.has(name)) return [];
  const types = vocabulary.alternatives(type);
  const isObject = types.some(({ kind }) => kind === "object");
  const isOther = types.some(({ kind }) => kind !== "object");
  return [...(isOther ? [`${name}=`] : []), ...(isObject ? [`${name}.`] : [])];
}

/** What words give already. */
export function givenIn(words: readonly string[]): Given {
  const given = new Map<string, string>();
  for (const word of words) {
    const pair = pairOf(word);
    if (pair !== undefined) given.set(pair.path.join("."), pair.text);
  }
  return given;
}

function finished(word: string): string {
  return `${word} `;
}

/** What comes from a server is put into a line only if it is what names are made of. */
function isTypeable(candidate: string): boolean {
  return /^[A-Za-z0-9_.=+-]+ ?$/.test(candidate);
}
