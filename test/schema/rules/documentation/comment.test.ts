import { describe, expect, it, test } from "vitest";
import { comment, found, point } from "./found.js";

const XY = ["", "@x: text", "@y: text"];

describe("the line that names the definition", () => {
  test.each([
    ["no colon", "@Point", ["2:1 doc-symbol | # @Point"]],
    ["text behind the colon", "@Point: text", ["2:1 doc-symbol | # @Point: text"]],
    ["no name", "@:", ["2:1 doc-symbol | # @:"]],
    ["a line before it", "\n# @Point:", ["3:1 doc-free-form | # @Point:"]],
  ])("has %s", (_, line, expected) => {
    expect(found(`##\n# ${line}\n#\n# @x: text\n##\n{ 'struct': 'Point', 'data': { 'x': 'int' } }\n`)).toEqual(
      expected,
    );
  });

  it("may have blanks behind it", () => {
    expect(found("##\n# @beep: \n##\n{ 'command': 'beep' }\n")).toEqual([]);
  });
});

test.each(["\x1c", "\x1f", "\x85", "\u3000"])("white space as QEMU's compiler has it is a blank: %j", (space) => {
  expect(found(point("text", space, ...XY))).toEqual([]);
  expect(found(point("", "@x: text", `    ${space}`, `    ${space}`, "    text", "", `@y:${space}`))).toEqual([
    "9:3 doc-empty-section | @y:",
  ]);
});

describe("free-form documentation", () => {
  it("describes nothing", () => {
    expect(found(comment("text", "@x: text", "", "@y and z: text"))).toEqual([
      "3:1 doc-free-form | # @x: text",
      "5:1 doc-free-form | # @y and z: text",
    ]);
  });

  it("may say anything else", () => {
    expect(found(comment("= Title", "", "Note: text", "Since:", "  @x: text", "Features:", "@x"))).toEqual([]);
  });
});

describe("sections", () => {
  test.each([
    ["descriptions one below the other", ["", "@x: text", "@y: text"]],
    ["text in the next line", ["", "@x:", "    text", "", "@y:", "", "  text"]],
    ["several paragraphs", ["", "@x: text", "    more", "", "      more", "    more", "@y: text"]],
    ["text in front", ["Text:", "", "@x is text", "", "Title", "=====", ...XY]],
    ["text behind", [...XY, "text", "@z: is no description within a paragraph", "", "Since: 1", "", "more"]],
    ["tags behind", [...XY, "", "Since: 1", "TODO: text", "", "TODO:", "  text"]],
    ["what only looks like a tag", ["", "Note::", "", "  text", "", "since: 1", "", "Examples", ...XY]],
    [
      "less indentation behind the second line",
      ["", "@x: text", "    more", "    more", "  less", "", "text", "", "Since: 1"],
    ],
  ])("may have %s", (_, lines) => {
    const members = lines.some((line) => line.startsWith("@y:")) ? "'x': 'int', 'y': 'int'" : "'x': 'int'";
    const text = `${comment("@Point:", ...lines)}{ 'struct': 'Point', 'data': { ${members} } }\n`;
    expect(found(text)).toEqual([]);
  });

  test.each([
    ["a description behind a tag", ["", "@x: text", "", "Since: 1", "", "@y: text"], ["8:1 doc-order | # @y: text"]],
    ["a list behind a paragraph", ["", "@x: text", "text", "", "@y: text"], ["7:1 doc-order | # @y: text"]],
    ["a second description", [...XY, "@x: text"], ["6:3 doc-duplicate | @x:"]],
    ["a second tag", [...XY, "", "Since: 1", "", "Since: 2"], ["9:3 doc-duplicate | Since:"]],
    ["a description of no name", [...XY, "@: text"], ["6:3 doc-name | @:"]],
    ["a description without text", ["", "@x:", "@y: text"], ["4:3 doc-empty-section | @x:"]],
    ["text that is not indented", ["", "@x: text", "@y:", "", "text"], ["5:3 doc-empty-section | @y:"]],
    [
      "tags without text",
      [...XY, "", "Since:", "TODO:"],
      ["7:3 doc-empty-section | Since:", "8:3 doc-empty-section | TODO:"],
    ],
    [
      "old sections",
      [...XY, "", "Notes: text", "", "Example:", "", "text"],
      ["7:1 doc-old-section | # Notes: text", "9:1 doc-old-section | # Example:"],
    ],
    [
      "a second line that is indented less",
      ["", "@x: text", "    more", "  less", "less", "@y: text"],
      ["6:1 doc-indent | #   less"],
    ],
    [
      "a tag right below an indented line",
      ["", "@x: text", "@y: text", "    more", "Since: 1"],
      ["7:1 doc-indent | # Since: 1"],
    ],
  ])("may not have %s", (_, lines, expected) => {
    expect(found(point(...lines))).toEqual(expected);
  });

  it("are told from each other although the blank behind '#' is missing", () => {
    expect(found(point("", "@x: text").replace("##\n{", "#@y: text\n##\n{"))).toEqual(["5:1 doc-space | #"]);
  });

  it("are looked at line by line where something is wrong with their sentences", () => {
    const lines = ["", "text", "A. B", "", "@x: text", "    text", "    C. D", "", "    text", "", "@y: E. F"];
    expect(found(point(...lines))).toEqual([
      "5:5 doc-sentence |  B",
      "9:9 doc-sentence |  D",
      "13:9 doc-sentence |  F",
    ]);
  });

  it("may be complete behind the end of a comment that is not closed", () => {
    expect(found("##\n# @beep:\n#\n# Since:\n")).toEqual(["4:9 doc-mark | "]);
    expect(found("##\n# @beep:\n#\n# Features:\n")).toEqual(["4:12 doc-mark | "]);
  });

  it("have to wait for the sentences in front of them on their line", () => {
    expect(found(point(...XY, "", "Note: One. Two"))).toEqual(["7:13 doc-sentence |  T"]);
  });
});

describe("features", () => {
  const beep = "{ 'command': 'beep', 'features': [ 'loud', 'deprecated' ] }\n";
  const described = ["@loud: text", "@deprecated: text"];

  test.each([
    ["at once", ["Features:", ...described]],
    ["behind blank lines", ["", "Features:", "", described[0] ?? "", "", described[1] ?? ""]],
  ])("are described %s", (_, lines) => {
    expect(found(comment("@beep:", ...lines) + beep)).toEqual([]);
  });

  test.each([
    ["nothing", ["Features:"], ["4:1 doc-features | ##"]],
    ["a paragraph", ["Features:", "", "text"], ["5:1 doc-features | # text"]],
    [
      "a second line of that name",
      ["Features:", ...described, "", "Features:", "@x: text"],
      ["7:1 doc-duplicate | # Features:"],
    ],
  ])("are not %s", (_, lines, expected) => {
    const own = found(comment("@beep:", ...lines) + beep).filter((line) => !line.includes("doc-un"));
    expect(own).toEqual(expected);
  });
});
