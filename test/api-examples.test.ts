/** The examples in the comments of what the library exports: each exported function has one, and does what it says. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { countExpectations, wrongExamples } from "./support/examples.js";

/** What can be called of what is exported, by its name. What lays out code is shown by docs/emitters.md. */
const functions = new Map([
  ...exportedFunctions("src/index.ts"),
  ...exportedFunctions("src/runtime/qmp.ts"),
  ...exportedFunctions("src/domain-events/domain-events.ts"),
]);

it.each([...functions.keys()])("%s has an example that says what comes out", (name) => {
  const examples = functions.get(name) ?? [];
  expect(examples).not.toEqual([]);
  for (const example of examples) {
    // A configuration is for others to read.
    if (name !== "defineConfig") expect(countExpectations(example)).toBeGreaterThan(0);
    expect(example).toContain(`import {`);
    expect(example).toMatch(new RegExp(`\\b${name}\\b.* from "qapi-codegen[/a-z-]*"`));
  }
});

it("all examples compile under the strictest flags, and what they promise comes out", () => {
  expect(functions.size).toBeGreaterThan(40);
  const examples = new Map(
    [...functions].flatMap(([name, all]) => all.map((code, index) => [`${name} ${String(index)}`, code] as const)),
  );
  expect(wrongExamples(examples)).toEqual({});
});

it("the examples of docs/library.md do what they say", () => {
  const page = readFileSync("docs/library.md", "utf8");
  const blocks = [...page.matchAll(/^```ts\n([^]*?)\n```$/gm)].map(([, code = ""]) => code);
  const examples = new Map(blocks.map((code, index) => [`block ${String(index)}`, code]));
  expect(blocks.filter((code) => countExpectations(code) > 0)).toHaveLength(5);
  expect(wrongExamples(examples)).toEqual({});
});

it("notices what does not compile, and what does not come out", () => {
  const parse = 'import { parse, Source } from "qapi-codegen";\n';
  const wrong = wrongExamples(
    new Map([
      ["right", `${parse}parse(new Source("a", "")).diagnostics; // => []`],
      ["other value", `${parse}parse(new Source("a", "")).diagnostics; // => [1]`],
      ["no such export", 'import { parze } from "qapi-codegen";\nparze;'],
    ]),
  );
  expect(Object.keys(wrong)).toEqual(["other value", "no such export"]);
});

/** The functions and classes that a module exports, with the code of their examples. */
function exportedFunctions(path: string): ReadonlyMap<string, readonly string[]> {
  const { config } = ts.readConfigFile("tsconfig.json", (file) => ts.sys.readFile(file)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [path] }, ts.sys, resolve("."));
  const program = ts.createProgram([path], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${path} is no module`);
  const found = new Map<string, readonly string[]>();
  for (const exported of checker.getExportsOfModule(module)) {
    if (exported.declarations?.some(isTypeOnly) === true) continue;
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if ((symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) === 0) continue;
    // Errors are thrown at people, who do not make them.
    if (symbol.name.endsWith("Error")) continue;
    const comments = (symbol.declarations ?? []).flatMap((node) => ts.getJSDocCommentsAndTags(node));
    found.set(exported.name, comments.flatMap(examplesIn));
  }
  return found;
}

/** As they are written: TypeScript would have its own way with links in them. */
function examplesIn(comment: ts.Node): readonly string[] {
  const text = comment.getText().replaceAll(/^ *\* ?/gm, "");
  return [...text.matchAll(/^@example\n```ts\n([^]*?)\n```$/gm)].map(([, code = ""]) => code);
}

/** Whether an export is a type alone, whatever it is where it is declared. */
function isTypeOnly(node: ts.Declaration): boolean {
  return ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly);
}
