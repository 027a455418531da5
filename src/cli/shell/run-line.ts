/** A line of the shell, and what comes of it. */
import { printable } from "../../printable.js";
import { QmpError } from "../../runtime/errors.js";
import { didYouMean, UsageError } from "../options.js";
import { problemOf, type UntypedClient } from "./connection.js";
import { givenIn, OWN_WORDS } from "./complete.js";
import { helpOf, SHELL_HELP } from "./help.js";
import { oneLine } from "./json-output.js";
import type { VocabularySource } from "./load-vocabulary.js";
import { pairOf, requestOf, type Takes } from "./request.js";
import { splitWords } from "./words.js";

/** Who is talked to, and what can be said there. */
export interface Conversation {
  readonly client: UntypedClient;
  readonly vocabulary: VocabularySource;
}

/** What comes of a line. Texts can be printed as they are. */
export type Outcome =
  | { readonly kind: "nothing" | "exit" }
  /** JSON in one line. */
  | { readonly kind: "reply"; readonly json: string }
  | { readonly kind: "text"; readonly text: string }
  /** A message in one line. */
  | { readonly kind: "failure"; readonly message: string };

/** Why a command is not waited for any more: its user said so. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}

/**
 * Executes a line.
 *
 * @param signal - Ends the wait, by an {@link Interruption}.
 * @throws what is nobody's mistake but ours.
 */
export async function runLine(line: string, conversation: Conversation, signal?: AbortSignal): Promise<Outcome> {
  const { words, unclosed } = splitWords(line);
  const [first] = words;
  if (first === undefined || first.startsWith("#")) return { kind: "nothing" };
  if (unclosed !== undefined) return { kind: "failure", message: `the line ends before what ${unclosed} began` };
  if (first === "exit" && words.length === 1) return { kind: "exit" };
  if (first === "help") return help(words.slice(1), conversation.vocabulary);
  try {
    const request = requestOf(words, await takesOf(words, conversation.vocabulary));
    const { command, args, isOob: oob } = request;
    const reply = await conversation.client.executeUntyped(command, args, { oob, signal });
    return { kind: "reply", json: oneLine(reply ?? {}) };
  } catch (error) {
    return failure(error, conversation.vocabulary);
  }
}

async function help(words: readonly string[], source: VocabularySource): Promise<Outcome> {
  const [name, ...pairs] = words;
  if (name === undefined) return { kind: "text", text: SHELL_HELP };
  const vocabulary = await source.load();
  if (vocabulary === undefined) return { kind: "failure", message: "the server does not tell what it has" };
  const text = helpOf(name, pairs, vocabulary);
  if (text !== undefined) return { kind: "text", text };
  const near = didYouMean(name, [...vocabulary.commands, ...vocabulary.events]);
  return { kind: "failure", message: printable(`there is no '${name}'${near}`) };
}

/** What the command of a line takes. It is asked for only where that makes a difference. */
async function takesOf(words: readonly string[], source: VocabularySource): Promise<Takes | undefined> {
  const [command = "", ...rest] = words;
  if (!rest.some((word) => pairOf(word) !== undefined)) return undefined;
  const vocabulary = await source.load();
  if (vocabulary === undefined) return undefined;
  const given = givenIn(rest);
  return (path, kind) => vocabulary.takes(command, path, given, kind);
}

function failure(error: unknown, { current }: VocabularySource): Outcome {
  if (error instanceof UsageError || error instanceof Interruption) {
    return { kind: "failure", message: printable(error.message) };
  }
  const problem = problemOf(error);
  if (problem === undefined) throw error;
  const isUnknown = error instanceof QmpError && error.class === "CommandNotFound";
  const near = isUnknown ? didYouMean(error.command, [...(current?.commands ?? []), ...OWN_WORDS]) : "";
  return { kind: "failure", message: problem + printable(near) };
}
