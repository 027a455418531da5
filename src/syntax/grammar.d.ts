/** The parser that `npm run build:grammar` makes of grammar/qapi.peggy; only parse.ts uses it. */
import type { ListNode, NameNode, ObjectNode, StringNode, ValueNode } from "./ast.js";
import type { DocLine } from "./doc-comment.js";
import type { Source, Span } from "./source.js";

/** What the grammar finds at the top level of a file. */
export type RawEntry = ObjectNode | RawComment | RawProposal;

/** An entry in the notation of the proposal of 2011. */
export type RawProposal = RawProposalType | RawProposalCommand;

/** `{ 'BlockIOEvent': { ... } }` or `{ 'BlockDeviceAction': [ ... ] }` */
export interface RawProposalType {
  readonly kind: "proposalType";
  /** It begins with a capital. */
  readonly name: StringNode;
  readonly data: ObjectNode | ListNode;
  readonly span: Span;
}

/** `[ 'block-io-event', { ... }, { ... }, 'BlockIOEvent' ]` */
export interface RawProposalCommand {
  readonly kind: "proposalCommand";
  /** The first one is a string. */
  readonly parts: readonly ValueNode[];
  readonly span: Span;
}

/** A documentation comment, line by line. */
export interface RawComment {
  readonly kind: "comment";
  readonly symbol: NameNode | null;
  readonly lines: readonly DocLine[];
  readonly span: Span;
}

export interface ParseOptions {
  /** The source that spans refer to. */
  readonly source: Source;
  /** How deep brackets may nest; beyond it the parser throws. */
  readonly maximumDepth: number;
  /** The offset to start from. */
  readonly peg$currPos: number;
  /** 1: do not keep track of what was expected where, which is faster. */
  readonly peg$silentFails: 0 | 1;
  /** Gets what is clear although it is not as the language of today has it, of entries that do not parse, too. */
  readonly slips: Slip[];
  /** Return an account of the parse instead of throwing. */
  readonly peg$library: true;
}

/** A comma that is missing or one too many. */
export interface Slip {
  readonly kind: "missing-comma" | "trailing-comma";
  /** The offset of the token that is there instead, or behind it. */
  readonly at: number;
}

export interface ParseAccount {
  /** The entries up to {@link ParseAccount.peg$currPos}. */
  readonly peg$result: readonly RawEntry[];
  /** Where the parser stopped: at the end of the text, or in front of an entry that does not parse. */
  readonly peg$currPos: number;
  readonly peg$success: boolean;
  /** The furthest offset that the parser came to, unless failures are silent. */
  readonly peg$maxFailPos: number;
  /** What it would have taken there. */
  readonly peg$maxFailExpected: readonly Expectation[];
}

/** A named rule of the grammar, a literal, or the end. */
export type Expectation =
  | { readonly type: "other"; readonly description: string }
  | { readonly type: "literal"; readonly text: string }
  | { readonly type: "end" };

/** What the grammar throws when brackets nest too deep. */
export class SyntaxError extends Error {
  readonly location: { readonly start: { readonly offset: number } };
}

export function parse(input: string, options: ParseOptions): ParseAccount;
