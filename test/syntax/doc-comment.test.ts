import { describe, expect, test } from "vitest";
import type { DocNode } from "../../src/syntax/ast.js";
import { parse } from "../../src/syntax/parse.js";
import { Source } from "../../src/syntax/source.js";

const DEFINITION = "{ 'struct': 'S', 'data': {} }";

/** The sections of the comment of a definition, each as `kind(name): text`. */
function sections(...lines: readonly string[]): readonly string[] {
  const text = ["##", "# @S:", ...lines.map((line) => (line === "" ? "#" : `# ${line}`)), "##", DEFINITION].join("\n");
  const { file, diagnostics } = parse(new Source("test.json", text));
  expect(diagnostics).toEqual([]);
  const [entry] = file.entries;
  if (entry?.kind !== "struct" || entry.doc === undefined) throw new Error("no documentation");
  return show(entry.doc);
}

function show(doc: DocNode): readonly string[] {
  return doc.sections.map(({ kind, name, text }) => `${kind}${name === undefined ? "" : `(${name})`}: ${text}`);
}

describe("documentation of a definition", () => {
  test("is text, members, features and tags", () => {
    expect(
      sections(
        "",
        "What it is.  In two",
        "lines.",
        "",
        "@a: one line",
        "",
        "@b-c: two",
        "    lines",
        "",
        "Features:",
        "",
        "@unstable: may change",
        "",
        "Returns: nothing",
        "",
        "Errors:",
        "    - if it fails",
        "",
        "Since: 10.0",
        "",
        "TODO: more",
      ),
    ).toEqual([
      "text: What it is.  In two\nlines.",
      "member(a): one line",
      "member(b-c): two\nlines",
      "feature(unstable): may change",
      "returns: nothing",
      "errors: - if it fails",
      "since: 10.0",
      "todo: more",
    ]);
  });

  test("keeps the indentation of what is deeper", () => {
    expect(sections("@a: a list:", "", "    - one", "      more", "    - two")).toEqual([
      "member(a): a list:\n\n- one\n  more\n- two",
    ]);
  });

  test("an unindented line ends a description", () => {
    expect(sections("@a: text", "", "More text.", "", ".. note:: well")).toEqual([
      "member(a): text",
      "text: More text.\n\n.. note:: well",
    ]);
  });

  test("an unindented line ends a tag whose text is indented", () => {
    expect(sections("Errors:", "    - one", "", ".. note:: well")).toEqual(["errors: - one", "text: .. note:: well"]);
  });

  test("of old: a tag alone takes the lines below", () => {
    expect(
      sections("Example:", "", '-> { "execute": "x" }', '<- { "return": {} }', "", "or", "", "Since: 1.2"),
    ).toEqual(['example: -> { "execute": "x" }\n<- { "return": {} }\n\nor', "since: 1.2"]);
  });

  test("of old: a tag's text is aligned behind it", () => {
    expect(sections("Notes: one", "       two", "Returns: three")).toEqual(["note: one\ntwo", "returns: three"]);
  });

  test("a word with two colons is no tag", () => {
    expect(sections("Example::", "", "  literal")).toEqual(["text: Example::\n\n  literal"]);
  });

  test("a feature after the members is a feature even without a blank line before", () => {
    expect(sections("@a: member", "Features:", "@a: feature")).toEqual(["member(a): member", "feature(a): feature"]);
  });

  test("a description without text is there all the same", () => {
    expect(sections("@a:", "@b: text")).toEqual(["member(a): ", "member(b): text"]);
  });

  test("spans cover the text", () => {
    const text = "##\n# @S:\n#\n# @a: one\n#     two\n##\n" + DEFINITION;
    const { file } = parse(new Source("test.json", text));
    const [entry] = file.entries;
    if (entry?.kind !== "struct") throw new Error("no struct");
    const span = entry.doc?.sections[0]?.span;
    expect(span && text.slice(span.start, span.end)).toBe("one\n#     two");
  });
});

describe("which comment is documentation", () => {
  function kinds(text: string): readonly string[] {
    const { file, diagnostics } = parse(new Source("test.json", text));
    expect(diagnostics).toEqual([]);
    return file.entries.map((entry) =>
      entry.kind === "struct" && entry.doc !== undefined ? "documented" : entry.kind,
    );
  }

  test("one between marks, right before what it names", () => {
    expect(kinds(`##\n# @S: \n##\n\n# a comment\n${DEFINITION}`)).toEqual(["documented"]);
    expect(kinds(`##\n# @S\n##\n${DEFINITION}`)).toEqual(["documented"]);
  });

  test("free-form text, and that of another name, stand for themselves", () => {
    expect(kinds(`##\n# Text\n# @S: x\n##\n${DEFINITION}`)).toEqual(["doc", "struct"]);
    expect(kinds(`##\n# @T:\n##\n${DEFINITION}`)).toEqual(["doc", "struct"]);
    expect(kinds(`##\n# @S:\n##\n##\n# = Heading\n##\n${DEFINITION}`)).toEqual(["doc", "doc", "struct"]);
  });

  test("a banner and a single mark are comments", () => {
    expect(kinds(`##########\n# text\n##########\n${DEFINITION}`)).toEqual(["struct"]);
    expect(kinds(`## text\n${DEFINITION}`)).toEqual(["struct"]);
  });

  test("one that is not closed ends where the definition begins", () => {
    expect(kinds(`##\n# @S:\n# text\n\n${DEFINITION}`)).toEqual(["documented"]);
  });

  test("free-form text is kept line by line", () => {
    const { file } = parse(new Source("test.json", "##\n# = Title\n#\n# @x#y: z\n# Since: 3\n#   z\n##\n"));
    const [entry] = file.entries;
    expect(entry?.kind === "doc" && show(entry)).toEqual(["text: = Title\n\n@x#y: z\nSince: 3\n  z"]);
  });
});
