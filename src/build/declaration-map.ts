/**
 * Maps of declarations (`.d.ts.map`): from the names in a `.d.ts` file to where the schema writes them, so that "go to
 * definition" in an editor leads there.
 *
 * TypeScript's server looks for the first segment at or behind a place, and for that of a name's end as for that of its
 * beginning. So a name has a segment at each of its ends, and there is one without a source just before it, which ends what
 * would otherwise lead to it.
 */
import { posix } from "node:path";
import { ts } from "ts-morph";
import type { Named, Names } from "../emit/naming.js";
import { common } from "../emit/places.js";
import type { Branch, Definition, EnumValue, Member, Schema } from "../schema/schema.js";
import type { Source } from "../syntax/source.js";
import { namePlace } from "./name-place.js";
import { sourceMap, type Origin, type Segment } from "./source-map.js";

/** What there is to know of an output and the schema that it was made from. */
export interface MapContext {
  readonly schema: Schema;
  readonly names: Names;
  /**
   * The path of a source relative to the folder of a file of the output, with forward slashes; undefined for a source that
   * is not there to be looked at.
   */
  sourcePath(source: Source, folder: string): string | undefined;
}

/** What can stand in a schema under a name. */
type Target = Definition | Member | EnumValue | Branch;

/**
 * The map of the declarations in `file`, whose name is its path in the output; undefined when nothing in it is mapped.
 *
 * @param path - The file that emitters have made, of which these are the declarations: `types/net.ts`.
 */
export function declarationMap(file: ts.SourceFile, path: string, context: MapContext): string | undefined {
  const draft = new Draft(file, path, context);
  for (const statement of file.statements) mapStatement(statement, draft, context.schema);
  return draft.finish();
}

function mapStatement(statement: ts.Statement, draft: Draft, schema: Schema): void {
  if (ts.isVariableStatement(statement)) {
    for (const { name, type } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name)) mapDeclaration(name, type, draft);
    }
  } else if (ts.isInterfaceDeclaration(statement)) {
    const { name, members } = statement;
    if (name.text === common("Events").identifier || name.text === common("Commands").identifier) {
      return mapEntries(members, draft, schema.byName);
    }
    // Where the schema has no signals, this may be a type of its own.
    if (name.text === common("Signals").identifier && draft.node(name.text) === undefined) {
      return mapEntries(members, draft, accessorsOf(schema));
    }
    mapDeclaration(name, statement, draft);
  } else if (ts.isTypeAliasDeclaration(statement)) {
    mapDeclaration(statement.name, statement.type, draft);
  } else if (
    (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
    statement.name !== undefined
  ) {
    mapDeclaration(statement.name, undefined, draft);
  }
}

/** The entries of the map of all events, commands or signals. */
function mapEntries(members: readonly ts.TypeElement[], draft: Draft, nodes: ReadonlyMap<string, Definition>): void {
  for (const { name } of members) {
    const node = nodes.get(nameText(name) ?? "");
    if (name !== undefined && node !== undefined) draft.add(name, node);
  }
}

/** The commands that stand for signals, by the names of the accessors. */
function accessorsOf({ commands }: Schema): ReadonlyMap<string, Definition> {
  return new Map(commands.flatMap(({ signal }) => (signal === undefined ? [] : [[signal.name, signal.connect]])));
}

function mapDeclaration(name: ts.Identifier, body: ts.Node | undefined, draft: Draft): void {
  const node = draft.node(name.text);
  if (node === undefined) return;
  draft.add(name, node);
  if (body !== undefined) mapBody(body, node, 0, draft);
}

/** The properties of an object type that is a declaration's or part of it. */
function mapBody(body: ts.Node, node: Named, depth: number, draft: Draft): void {
  if (ts.isTypeLiteralNode(body) || ts.isInterfaceDeclaration(body)) {
    const parts = partsOf(node, depth);
    for (const member of body.members) {
      if (!ts.isPropertySignature(member)) continue;
      const part = parts.get(nameText(member.name) ?? "");
      if (part !== undefined) draft.add(member.name, part);
      if (member.type !== undefined) mapBody(member.type, node, depth + 1, draft);
    }
  } else if (ts.isIntersectionTypeNode(body)) {
    for (const type of body.types) mapBody(type, node, depth, draft);
  }
}

/** What the properties of a type stand for that was made from a node, by their names. */
function partsOf(node: Named, depth: number): ReadonlyMap<string, Target> {
  switch (node.kind) {
    case "enum":
      return byName(node.values);
    case "struct":
    case "union":
      return byName(node.allMembers);
    case "branch":
      return byName([node.parent.discriminator]);
    case "command":
      return byName(node.arguments?.allMembers ?? []);
    case "event":
      if (depth > 0) return byName(node.arguments?.allMembers ?? []);
      return new Map([
        ["event", node],
        ["data", node],
      ]);
    case "alternate":
      return new Map();
  }
}

function byName(parts: readonly (Member | EnumValue)[]): ReadonlyMap<string, Target> {
  return new Map(parts.map((part) => [part.name, part]));
}

/** The name of a property; undefined where it is not plain to see. */
function nameText(name: ts.PropertyName | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isStringLiteral(name)) return name.text;
  return ts.isComputedPropertyName(name) && ts.isStringLiteral(name.expression) ? name.expression.text : undefined;
}

/** A map while it is made. */
class Draft {
  readonly #file: ts.SourceFile;
  readonly #path: string;
  readonly #context: MapContext;
  readonly #segments: Segment[] = [];
  /** The sources and their indices, by their paths relative to the map. */
  readonly #sources = new Map<string, number>();
  /** The first offset that no name so far has reached. */
  #end = 0;

  constructor(file: ts.SourceFile, path: string, context: MapContext) {
    this.#file = file;
    this.#path = path;
    this.#context = context;
  }

  /** What of the schema is declared under a name. */
  node(identifier: string): Named | undefined {
    return this.#context.names.node(identifier, this.#path);
  }

  /** Maps a name, which must be behind all names so far. */
  add(name: ts.PropertyName, target: Target): void {
    const { source, start, end } = namePlace(target);
    const path = this.#context.sourcePath(source, posix.dirname(this.#file.fileName));
    if (path === undefined) return;
    const index = this.#sources.get(path) ?? this.#sources.size;
    this.#sources.set(path, index);
    const first = this.#origin(index, source, start);
    const last = this.#origin(index, source, end);
    const from = name.getStart(this.#file);
    if (from > this.#end) this.#segment(from - 1);
    this.#segment(from, first);
    // "Go to implementation" looks for what is within the quotes.
    if (ts.isStringLiteral(name)) this.#segment(from + 1, first);
    this.#segment(name.end, last);
    this.#end = name.end + 1;
  }

  finish(): string | undefined {
    if (this.#segments.length === 0) return undefined;
    return sourceMap(posix.basename(this.#file.fileName), [...this.#sources.keys()], this.#segments);
  }

  #origin(index: number, source: Source, offset: number): Origin {
    const { line, column } = source.position(offset);
    return { source: index, line: line - 1, column: column - 1 };
  }

  #segment(offset: number, origin?: Origin): void {
    const { line, character: column } = this.#file.getLineAndCharacterOfPosition(offset);
    this.#segments.push(origin === undefined ? { line, column } : { line, column, origin });
  }
}
