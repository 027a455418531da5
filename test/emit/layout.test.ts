/** Layout is held against prettier itself: names of every length, so that every piece is broken in each way that it can be. */
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { group, hardline, indent, line, printDocument } from "../../src/emit/document.js";
import {
  aliasDeclaration,
  binary,
  call,
  constantDeclaration,
  exportDeclaration,
  functionHeader,
  ifHeader,
  importDeclaration,
  indented,
  interfaceDeclaration,
  intersectionDeclaration,
  literalKey,
  logicalAnd,
  logicalOr,
  parenthesized,
  property,
  propertyKey,
  returnStatement,
  stringLiteral,
  unionDeclaration,
  type GenericType,
  type TypeLayout,
} from "../../src/emit/layout.js";

const LENGTHS = Array.from({ length: 96 }, (_, index) => index + 1);

/** An identifier of a length. */
function name(length: number, letter = "A"): string {
  return letter.repeat(length);
}

const union = (members: readonly string[], suffix = ""): TypeLayout => ({ members, suffix });

/** Pieces that take names of the length that they are given. */
const pieces: Readonly<Record<string, (length: number) => string>> = {
  "an import of types": (n) => importDeclaration([imported("A"), imported(name(n, "B"))], "./a.js"),
  "an import of one type": (n) => importDeclaration([imported(name(n))], "./a.js"),
  "an import of a renamed type": (n) =>
    importDeclaration([{ ...imported(name(n)), local: "B" }, imported("C")], "./a.js"),
  "an import of types and values": (n) =>
    importDeclaration([imported("A"), { ...imported(name(n, "b")), value: true }], "./a.js"),
  "an export": (n) => exportDeclaration(["a as b", `c as ${name(n)}`], "./a.js"),
  "an export of one": (n) => exportDeclaration([`a as ${name(n)}`], "./a.js"),
  "an export of what the file declares": (n) => `const a = 1;\n${exportDeclaration(["a as b", `a as ${name(n)}`])}`,
  "an interface": (n) => interfaceDeclaration(name(n), [], "  a: string;\n"),
  "an interface without members": (n) => interfaceDeclaration(name(n), [], ""),
  "an interface with a base": (n) => interfaceDeclaration(name(n), ["BaseOfIt"], "  a: string;\n"),
  "an interface with two bases": (n) => interfaceDeclaration(name(n), ["BaseOfIt", name(n, "C")], "  a: string;\n"),
  "an interface with one long base of two": (n) => interfaceDeclaration("A", ["B", name(n, "C")], "  a: string;\n"),
  "an interface with three bases": (n) => interfaceDeclaration("A", [name(n), "B", name(n, "C")], "  a: string;\n"),
  "a union": (n) => unionDeclaration(name(n), ["string", "number", name(n, "B")]),
  "a union of a few": (n) => unionDeclaration("A", [name(n, "B"), "string"]),
  "a union of one": (n) => unionDeclaration(name(n), ["B"]),
  "a union with null": (n) => unionDeclaration(name(n), [name(n, "B"), "null"]),
  "a union of a keyword and null": (n) => unionDeclaration(name(n), ["string", "null"]),
  "a union of an array and null": (n) => unionDeclaration(name(n), ["B[]", "null"]),
  "a union with an array of a union": (n) => unionDeclaration(name(n), ["string", "(number | bigint)[]"]),
  "an alias": (n) => aliasDeclaration(name(n), `(typeof ${name(n)})[keyof typeof ${name(n)}]`),
  "an alias of never": (n) => aliasDeclaration(name(n), "never"),
  "an intersection": (n) => intersectionDeclaration(name(n), [name(n, "B"), "CommonPart"], [`type: "x"`]),
  "an intersection with a long type": (n) => intersectionDeclaration("A", ["B", name(n, "C")], [`type: "x"`]),
  "an intersection with a long property": (n) => intersectionDeclaration("A", ["B", "C"], [`type: "${name(n)}"`]),
  "a constant": (n) => constantDeclaration(name(n), '  a: "a",\n'),
  "a constant without properties": (n) => constantDeclaration(name(n), ""),
  "a property": (n) => inInterface(property(name(n), "string")),
  "a property of two types": (n) => inInterface(property(name(n), union(["number", "bigint"]))),
  "a property of arrays of two types": (n) => inInterface(property(name(n), union(["number", "bigint"], "[][]"))),
  "a property of a property": (n) =>
    inInterface(`data: {\n    ${property(name(n), union(["number", "bigint"]), 2)}\n  };`),
  "a function": (n) => functionWith([["qmp", "Executor"]], name(n, "f"), "Promise<void>"),
  "a function of two parameters": (n) =>
    functionWith(
      [
        ["qmp", "Executor"],
        ["args?", name(n)],
      ],
      "f",
      "Promise<void>",
    ),
  "a function without parameters": (n) => functionWith([], name(n, "f"), "void"),
  "a function that returns a list": (n) =>
    functionWith([["qmp", "Executor"]], "f", { name: "Promise", argument: `${name(n)}[]` }),
  "a function that returns two types": (n) =>
    functionWith([["qmp", "Executor"]], name(n, "f"), { name: "Promise", argument: union(["number", "bigint"]) }),
  "a function that returns lists of two types": (n) =>
    functionWith([["qmp", "Executor"]], name(n, "f"), { name: "Promise", argument: union(["number", "bigint"], "[]") }),
  "a function that returns a name": (n) =>
    functionWith([["qmp", "Executor"]], "f", { name: "Promise", argument: name(n) }),
  "a returned call": (n) =>
    inFunction(`return ${printDocument([call("qmp.execute", [`"${name(n)}"`, "args"]), ";"], 1, 9)}`),
  "a returned conjunction of two": (n) => inFunction(returnStatement(logicalAnd([name(n, "a"), "b"]))),
  "a returned conjunction": (n) => inFunction(returnStatement(logicalAnd([name(n, "a"), "b", name(n, "c")]))),
  "a returned conjunction with a disjunction": (n) =>
    inFunction(returnStatement(logicalAnd(["a", parenthesized(logicalOr(["b", name(n, "c")])), name(30, "d")]))),
  "a returned disjunction of conjunctions of calls": (n) =>
    inFunction(
      returnStatement(
        logicalOr([
          binary("typeof a", "===", `"${name(n)}"`),
          parenthesized(logicalAnd([call("isList", ["value", name(n, "c")]), "b", name(20, "d")])),
        ]),
      ),
    ),
  "a condition": (n) => inFunction(`${ifHeader(logicalAnd([name(n, "a"), "b", "c"]))}\n    a;\n  }`),
  "a condition with a call": (n) =>
    inFunction(`${ifHeader(logicalAnd(["b", call("isList", ["value", name(n, "c")])]))}\n    a;\n  }`),
};

function imported(name: string) {
  return { name, local: name, value: false };
}

function inInterface(member: string): string {
  return `interface X {\n  ${member}\n}`;
}

function inFunction(statement: string): string {
  return `function x() {\n  ${statement.trimStart()}\n}`;
}

function functionWith(
  parameters: readonly (readonly [string, string])[],
  name: string,
  returns: string | GenericType,
): string {
  const header = functionHeader(
    name,
    parameters.map(([name, type]) => `${name}: ${type}`),
    returns,
  );
  return `${header}\n  return;\n}`;
}

describe("layout is that of prettier", () => {
  it.each(Object.keys(pieces))("%s", async (piece) => {
    // A conjunction that mixes operators keeps its parentheses, an import its place: a file for each length.
    for (const length of LENGTHS) {
      const text = `${pieces[piece]?.(length) ?? ""}\n`;
      expect(await format(text, { parser: "typescript" })).toBe(text);
      // It must be prettier's choice for the same statement on one line, not only one that it leaves alone. (Of object types
      // prettier keeps what is behind the first brace.)
      const flat = text.replace(/(?<!\{)\n */g, " ");
      expect(await format(flat, { parser: "typescript" })).toBe(text);
    }
  });
});

describe("keys and strings", () => {
  const names = ["a", "a-b", "1", "1a", "$_", "a.b", "", "constructor", "__proto__", "default", "\u2028", 'a"b', "'"];
  it.each(names)("%j as a key", async (name) => {
    const text = `interface X {\n  ${propertyKey(name)}: string;\n}\n`;
    expect(await format(text, { parser: "typescript" })).toBe(text);
  });

  it.each([...names, "\\", "\n", "\0", "\ud800", `'"'`, `"'"`, "${a}", "`", "*/", "\u007f", "\u00ad"])(
    "%j as a string",
    async (name) => {
      const text = `export const x = ${stringLiteral(name)};\n`;
      expect(await format(text, { parser: "typescript" })).toBe(text);
      const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { x: unknown };
      expect(module.x).toBe(name);
      expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\u2028\u2029\ud800-\udfff]/);
    },
  );

  it("computes the key that is no property otherwise", async () => {
    const text = `export const x = { ${literalKey("__proto__")}: 1, ${literalKey("a-b")}: 2, ${literalKey("c")}: 3 };\n`;
    expect(await format(text, { parser: "typescript" })).toBe(text);
    const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { x: object };
    expect(Object.entries(module.x)).toEqual([
      ["__proto__", 1],
      ["a-b", 2],
      ["c", 3],
    ]);
  });
});

describe("documents", () => {
  it("indents what is in an indent, and leaves no blanks at the ends of lines", () => {
    expect(printDocument(["a", indent(hardline, "b", indent(hardline, hardline, "c ", hardline, "d")), hardline])).toBe(
      "a\n  b\n\n    c\n    d\n",
    );
  });

  it("breaks a group that does not fit together with what is behind it", () => {
    const words = group("a", line, "b");
    expect(printDocument([words, "c".repeat(77)])).toBe(`a b${"c".repeat(77)}`);
    expect(printDocument([words, "c".repeat(78)])).toBe(`a\nb${"c".repeat(78)}`);
  });

  it("counts the columns before the document", () => {
    const words = group("a", line, "b".repeat(70));
    expect(printDocument(words, 0, 8)).not.toContain("\n");
    expect(printDocument(words, 4)).not.toContain("\n");
    expect(printDocument(words, 0, 9)).toContain("\n");
  });
});

describe("indented text", () => {
  it("has its margin on every line", () => {
    expect(indented("a\n  b", 2)).toBe("    a\n      b");
    expect(indented("")).toBe("");
  });
});
