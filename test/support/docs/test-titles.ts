/** What the tests in a file are called, as its source has it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** What declares suites of tests. */
const SUITES: ReadonlySet<string> = new Set(["describe", "eachQemu"]);

/** What declares tests, and suites of them. */
const DECLARES: ReadonlySet<string> = new Set(["test", "it", ...SUITES]);

/** Tests that are declared with these are not run. */
const NOT_RUN: ReadonlySet<string> = new Set(["skip", "todo", "fails"]);

/** What has been read, by path. */
const read = new Map<string, ReadonlySet<string>>();

/**
 * The titles of the tests in a file, each behind those of the suites that it is in: `a signal › is narrowed`. Titles with
 * places to be filled in stay as they are written: `$name`, `%s`, `${...}`.
 *
 * @param path - Relative to the root of the repository.
 */
export function titlesOf(path: string): ReadonlySet<string> {
  const known = read.get(path);
  if (known !== undefined) return known;
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ESNext, true);
  const titles = new Set<string>();
  const visit = (node: ts.Node, suites: readonly string[]): void => {
    const title = titleOf(node);
    const within = title === undefined ? suites : [...suites, title];
    if (title !== undefined && !isSuite(node)) titles.add(within.join(" › "));
    if (ts.isCallExpression(node) && isNotRun(node)) return;
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(source, []);
  read.set(path, titles);
  return titles;
}

/** Where a title says something of the values that a test is run with. */
const PLACE = /\$\{[^}]*\}|\$[\w.]+|%[sdifjo]/;

/**
 * Whether there is a test of a title in a file. Places in titles may be filled in: with what the file has somewhere, or a module that it
 * imports from the project.
 */
export function hasTest(path: string, title: string): boolean {
  if (!existsSync(path)) return false;
  const titles = titlesOf(path);
  if (titles.has(title)) return true;
  const filled = [...titles].flatMap((template) => (PLACE.test(template) ? [fillIns(template, title)] : []));
  const texts = filled.some((values) => values !== undefined) ? textsOf(path) : [];
  return filled.some((values) => values?.every((value) => texts.some((text) => hasWhole(text, value))));
}

/** What a title has in the places of another one. */
function fillIns(template: string, title: string): readonly string[] | undefined {
  const parts = template.split(new RegExp(PLACE, "g")).map(escaped);
  return new RegExp(`^${parts.join("(.+)")}$`).exec(title)?.slice(1);
}

/** Whether a text has another one, which is not a part of a word there. */
export function hasWhole(text: string, part: string): boolean {
  return new RegExp(`(?<!\\w)${escaped(part)}(?!\\w)`).test(text);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The source of a module, and of those that it imports from the project. */
function textsOf(path: string): readonly string[] {
  const text = readFileSync(path, "utf8");
  const imported = ts.preProcessFile(text).importedFiles.map(({ fileName }) => join(path, "..", fileName));
  const files = imported.map((name) => name.replace(/\.js$/, ".ts")).filter((name) => existsSync(name));
  return [text, ...files.map((name) => readFileSync(name, "utf8"))];
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

function isSuite(node: ts.Node): boolean {
  return ts.isCallExpression(node) && SUITES.has(namesOf(node.expression)[0] ?? "");
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
