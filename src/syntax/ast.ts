/**
 * The syntax tree: what the files say, form by form, with the place of everything, and nothing resolved.
 *
 * A type is a name here, an include a string, a base whatever is written. What the language has several spellings for
 * has one form here, so that no later phase knows of them.
 */
import type { Diagnostic } from "../diagnostic.js";
import type { Condition } from "../schema/condition.js";
import type { Span } from "./source.js";

/** One file. */
export interface FileNode {
  readonly kind: "file";
  /** What could be understood. */
  readonly entries: readonly EntryNode[];
  /** The names of definitions that could not be understood, so that they are not taken for undefined. */
  readonly broken: readonly string[];
  /** Whether text was left out since it does not even parse; it may define anything. */
  readonly isPartial: boolean;
  /** What was understood although QEMU's compiler of today would refuse it, since an older one did not. */
  readonly notes: readonly Diagnostic[];
  /** Whether it is not the text of a schema, whose style could be judged, but an image or the answer of a QEMU. */
  readonly hasNoStyle?: true;
  readonly span: Span;
}

/** What stands at the top level of a file; free-form documentation is an entry of its own. */
export type EntryNode = IncludeNode | PragmaNode | DefinitionNode | DocNode;

/** The six forms that define something. */
export type DefinitionNode = EnumNode | StructNode | UnionNode | AlternateNode | CommandNode | EventNode;

/** `{ 'include': 'net.json' }` */
export interface IncludeNode {
  readonly kind: "include";
  readonly path: NameNode;
  readonly span: Span;
}

/** `{ 'pragma': { 'doc-required': true } }`. Pragmas relax rules of style, so the values are kept as they are. */
export interface PragmaNode {
  readonly kind: "pragma";
  readonly settings: readonly PropertyNode[];
  readonly span: Span;
}

/** What all definitions have. */
interface DefinitionBaseNode {
  readonly name: NameNode;
  readonly if?: Condition;
  readonly features: readonly FeatureNode[];
  readonly doc?: DocNode;
  /** Whether the schema does not write it, but something that stands for it: see {@link UnionNode}. */
  readonly implicit?: true;
  readonly span: Span;
}

/** `{ 'enum': 'RxState', 'data': [ 'normal', { 'name': 'none', 'if': 'CONFIG_A' } ] }` */
export interface EnumNode extends DefinitionBaseNode {
  readonly kind: "enum";
  readonly values: readonly EnumValueNode[];
  readonly prefix?: string;
}

/** An element of an enum's `data`. */
export interface EnumValueNode {
  readonly name: NameNode;
  readonly if?: Condition;
  readonly features: readonly FeatureNode[];
  readonly span: Span;
}

/** `{ 'struct': 'NetdevStream', 'base': 'NetdevBase', 'data': { 'addr': 'SocketAddress' } }` */
export interface StructNode extends DefinitionBaseNode {
  readonly kind: "struct";
  readonly base?: TypeNode;
  readonly members: readonly MemberNode[];
}

/**
 * `{ 'union': 'Netdev', 'base': {...}, 'discriminator': 'type', 'data': {...} }`
 *
 * Simple unions, which there were before 6.1, are written without discriminator, and the types of their branches can be
 * any: `{ 'union': 'U', 'data': { 'a': 'str' } }`. Such a union has a discriminator `type` of the implicit enum `UKind`, and
 * each branch the one member `data`.
 */
export interface UnionNode extends DefinitionBaseNode {
  readonly kind: "union";
  readonly base: TypeNode | MembersNode;
  readonly discriminator: NameNode;
  /** Of a simple union: the enum that its discriminator has for a type. */
  readonly tag?: EnumNode;
  readonly branches: readonly BranchNode[];
}

/** `{ 'alternate': 'StrOrNull', 'data': { 's': 'str', 'n': 'null' } }` */
export interface AlternateNode extends DefinitionBaseNode {
  readonly kind: "alternate";
  readonly alternatives: readonly CaseNode[];
}

/** `{ 'command': 'netdev_add', 'data': 'Netdev', 'boxed': true }` */
export interface CommandNode extends DefinitionBaseNode {
  readonly kind: "command";
  readonly arguments?: TypeNode | MembersNode;
  readonly returns?: TypeNode;
  readonly boxed: boolean;
  readonly gen: boolean;
  readonly successResponse: boolean;
  readonly allowOob: boolean;
  readonly allowPreconfig: boolean;
  readonly coroutine: boolean;
  /** Of a command that connects clients to a signal; the one that disconnects them has none. */
  readonly signal?: SignalNode;
}

/**
 * The signal that `[ 'block-device-event', { 'device': 'str' }, {}, 'BlockDeviceEvent' ]` is the accessor of, in the notation of
 * the proposal of 2011. What stands in the tree for it are two commands: one that connects, and one that disconnects.
 */
export interface SignalNode {
  /** The name of the accessor: `block-device-event`. */
  readonly name: string;
  /** The event, by its name on the wire. */
  readonly event: NameNode;
  /** The name of the command that disconnects. */
  readonly disconnect: string;
}

/** `{ 'event': 'NETDEV_STREAM_DISCONNECTED', 'data': { 'netdev-id': 'str' } }` */
export interface EventNode extends DefinitionBaseNode {
  readonly kind: "event";
  readonly arguments?: TypeNode | MembersNode;
  readonly boxed: boolean;
}

/** Members that are written in place: `{ 'id': 'str', '*up': 'bool' }`. */
export interface MembersNode {
  readonly kind: "members";
  /** A struct whose members they are added to; only where old spellings stand for that. */
  readonly base?: TypeNode;
  /** What a struct of them is to be called, if they need one; the same name and members mean the same struct. */
  readonly name?: string;
  readonly members: readonly MemberNode[];
  readonly span: Span;
}

/** `'*up': { 'type': 'bool', 'if': 'CONFIG_A', 'features': [ 'unstable' ] }` */
export interface MemberNode {
  /** Without the asterisk. */
  readonly name: NameNode;
  readonly optional: boolean;
  /** Members: a struct that is written in place, as it could be before 2.4. */
  readonly type: TypeNode | MembersNode;
  readonly if?: Condition;
  readonly features: readonly FeatureNode[];
  readonly span: Span;
}

/** A branch of a union or an alternative of an alternate: `'stream': 'NetdevStreamOptions'`. */
export interface CaseNode {
  readonly name: NameNode;
  readonly type: TypeNode;
  readonly if?: Condition;
  readonly span: Span;
}

/** A branch as unions have it; its members are in place where an old spelling stands for that. */
export interface BranchNode extends Omit<CaseNode, "type"> {
  readonly type: TypeNode | MembersNode;
}

/** `'unstable'` or `{ 'name': 'unstable', 'if': 'CONFIG_A' }` in a list of features. */
export interface FeatureNode {
  readonly name: NameNode;
  readonly if?: Condition;
  readonly span: Span;
}

/** The name of a type, or of the elements' type: `'str'`, `[ 'str' ]`. */
export interface TypeNode {
  readonly kind: "type";
  readonly name: string;
  readonly list: boolean;
  /** Of the name, also in a list. */
  readonly span: Span;
}

/** A string of the schema and where it is; the span has the quotes in it. */
export interface NameNode {
  readonly text: string;
  /** What the schema has there, where that is not the name itself but what it is made of: `BlockIOEvent` for `BLOCK_IO_EVENT`. */
  readonly written?: string;
  readonly span: Span;
}

/** Any value as the grammar reads it. */
export type ValueNode = ObjectNode | ListNode | StringNode | BooleanNode | NumberNode;

/** `{ ... }`; a key that is there twice is here twice. */
export interface ObjectNode {
  readonly kind: "object";
  readonly properties: readonly PropertyNode[];
  readonly span: Span;
}

/** A key of an object and what it stands for. */
export interface PropertyNode {
  readonly key: StringNode;
  readonly value: ValueNode;
}

/** `[ ... ]` */
export interface ListNode {
  readonly kind: "list";
  readonly elements: readonly ValueNode[];
  readonly span: Span;
}

/** `'...'` */
export interface StringNode {
  readonly kind: "string";
  readonly text: string;
  readonly span: Span;
}

/** `true` or `false` */
export interface BooleanNode {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly span: Span;
}

/** A number; the language has them nowhere but in the defaults of commands, until 2.x. */
export interface NumberNode {
  readonly kind: "number";
  readonly span: Span;
}

/** A documentation comment, cut into its sections. */
export interface DocNode {
  readonly kind: "doc";
  /** What the comment names. Absent in free-form documentation, and where an old one is about the definition behind it. */
  readonly symbol?: NameNode;
  readonly sections: readonly DocSection[];
  readonly span: Span;
}

/** What a part of a documentation comment is about. */
export type DocSectionKind =
  "text" | "member" | "feature" | "returns" | "errors" | "since" | "todo" | "note" | "example";

/** A part of a documentation comment. */
export interface DocSection {
  readonly kind: DocSectionKind;
  /** Of a `member` (also an enumeration's value, a branch, an alternative) or a `feature`: which one. */
  readonly name?: string;
  /** reStructuredText (before QEMU 9.1 a looser kind of it), its indentation removed, without blank lines at the ends. */
  readonly text: string;
  readonly span: Span;
}
