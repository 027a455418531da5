import { describe, expect, it, test } from "vitest";
import { comment, found, point } from "./found.js";

const LONG = "x".repeat(80);

describe("the marks", () => {
  const rest = "# text\n##\n";
  test.each([
    ["text behind the first", `## text\n${rest}`, ["1:1 doc-mark | ## text"]],
    ["a third '#'", "###\n# text\n##\n", ["1:1 doc-mark | ###"]],
    ["text behind the first, and nothing more", "## text\n{ 'command': 'beep' }\n", ["1:1 doc-mark | ## text"]],
    ["a blank behind the last", "##\n# text\n## \n", ["3:1 doc-mark | ## "]],
    ["text behind the last", "##\n# text\n## end\n", ["3:1 doc-mark | ## end"]],
    ["a text that goes on behind the last", "##\n# text\n## more\n# text\n##\n", ["3:1 doc-mark | ## more"]],
    ["an object instead of the last", "##\n# text\n{ 'command': 'beep' }\n", ["3:1 doc-mark | {"]],
    ["the end of the file instead of the last", "##\n# text\n", ["2:7 doc-mark | "]],
    ["no line break behind the first", "##", ["1:3 doc-mark | "]],
  ])("%s", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("may be indented, and have CRLF behind them", () => {
    expect(found(" ##\n # text\n ##\n")).toEqual([]);
    expect(found("##\r\n# text\r\n#\r\n##\r\n")).toEqual([]);
  });

  it("may not be in a definition, but two '#' may be in its strings and comments", () => {
    expect(found("{ 'struct': 'Foo', ## text\n  'data': {} }\n")).toEqual(["1:20 doc-within | ##"]);
    expect(found("{ 'struct': 'Foo', # ##\n  'data': {} } # ##\n")).toEqual([]);
    expect(found("{ 'include': '##' }\n").map((line) => line.slice(0, 19))).toEqual(["1:14 unreadable-fil"]);
  });
});

test.each(["#text", "#\ttext", "#\t"])("a blank is missing in '%s'", (line) => {
  expect(found(`##\n${line}\n##\n`)).toEqual(["2:1 doc-space | #"]);
});

describe("the length of lines", () => {
  test.each([
    ["70 characters", "x".repeat(68)],
    ["70 characters and blanks", `${"x".repeat(68)}   `],
    ["70 characters of two units each", "𝒳".repeat(68)],
    ["a URL", `https://${LONG}`],
    ["an indented URL", `  ftp://${LONG}`],
    ["a literal block", `::\n#\n#   ${LONG}\n#\n#     ${LONG}`],
    ["an example", `.. qmp-example::\n#\n#   ${LONG}`],
    ["a block that is not indented", `::\n# ${LONG}`],
  ])("may be that of %s", (_, line) => {
    expect(found(comment(line))).toEqual([]);
  });

  test.each([
    ["71 characters", "x".repeat(69), 2],
    ["71 characters of two units each", "𝒳".repeat(69), 2],
    ["a URL in text", `See https://${LONG}`, 2],
    ["text behind a URL", `https://${LONG} is it`, 2],
    ["a line below text that ends with '::'", `Like this::\n#\n#   ${LONG}`, 4],
    ["a line below an example that is indented itself", `  .. qmp-example::\n#\n#      ${LONG}`, 4],
    ["a line below an example with text behind it", `.. qmp-example:: x\n#\n#   ${LONG}`, 4],
    ["a line behind a block", `::\n#\n#   ${LONG}\n# ${LONG}`, 5],
  ])("may not be that of %s", (_, text, line) => {
    expect(found(comment(text))).toEqual([expect.stringMatching(`^${String(line)}:1 doc-line-length \\| # `)]);
  });

  it("is the same in all lines of a description", () => {
    const described = (...lines: readonly number[]): readonly string[] =>
      found(point("", "@x: text", ...lines.map((length) => `    ${"x".repeat(length)}`), "", "@y: text"));
    expect(described(64, 64, 64)).toEqual([]);
    expect(described(65, 64, 64)).toEqual([expect.stringMatching(/^5:1 doc-line-length/)]);
    expect(described(64, 65, 64)).toEqual([expect.stringMatching(/^6:1 doc-line-length/)]);
    expect(described(64, 64, 65)).toEqual([expect.stringMatching(/^7:1 doc-line-length/)]);
  });

  it("is counted anew in the next comment", () => {
    expect(found(comment("::", "", `  ${LONG}`) + comment("", `    ${LONG}`))).toEqual([
      `8:1 doc-line-length | #     ${LONG}`,
    ]);
  });
});

describe("the space between sentences", () => {
  test.each([
    ["two blanks", "One.  Two."],
    ["a line break", "One.\n# Two."],
    ["a lower-case letter", "See a.b. or c"],
    ["a bracket before it", "One.) Two"],
    ["an abbreviation", "numbers, e.g. 1 (e.g. Two)"],
    ["a number of a list", "1. One\n#    2. Two"],
    ["a block", "::\n#\n#   One. Two"],
  ])("may be %s", (_, text) => {
    expect(found(comment(text))).toEqual([]);
  });

  test.each([
    ["a letter", "One. Two", ["2:7 doc-sentence |  T"]],
    ["a digit", "Yes! 2", ["2:7 doc-sentence |  2"]],
    ["a bracket", "One? (Two)", ["2:7 doc-sentence |  ("]],
    ["a list from ten on", "10. One", ["2:6 doc-sentence |  O"]],
    ["an abbreviation in a word", "xe.g. One", ["2:8 doc-sentence |  O"]],
    ["a number that a list cannot have", "1! One", ["2:5 doc-sentence |  O"]],
    ["a number in a sentence", "It is 1. One", ["2:11 doc-sentence |  O"]],
    ["several", "A. B. C\n# D. E", ["2:5 doc-sentence |  B", "2:8 doc-sentence |  C", "3:5 doc-sentence |  E"]],
  ])("may not be one before %s", (_, text, expected) => {
    expect(found(comment(text))).toEqual(expected);
  });
});

test("long comments are read in linear time", () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `# @x${String(index)}: A. B`).join("\n#\n");
  expect(found(`##\n# @foo:\n#\n${names}\n##\n`)).toHaveLength(20_001);
  expect(found(comment("A. B ".repeat(50_000)))).toHaveLength(50_001);
  expect(found(comment(...Array.from({ length: 50_000 }, () => "@foo")))).toEqual(["2:1 doc-symbol | # @foo"]);
});
