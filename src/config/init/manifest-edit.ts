/** Adds to a `package.json`, and leaves every other character of it as it is. */
import { ts } from "ts-morph";

/** What a `package.json` is to have: a key in one of its objects. */
export interface Wanted {
  /** `scripts`, say. */
  readonly object: string;
  readonly key: string;
  readonly value: string;
}

/** The text with what is wanted; what is there already stays as it is. The text is JSON with an object in it. */
export function addToManifest(text: string, wanted: readonly Wanted[]): string {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const result = wanted.reduce(addOne, text.replaceAll("\r\n", "\n"));
  return result.replaceAll("\n", lineBreak);
}

function addOne(text: string, { object, key, value }: Wanted): string {
  const source = ts.parseJsonText("package.json", text);
  const root = source.statements[0]?.expression;
  if (root === undefined || !ts.isObjectLiteralExpression(root)) return text;
  const unit = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  const entry = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const objectOf = (inner: string): string => `{\n${unit}${unit}${inner}\n${unit}}`;
  const existing = propertyOf(root, object);
  if (existing === undefined) return append(text, source, root, `${JSON.stringify(object)}: ${objectOf(entry)}`, unit);
  const target = existing.initializer;
  if (!ts.isObjectLiteralExpression(target) || propertyOf(target, key) !== undefined) return text;
  if (target.properties.length > 0) return append(text, source, target, entry, unit);
  return text.slice(0, target.getStart(source)) + objectOf(entry) + text.slice(target.getEnd());
}

function propertyOf(object: ts.ObjectLiteralExpression, key: string): ts.PropertyAssignment | undefined {
  return object.properties
    .filter((property) => ts.isPropertyAssignment(property))
    .find(({ name }) => ts.isStringLiteral(name) && name.text === key);
}

/** Puts a property behind the last one, on a line of its own if that is. */
function append(
  text: string,
  source: ts.SourceFile,
  object: ts.ObjectLiteralExpression,
  entry: string,
  unit: string,
): string {
  const last = object.properties.at(-1);
  const [start, end] = [object.getStart(source), object.getEnd()];
  if (last === undefined) return `${text.slice(0, start)}{\n${unit}${entry}\n}${text.slice(end)}`;
  const line = /\n([ \t]*)$/.exec(text.slice(start, last.getStart(source)));
  const gap = line === null ? " " : `\n${line[1] ?? ""}`;
  return `${text.slice(0, last.getEnd())},${gap}${entry}${text.slice(last.getEnd())}`;
}
