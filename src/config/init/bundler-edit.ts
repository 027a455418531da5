/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- ts-morph makes its nodes, whose classes the rule takes for others */
/** Adds the plugin to the configuration of a bundler, and leaves every other character of it as it is. */
import { Node, Project, SyntaxKind, ts, type ObjectLiteralExpression, type SourceFile } from "ts-morph";

/** What configurations of bundlers are called, and the plugin for each. */
export const BUNDLERS: ReadonlyMap<string, string> = new Map([
  ["vite.config", "qapi-codegen/vite"],
  ["rollup.config", "qapi-codegen/rollup"],
  ["rolldown.config", "qapi-codegen/rolldown"],
  ["webpack.config", "qapi-codegen/webpack"],
  ["rspack.config", "qapi-codegen/rspack"],
]);

/** What can follow these names. */
export const EXTENSIONS: readonly string[] = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** The text with the plugin in it, or why that is for people to do. */
export type Edited = { readonly text: string } | { readonly problem: string };

/** An insertion. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Adds the plugin. A text that has it already is returned as it is.
 *
 * @param file - The name of the file, which says what language it is in.
 * @param plugin - The module whose default export is the plugin.
 */
export function addPlugin(text: string, file: string, plugin: string): Edited {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { allowJs: true } });
  const source = project.createSourceFile(`/${file}`, text);
  const { diagnostics = [] } = ts.transpileModule(text, { fileName: file, reportDiagnostics: true });
  if (diagnostics.length > 0) return { problem: "it has a mistake" };
  if (isImported(source, plugin)) return { text };
  const exported = exportedBy(source);
  if (exported === undefined) return { problem: "it exports nothing that is understood" };
  const config = configIn(exported.value, new Set());
  if (config === undefined) return { problem: "what it exports is no object that could be found" };
  const call = inPlugins(config);
  if (call === undefined) return { problem: "its 'plugins' are no list that could be found" };
  const insertions = [importOf(source, plugin, exported.isCommonJs), call].sort((a, b) => b.at - a.at);
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const insert = (into: string, { at, text: part }: Insertion): string =>
    into.slice(0, at) + part.replaceAll("\n", lineBreak) + into.slice(at);
  return { text: insertions.reduce(insert, text) };
}

function isImported(source: SourceFile, plugin: string): boolean {
  return source.getDescendantsOfKind(SyntaxKind.StringLiteral).some((literal) => literal.getLiteralValue() === plugin);
}

/** What a file exports as its configuration. */
function exportedBy(source: SourceFile): { readonly value: Node; readonly isCommonJs: boolean } | undefined {
  for (const statement of source.getStatements()) {
    if (Node.isExportAssignment(statement))
      return { value: statement.getExpression(), isCommonJs: statement.isExportEquals() };
    if (!Node.isExpressionStatement(statement)) continue;
    const assignment = statement.getExpression();
    if (!Node.isBinaryExpression(assignment) || assignment.getOperatorToken().getKind() !== SyntaxKind.EqualsToken)
      continue;
    const target = assignment.getLeft().getText();
    if (target === "module.exports" || target === "exports.default") {
      return { value: assignment.getRight(), isCommonJs: true };
    }
  }
  return undefined;
}

/** The object that is the configuration, behind functions, calls, variables and types. */
function configIn(node: Node, seen: Set<Node>): ObjectLiteralExpression | undefined {
  if (seen.has(node)) return undefined;
  seen.add(node);
  if (Node.isObjectLiteralExpression(node)) return node;
  if (Node.isCallExpression(node)) {
    // defineConfig(...) gives back what it takes; what another function makes of it is not known.
    const [argument] = node.getArguments();
    const isDefine = /^define[A-Z]\w*$/.test(node.getExpression().getText());
    return isDefine && argument !== undefined ? configIn(argument, seen) : undefined;
  }
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node) || Node.isFunctionDeclaration(node)) {
    const body = node.getBody();
    if (body === undefined) return undefined;
    if (!Node.isBlock(body)) return configIn(body, seen);
    // Of several, who is to say which.
    const returns = body.getStatements().filter((statement) => Node.isReturnStatement(statement));
    const all = body.getDescendantsOfKind(SyntaxKind.ReturnStatement);
    const value = all.length === 1 ? returns[0]?.getExpression() : undefined;
    return value === undefined ? undefined : configIn(value, seen);
  }
  const inner = valueBehind(node);
  return inner === undefined ? undefined : configIn(inner, seen);
}

/** What a variable stands for, or what stands in parentheses or before a type. */
function valueBehind(node: Node): Node | undefined {
  if (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isAwaitExpression(node)
  ) {
    return node.getExpression();
  }
  if (!Node.isIdentifier(node)) return undefined;
  const source = node.getSourceFile();
  const name = node.getText();
  return source.getVariableDeclaration(name)?.getInitializer() ?? source.getFunction(name);
}

/** The call of the plugin as the first one of the list. */
function inPlugins(config: ObjectLiteralExpression): Insertion | undefined {
  const property = config.getProperty("plugins");
  if (property === undefined) {
    const first = config.getProperties()[0];
    return insertFirst(config.getStart() + 1, first, "plugins: [qapi()]", " ");
  }
  let list: Node | undefined;
  if (Node.isPropertyAssignment(property)) list = property.getInitializer();
  else if (Node.isShorthandPropertyAssignment(property)) list = property.getNameNode();
  for (let steps = 0; list !== undefined && !Node.isArrayLiteralExpression(list) && steps < 10; steps++) {
    list = valueBehind(list);
  }
  if (list === undefined || !Node.isArrayLiteralExpression(list)) return undefined;
  return insertFirst(list.getStart() + 1, list.getElements()[0], "qapi()", "");
}

/**
 * @param at - Behind the opening bracket.
 * @param first - What stands there now; on a line of its own, so will the new one.
 * @param pad - What is between a bracket and what is in it.
 */
function insertFirst(at: number, first: Node | undefined, text: string, pad: string): Insertion {
  if (first === undefined) return { at, text: pad + text + pad };
  const line = /\n([ \t]*)$/.exec(first.getSourceFile().getFullText().slice(at, first.getStart()));
  if (line === null) return { at, text: pad === "" ? `${text}, ` : `${pad}${text},` };
  return { at, text: `\n${line[1] ?? ""}${text},` };
}

/** The import, behind those that there are, in their style. */
function importOf(source: SourceFile, plugin: string, isCommonJs: boolean): Insertion {
  const before = isCommonJs
    ? source.getStatements().filter((one) => Node.isVariableStatement(one) && /\brequire\(/.test(one.getText()))
    : source.getImportDeclarations();
  const last = before.at(-1);
  const text = source.getFullText();
  const quote = /\bfrom '|require\('/.test(text) ? "'" : '"';
  const end = last !== undefined && !last.getText().endsWith(";") ? "" : ";";
  const module = quote + plugin + quote;
  const line = isCommonJs ? `const { default: qapi } = require(${module})${end}` : `import qapi from ${module}${end}`;
  if (last !== undefined) return { at: last.getEnd(), text: `\n${line}` };
  // Behind what has to come first: a line for the shell, "use strict".
  const directive = source
    .getStatements()
    .find((one) => Node.isExpressionStatement(one) && /^["']use strict/.test(one.getText()));
  if (directive !== undefined) return { at: directive.getEnd(), text: `\n${line}` };
  const start = /^(?:\uFEFF)?(?:#![^\n]*\n)?/.exec(text)?.[0].length ?? 0;
  return { at: start, text: `${line}\n${isCommonJs ? "" : "\n"}` };
}
