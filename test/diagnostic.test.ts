import { describe, expect, it } from "vitest";
import { formatGithub, formatJson, formatText } from "../src/diagnostic-report.js";
import type { Diagnostic } from "../src/diagnostic.js";
import { Source, type Span } from "../src/syntax/source.js";

/** The span of the first `needle` in `text`. */
function spanOf(text: string, needle: string, name = "net.json"): Span {
  const start = text.indexOf(needle);
  return { source: new Source(name, text), start, end: start + needle.length };
}

function textOf(text: string, needle: string, rest: Partial<Diagnostic> = {}): string {
  return formatText([{ code: "unknown-type", message: "no type", span: spanOf(text, needle), ...rest }]);
}

/** The shown line and the line of carets below it, without the gutters. */
function frameOf(text: string, needle: string): readonly [string, string] {
  const [, line = "", carets = ""] = textOf(text, needle).split("\n");
  return [line.slice(line.indexOf("|") + 2), carets.slice(carets.indexOf("|") + 2)];
}

describe("formatText", () => {
  it("prints the place, the code, the message, the line and carets", () => {
    expect(textOf("{ 'struct': 'A',\n  'data': { 'b': 'Strng' } }\n", "'Strng'")).toBe(
      [
        "net.json:2:18: error[unknown-type]: no type",
        "   2 |   'data': { 'b': 'Strng' } }",
        "     |                  ^^^^^^^",
        "",
        "1 error",
        "",
      ].join("\n"),
    );
  });

  it("prints related places with frames of their own, in their own file, and the hint", () => {
    const related = [{ span: spanOf("{ 'struct': 'A' }", "'A'", "common.json"), message: "first defined here" }];
    expect(textOf("{ 'enum': 'A' }", "'A'", { related, hint: "rename one" })).toBe(
      [
        "net.json:1:11: error[unknown-type]: no type",
        "   1 | { 'enum': 'A' }",
        "     |           ^^^",
        "common.json:1:13: first defined here",
        "   1 | { 'struct': 'A' }",
        "     |             ^^^",
        "hint: rename one",
        "",
        "1 error",
        "",
      ].join("\n"),
    );
  });

  it("does without a place", () => {
    expect(formatText([{ code: "missing-schema", message: "there is no schema" }])).toBe(
      "error[missing-schema]: there is no schema\n\n1 error\n",
    );
  });

  it("keeps the order and counts", () => {
    const text = formatText([
      { code: "b", message: "second letter" },
      { code: "a", message: "first letter" },
    ]);
    expect(text).toBe("error[b]: second letter\n\nerror[a]: first letter\n\n2 errors\n");
  });

  it("prints nothing for nothing", () => {
    expect(formatText([])).toBe("");
  });

  it("tells findings of style from errors, and counts them by themselves", () => {
    const error: Diagnostic = { code: "a", message: "wrong" };
    const style: Diagnostic = { code: "b", severity: "style", message: "untidy" };
    expect(formatText([style])).toBe("style[b]: untidy\n\n1 style finding\n");
    expect(formatText([style, error])).toBe("style[b]: untidy\n\nerror[a]: wrong\n\n1 error, 1 style finding\n");
    expect(formatText([style, error, error, style, style])).toMatch(/\n2 errors, 3 style findings\n$/);
  });

  it("shows in colour how bad it is", () => {
    const style: Diagnostic = { code: "b", severity: "style", message: "untidy", span: spanOf("x", "x") };
    const yellow = `${String.fromCharCode(27)}[1;33m`;
    const red = `${String.fromCharCode(27)}[1;31m`;
    const text = formatText([style], { color: true });
    expect(text).toContain(`${yellow}style[b]`);
    expect(text).toContain(`${yellow}^`);
    expect(text).toContain(`${yellow}1 style finding`);
    expect(text).not.toContain(red);
    expect(formatText([style, { code: "a", message: "wrong" }], { color: true })).toContain(`${red}1 error, 1 style`);
  });

  it("uses colours only when asked to, and then no others than its own", () => {
    const diagnostic: Diagnostic = { code: "c", message: "\u001b[31mred", span: spanOf("\u001b[31mx", "x") };
    const escape = String.fromCharCode(27);
    expect(formatText([diagnostic])).not.toContain(escape);
    const colored = formatText([diagnostic], { color: true });
    expect(colored).toContain(`${escape}[1;31merror[c]${escape}[0m`);
    expect(colored).not.toContain(`${escape}[31m`);
  });
});

describe("code frames", () => {
  it("expands tabs, so that the caret stays below", () => {
    expect(frameOf("\t'a':\t'Foo'", "'Foo'")).toEqual(["        'a':    'Foo'", "                ^^^^^"]);
  });

  it("counts wide characters twice and combining ones not at all", () => {
    expect(frameOf("# 漢字 x", "x")).toEqual(["# 漢字 x", "       ^"]);
    expect(frameOf("# 👍 x", "x")).toEqual(["# 👍 x", "     ^"]);
    expect(frameOf("# e\u0301 x", "x")).toEqual(["# e\u0301 x", "    ^"]);
    expect(frameOf("# ｱ x", "x")).toEqual(["# ｱ x", "    ^"]);
    expect(frameOf("'漢字'", "漢字")).toEqual(["'漢字'", " ^^^^"]);
  });

  it("shows what is unprintable as an escape", () => {
    expect(frameOf("'a\u001b]0;x\u0007' y", "y")).toEqual(["'a\\x1b]0;x\\x07' y", "                ^"]);
    expect(frameOf("'\u202eb' y", "y")).toEqual(["'\\u202eb' y", "          ^"]);
    expect(frameOf("'\u200b' y", "y")).toEqual(["'\\u200b' y", "         ^"]);
    expect(frameOf("'\u009b31m' y", "y")).toEqual(["'\\x9b31m' y", "          ^"]);
    expect(frameOf("'\ud800' y", "y")).toEqual(["'\\ud800' y", "         ^"]);
    expect(frameOf("'\u2028' y", "y")).toEqual(["'\\u2028' y", "         ^"]);
  });

  it("puts carets under the first line of a span over several", () => {
    expect(frameOf("{ 'a':\n  1 }", "'a':\n  1")).toEqual(["{ 'a':", "  ^^^^"]);
  });

  it("puts one caret where an empty span is, also behind the end of a line and of the file", () => {
    const source = new Source("net.json", "ab\ncd");
    const at = (offset: number): string =>
      formatText([{ code: "c", message: "m", span: { source, start: offset, end: offset } }]);
    expect(at(1)).toContain("net.json:1:2: error[c]: m\n   1 | ab\n     |  ^\n");
    expect(at(2)).toContain("net.json:1:3: error[c]: m\n   1 | ab\n     |   ^\n");
    expect(at(5)).toContain("net.json:2:3: error[c]: m\n   2 | cd\n     |   ^\n");
  });

  it("copes with an empty file, and with an empty line", () => {
    const empty = new Source("net.json", "");
    expect(formatText([{ code: "c", message: "m", span: { source: empty, start: 0, end: 0 } }])).toContain(
      "net.json:1:1: error[c]: m\n   1 |\n     | ^\n",
    );
  });

  it.each([0, 50, 99, 120, 399, 400, 401, 5000, 99_995])("cuts a long line around a span at %i", (at) => {
    const whole = `${"a".repeat(at)}NEEDLE${"b".repeat(100_000 - at)}`;
    const [line, carets] = frameOf(whole, "NEEDLE");
    expect(line.length).toBeLessThanOrEqual(102);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("NEEDLE");
    expect(line.startsWith("…")).toBe(!line.startsWith(whole.slice(0, 20)));
    expect(line.endsWith("…")).toBe(!line.endsWith(whole.slice(-10)));
  });

  it("cuts a long line of wide characters, and between the halves of none", () => {
    const [line, carets] = frameOf(`${"👍".repeat(999)}NEEDLE${"漢".repeat(999)}`, "NEEDLE");
    const before = line.slice(1, line.indexOf("NEEDLE"));
    expect(before).toBe("👍".repeat(15));
    expect(carets).toBe(`${" ".repeat(1 + 2 * 15)}^^^^^^`);
    expect(line).toMatch(/^…👍+NEEDLE漢+…$/u);
  });

  it("cuts the carets with the line", () => {
    const [line, carets] = frameOf("x".repeat(1000), "x".repeat(1000));
    expect(carets).toBe("^".repeat(100));
    expect(line).toBe(`${"x".repeat(100)}…`);
  });
});

describe("untrusted names", () => {
  it("reach the terminal as escapes only: in the message, the file name, the hint and related messages", () => {
    const text = formatText([
      {
        code: "c",
        message: "no type '\u001b[2J'",
        span: spanOf("x", "x", "a\u001b[1mb\n.json"),
        hint: "\u0007",
        related: [{ span: spanOf("x", "x"), message: "\u202e" }],
      },
    ]);
    expect(text).toContain("a\\x1b[1mb\\n.json:1:1: error[c]: no type '\\x1b[2J'");
    expect(text).toContain("hint: \\x07\n");
    expect(text).toContain("net.json:1:1: \\u202e\n");
    expect(text).not.toMatch(/[^\P{C}\n]/u);
  });
});

describe("formatJson", () => {
  it("prints every key of every diagnostic", () => {
    const span = spanOf("{ 'struct': 'A',\n  'data': { 'b': 'Strng' } }\n", "'Strng'");
    const json = formatJson([
      { code: "unknown-type", message: "no type", span, hint: "h", related: [{ span, message: "here" }] },
      { code: "missing-schema", message: "none" },
    ]);
    const place = { file: "net.json", line: 2, column: 18, endLine: 2, endColumn: 25 };
    expect(JSON.parse(json)).toEqual([
      {
        ...place,
        ...{ code: "unknown-type", severity: "error", message: "no type", hint: "h" },
        related: [{ ...place, message: "here" }],
      },
      {
        ...{ file: null, line: null, column: null, endLine: null, endColumn: null },
        ...{ code: "missing-schema", severity: "error", message: "none", hint: null, related: [] },
      },
    ]);
  });

  it("tells findings of style from errors", () => {
    const json = formatJson([{ code: "type-case", severity: "style", message: "lower case" }]);
    expect(JSON.parse(json)).toMatchObject([{ code: "type-case", severity: "style" }]);
  });

  it("prints an empty array for nothing", () => {
    expect(formatJson([])).toBe("[]\n");
  });

  it("keeps strings as they are, but writes what is unprintable as escapes", () => {
    const message = "\u001b\u009b\u202e\u2028\ud800 \u{e0041} 漢";
    const json = formatJson([{ code: "c", message }]);
    expect(json).not.toMatch(/[^\P{C}\n]/u);
    expect(JSON.parse(json)).toMatchObject([{ message }]);
  });
});

describe("formatGithub", () => {
  it("makes a command of each, an error or a warning, with its place", () => {
    const span = spanOf("{ 'struct': 'A',\n  'data': { 'b': 'Strng' } }\n", "'Strng'");
    expect(
      formatGithub([
        { code: "undefined-type", message: "no type", span },
        { code: "type-case", severity: "style", message: "lower case", span },
        { code: "missing-schema", message: "none" },
      ]),
    ).toBe(
      [
        "::error file=net.json,line=2,endLine=2,col=18,endColumn=25,title=undefined-type::no type",
        "::warning file=net.json,line=2,endLine=2,col=18,endColumn=25,title=type-case::lower case",
        "::error title=missing-schema::none",
        "",
      ].join("\n"),
    );
  });

  it("has no columns where the runner takes none: over several lines", () => {
    const span = spanOf("{ 'a':\n  1 }", "'a':\n  1");
    expect(formatGithub([{ code: "c", message: "m", span }])).toBe(
      "::error file=net.json,line=1,endLine=2,title=c::m\n",
    );
  });

  it("puts related places and the hint into lines of the message", () => {
    const related = [{ span: spanOf("{ 'struct': 'A' }", "'A'", "common.json"), message: "first defined here" }];
    expect(formatGithub([{ code: "c", message: "m", related, hint: "rename one" }])).toBe(
      "::error title=c::m%0Acommon.json:1:13: first defined here%0Ahint: rename one\n",
    );
  });

  it("escapes what the runner would take for its own, and what no terminal should get", () => {
    const span = spanOf("x", "x", "50%,a:b\n.json");
    const [line = "", ...rest] = formatGithub([{ code: "c", message: "100%: a,b\r\n::error::x\u001b[1m", span }]).split(
      "\n",
    );
    expect(rest).toEqual([""]);
    expect(line).toBe(
      "::error file=50%25%2Ca%3Ab\\n.json,line=1,endLine=1,col=1,endColumn=2,title=c::100%25: a,b\\r\\n::error::x\\x1b[1m",
    );
  });

  it("prints nothing for nothing", () => {
    expect(formatGithub([])).toBe("");
  });
});

it("prints as many findings as anybody reads, and all of them for programs", () => {
  const source = new Source("big.json", "{ 'struct': 'A' }\n".repeat(20_000));
  const diagnostics = Array.from({ length: 20_000 }, (_, index): Diagnostic => {
    const start = index * 18 + 12;
    return { code: "c", message: "m", span: { source, start, end: start + 3 } };
  });
  const text = formatText(diagnostics);
  expect(text.match(/^big\.json:/gm)).toHaveLength(1000);
  expect(text).toMatch(/\n20000 errors, of which the first 1000 are shown\n$/);
  expect(formatGithub(diagnostics).split("\n")).toHaveLength(20_001);
});
