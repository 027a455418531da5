/** Loops of the bundled command line, which count where the sources go through arrays. */
import ts from "typescript";
import { expect, it } from "vitest";
import { withCountingLoops } from "../../scripts/array-loops.js";

const OPTIONS: ts.CompilerOptions = { target: ts.ScriptTarget.ES2023, strict: true, types: [] };
const compiler = ts.createCompilerHost(OPTIONS, true);
/** The declarations of what JavaScript has, which are read once. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/** What a function body has returned, as it is written and with its loops changed, and whether something was changed. */
function both(body: string): { readonly before: unknown; readonly after: unknown; readonly isChanged: boolean } {
  const name = "body.ts";
  const text = `function body() { ${body} }`;
  const program = ts.createProgram([name], OPTIONS, {
    ...compiler,
    getSourceFile(path, version) {
      if (path === name) return ts.createSourceFile(name, text, version, true);
      if (!libraries.has(path)) libraries.set(path, compiler.getSourceFile(path, version));
      return libraries.get(path);
    },
  });
  const file = program.getSourceFile(name);
  if (file === undefined) throw new Error("there is no such file");
  const changed = withCountingLoops(file, program.getTypeChecker());
  return { before: run(text), after: run(changed), isChanged: changed !== text };
}

function run(text: string): unknown {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2023 } });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is the test's own code
  const body: unknown = new Function(`${outputText}; return body();`);
  return typeof body === "function" ? Reflect.apply(body, undefined, []) : undefined;
}

it.each([
  [
    "an item that is destructured",
    "const s = []; for (const [a, { b }] of [[1, { b: 2 }]] as const) s.push(a, b); return s;",
  ],
  [
    "loops in loops, without braces",
    "let s = ''; for (const a of ['ab', 'c']) for (const b of a.split('')) s += a + b; return s;",
  ],
  [
    "a loop in what another goes through",
    "let s = 0; for (const a of [1, 2].map((x) => { for (const y of [x]) s += y; return x; })) s += a; return s;",
  ],
  [
    "continue, break and labels",
    "let s = ''; a: for (const x of [1, 2, 3]) { for (const y of [1, 2]) { if (y === x) continue a; if (x === 3) break a; s += x; } } return s;",
  ],
  [
    "functions that keep their item",
    "const s = []; for (const x of [1, 2]) s.push(() => x); return s.map((f) => f());",
  ],
  ["an item that is assigned to", "const s = []; for (let x of [1, 2]) { x += 1; s.push(x); } return s;"],
  [
    "an array that grows and is replaced",
    "let a = [1, 2]; let s = 0; for (const x of a) { if (a.length < 4) a.push(x); if (s > 3) a = []; s += x; } return s;",
  ],
  [
    "a union of arrays, and one that is readonly",
    "let s = 0; const a = [1] as readonly number[] | [number]; for (const x of a) s += x; return s;",
  ],
])("%s: the same comes of it", (_, body) => {
  const { before, after, isChanged } = both(body);
  expect(isChanged).toBe(true);
  expect(after).toEqual(before);
});

it.each([
  ["a set", "for (const x of new Set([1])) return x;"],
  ["a text, by characters", "for (const x of 'a') return x;"],
  ["what may be no array", "for (const x of [1] as number[] | Set<number>) return x;"],
])("leaves %s alone", (_, body) => {
  expect(both(body).isChanged).toBe(false);
});
