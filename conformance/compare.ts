/** Where two JSON values differ. */
import { isList, isObject, type Json } from "./json.js";

/** One place where two values differ; `undefined` stands for what one of them does not have. */
export interface Difference {
  /** `modules[2].entities[0].members` */
  readonly path: string;
  readonly theirs: Json | undefined;
  readonly ours: Json | undefined;
}

/** The first `limit` differences, outermost values first; the order of keys does not matter, that of lists does. */
export function differences(theirs: Json, ours: Json, limit: number): readonly Difference[] {
  const found: Difference[] = [];
  visit(theirs, ours, "");
  return found;

  function visit(a: Json | undefined, b: Json | undefined, path: string): void {
    if (found.length >= limit || a === b) return;
    if (isList(a) && isList(b)) {
      for (let index = 0; index < Math.max(a.length, b.length); index++) {
        visit(a[index], b[index], `${path}[${String(index)}]`);
      }
    } else if (isObject(a) && isObject(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
        visit(a[key], b[key], path === "" ? key : `${path}.${key}`);
      }
    } else {
      found.push({ path, theirs: a, ours: b });
    }
  }
}

/** `modules[2].name: 'a.json' / 'b.json'`: the path, theirs and ours, shortened to a line. */
export function describeDifference({ path, theirs, ours }: Difference): string {
  return `${path}: ${shorten(theirs)} / ${shorten(ours)}`;
}

function shorten(value: Json | undefined): string {
  const text = value === undefined ? "(nothing)" : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
