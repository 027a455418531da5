// Lets `for (const item of array)` count, in a bundle: `for (let i = 0; i < array.length; i++)`.
//
// V8 goes through an array with an iterator, which makes an object for each item until the code has been optimised, and a run of
// the command line is over before most of its code is. On QEMU's schema counting saves a twentieth of the instructions, and the
// sources can stay as they should be. An array's iterator looks at the length before each step, too, so nothing else changes; what is
// not certain to be an array is left alone.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import ts from "typescript";

/**
 * A plugin for esbuild.
 *
 * @param {string} configuration the path of the tsconfig.json that the sources are compiled with
 * @returns {import("esbuild").Plugin}
 */
export function arrayLoops(configuration) {
  return {
    name: "array-loops",
    setup({ initialOptions, onLoad }) {
      const { config } = ts.readConfigFile(configuration, (path) => readFileSync(path, "utf8"));
      const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(configuration));
      const program = ts.createProgram(/** @type {string[]} */ (initialOptions.entryPoints), options);
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = program.getSourceFile(path);
        return file && { contents: withCountingLoops(file, program.getTypeChecker()), loader: "ts" };
      });
    },
  };
}

/**
 * The text of a file with its loops over arrays changed; lines stay where they are, but for comments in the heads of loops.
 *
 * @param {ts.SourceFile} file
 * @param {ts.TypeChecker} checker
 * @returns {string}
 */
export function withCountingLoops(file, checker) {
  /** @type {{ start: number, end: number, text: string }[]} */
  const edits = [];
  let count = 0;
  visit(file);
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), file.text);

  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isForOfStatement(node)) change(node);
    ts.forEachChild(node, visit);
  }

  /** @param {ts.ForOfStatement} loop */
  function change({ initializer, expression, statement, awaitModifier }) {
    if (awaitModifier !== undefined || !ts.isVariableDeclarationList(initializer)) return;
    if (!isArray(checker.getTypeAtLocation(expression))) return;
    count++;
    const [array, index] = [`$array${count}`, `$index${count}`];
    const item = initializer.getText(file);
    edits.push(
      { start: initializer.getStart(file), end: expression.getStart(file), text: `let ${index} = 0, ${array} = (` },
      {
        start: expression.end,
        end: statement.getStart(file),
        text: `); ${index} < ${array}.length; ${index}++) { ${item} = ${array}[${index}]; `,
      },
      { start: statement.end, end: statement.end, text: " }" },
    );
  }

  /**
   * @param {ts.Type} type
   * @returns {boolean}
   */
  function isArray(type) {
    return type.isUnion() ? type.types.every(isArray) : checker.isArrayType(type) || checker.isTupleType(type);
  }
}
