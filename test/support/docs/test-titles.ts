/** What the tests in a file are called, as its source has it. */
import { readFileSync } from "node:fs";
import ts from "typescript";

/** What declares tests and suites of them. */
const DECLARES: ReadonlySet<string> = new Set(["test", "it", "describe", "eachQemu"]);

/** Tests that are declared with these are not run. */
const NOT_RUN: ReadonlySet<string> = new Set(["skip", "todo", "fails"]);

/**
 * The titles of the tests in a file, and of the suites, each behind those of the suites that it is in: `a signal › is narrowed`. Titles with
 * places to be filled in stay as they are written: `$name`, `%s`, `${...}`.
 *
 * @param path - Relative to the root of the repository.
 */
export function titlesOf(path: string): ReadonlySet<string> {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ESNext, true);
  const titles = new Set<string>();
  const visit = (node: ts.Node, suites: readonly string[]): void => {
    const title = titleOf(node);
    const within = title === undefined ? suites : [...suites, title];
    if (title !== undefined) titles.add(within.join(" › "));
    if (ts.isCallExpression(node) && isNotRun(node)) return;
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(source, []);
  return titles;
}

/** The title of the test or suite that an expression declares. */
function titleOf(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || isNotRun(node) || !DECLARES.has(namesOf(node.expression)[0] ?? ""))
    return undefined;
  const [title] = node.arguments;
  if (title === undefined) return undefined;
  if (ts.isStringLiteralLike(title)) return title.text;
  return ts.isTemplateExpression(title) ? title.getText().slice(1, -1) : undefined;
}

function isNotRun({ expression }: ts.CallExpression): boolean {
  const [first = "", ...more] = namesOf(expression);
  return DECLARES.has(first) && more.some((name) => NOT_RUN.has(name));
}

/** The names in `test.each(...)`: what is called, and how. */
function namesOf(expression: ts.Expression): readonly string[] {
  if (ts.isIdentifier(expression)) return [expression.text];
  if (ts.isPropertyAccessExpression(expression)) {
    const names = namesOf(expression.expression);
    return names.length === 0 ? [] : [...names, expression.name.text];
  }
  return ts.isCallExpression(expression) ? namesOf(expression.expression) : [];
}
