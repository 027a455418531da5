/**
 * What TypeScript makes of a file of the output, as it would look if it had been printed in the first place.
 *
 * TypeScript prints a file anew: without empty lines, without most comments and with steps of four blanks. So a statement that
 * it has not changed is taken as it was; the others are laid out by prettier, and empty lines are where they were.
 */
import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import { format } from "prettier/standalone";
import { ts } from "ts-morph";

/**
 * The final text.
 *
 * @param emitted - What TypeScript has made of `source`.
 * @param kind - Whether that is JavaScript or declarations.
 */
export async function finalText(emitted: string, source: string, kind: TextKind): Promise<string> {
  const header = /^(?:\/\/.*\n)*/.exec(source)?.[0] ?? "";
  const body = emitted.startsWith(header) ? emitted.slice(header.length) : emitted;
  const pieces = arrange(statementsOf(body), statementsOf(source.slice(header.length)), kind);
  const text = await layOut(pieces, kind);
  return header === "" ? text : `${header}\n${text}`;
}

/** What TypeScript makes of a file. */
export type TextKind = "code" | "declaration";

/** A statement with the comments before it. */
interface Statement {
  readonly text: string;
  readonly node: ts.Statement;
  /** What tells it from the other statements of a file: what kind of statement it is, of which name. */
  readonly key: string;
  /** Whether there is an empty line before it. */
  readonly isApart: boolean;
}

/** A part of the final text. */
interface Piece {
  readonly text: string;
  /** Whether it is laid out already. */
  readonly isFinal: boolean;
  readonly isApart: boolean;
}

function statementsOf(text: string): readonly Statement[] {
  const options = { languageVersion: ts.ScriptTarget.ES2022, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  const { statements } = ts.createSourceFile("file.ts", text, options);
  return statements.map((node) => {
    const full = text.slice(node.pos, node.end);
    const isApart = /^[^\S\n]*\n[^\S\n]*\n/.test(full);
    return { text: full.trimStart(), node, key: keyOf(node), isApart };
  });
}

function keyOf(node: ts.Statement): string {
  if (ts.isImportDeclaration(node)) return `import ${moduleName(node.moduleSpecifier)}`;
  if (ts.isExportDeclaration(node)) return `export ${moduleName(node.moduleSpecifier)}`;
  if (isTypeDeclaration(node)) return `type ${node.name.text}`;
  if (ts.isVariableStatement(node)) {
    const [first] = node.declarationList.declarations;
    return `value ${first !== undefined && ts.isIdentifier(first.name) ? first.name.text : ""}`;
  }
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return `value ${node.name?.text ?? ""}`;
  return "";
}

function moduleName(node: ts.Expression | undefined): string {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : "";
}

function isTypeDeclaration(node: ts.Statement): node is ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

/** The pieces of the final text. TypeScript leaves statements out and adds some, but keeps their order. */
function arrange(emitted: readonly Statement[], sources: readonly Statement[], kind: TextKind): readonly Piece[] {
  const indices = new Map<string, number>();
  sources.forEach(({ key }, index) => {
    if (!indices.has(key)) indices.set(key, index);
  });
  let before = -1;
  return emitted.map((statement, index) => {
    const found = indices.get(statement.key);
    const text = kind === "declaration" ? asTypeImport(statement) : withoutMark(statement.text);
    if (found === undefined) return { text, isFinal: false, isApart: index > 0 };
    const source = sources[found];
    const isApart = index > 0 && sources.slice(before + 1, found + 1).some((each) => each.isApart);
    before = Math.max(before, found);
    // What declares a type is a declaration already.
    if (source !== undefined && (isTypeDeclaration(statement.node) || isAlike(source.text, text))) {
      return { text: source.text, isFinal: true, isApart };
    }
    const final = ofOneLine(text) ?? withBodyOf(source, statement);
    return { text: final ?? text, isFinal: final !== undefined, isApart };
  });
}

/** The final text of a statement for which there is only one layout; undefined for others. */
function ofOneLine(text: string): string | undefined {
  // TypeScript leaves a comment on the line where it was.
  const line = text.replace("= \n/* @__PURE__ */", "= /* @__PURE__ */");
  return DECLARED_CONST.test(line) || ONE_LINE.test(line) ? line : undefined;
}

/** Prettier has no place to break this, however long it is. */
const DECLARED_CONST = /^export declare const [\w$]+: [\w$]+(?:<[\w$]+>)?;$/;
const ONE_LINE =
  /^(?=.{0,80}$)export (?:declare function [\w$<>():?, ]+|const [\w$]+ = (?:\/\* @__PURE__ \*\/ )?[\w$]+\([\w$, ]*\));$/;

/** The final text of a function that has lost nothing but types in its first line: its body is as it was. */
function withBodyOf(source: Statement | undefined, { text, node }: Statement): string | undefined {
  if (source === undefined || !ts.isFunctionDeclaration(source.node) || !ts.isFunctionDeclaration(node))
    return undefined;
  const head = FUNCTION_HEAD.exec(text)?.[0];
  const [body, emitted] = [source.node.body, node.body];
  if (head === undefined || body === undefined || emitted === undefined) return undefined;
  const own = source.text.slice(body.pos - body.end).trimStart();
  return isAlike(own, text.slice(emitted.pos - emitted.end)) ? head + own : undefined;
}

/** What there is of a function before its body, where it is on one line of at most 80 characters. */
const FUNCTION_HEAD = /^(?=.{0,80}\n)export function [\w$]+\([\w$, ]*\) (?=\{\n)/;

/** Whether two texts differ only in how they are laid out. */
function isAlike(one: string, other: string): boolean {
  return one.replace(LAYOUT, "") === other.replace(LAYOUT, "");
}

const LAYOUT = /[\s,]+/g;

/** An import of types only as the one statement that it can be: `import { type A }` is left where a value went. */
function asTypeImport({ text, node }: Statement): string {
  if (!ts.isImportDeclaration(node)) return text;
  const { importClause: clause, moduleSpecifier } = node;
  const bindings = clause?.namedBindings;
  if (clause?.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings)) return text;
  if (bindings.elements.length === 0 || !bindings.elements.every((element) => element.isTypeOnly)) return text;
  const names = bindings.elements.map(({ name, propertyName }) =>
    propertyName === undefined ? name.text : `${propertyName.text} as ${name.text}`,
  );
  return `import type { ${names.join(", ")} } from ${JSON.stringify(moduleName(moduleSpecifier))};`;
}

/** A statement that prettier was told to leave alone for its names; after TypeScript, it has something to do. */
function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

const MARK = "// prettier-ignore\n";

/** One text of pieces, in which a comment stands for each that prettier need not see. */
async function layOut(pieces: readonly Piece[], kind: TextKind): Promise<string> {
  const join = (textOf: (piece: Piece, index: number) => string): string =>
    pieces.map((piece, index) => `${piece.isApart ? "\n" : ""}${textOf(piece, index)}\n`).join("");
  if (pieces.every(({ isFinal }) => isFinal)) return join(({ text }) => text);
  const draft = join(({ text, isFinal }, index) => (isFinal ? `${PLACEHOLDER}${String(index)}` : text));
  const text = await format(draft, { parser: kind === "code" ? "babel" : "babel-ts", plugins: [babel, estree] });
  return text.replace(PLACEHOLDERS, (whole, index: string) => pieces[Number(index)]?.text ?? whole);
}

const PLACEHOLDER = "//= ";
const PLACEHOLDERS = /^\/\/= (\d+)$/gm;
