import { describe, expect, test } from "vitest";
import { markdown } from "../../src/emit/markdown.js";

const references = { link: (name: string) => (name === "up" ? "Up" : undefined), isPart: () => false };

function text(...lines: readonly string[]): string {
  return markdown(lines.join("\n"), references, []);
}

function fenced(...lines: readonly string[]): string {
  return `\`\`\`text\n${lines.join("\n")}\n\`\`\``;
}

describe("simple tables", () => {
  test("with a header, with markup, with cells that go on", () => {
    expect(
      text(
        "before",
        "",
        "=====  ======",
        "name   what",
        "=====  ======",
        "*a*    either ``x|y``",
        "       or @z, a long one",
        "",
        "b",
        "=====  ======",
        "",
        "after",
      ),
    ).toBe(
      [
        "before",
        "",
        "| name | what                             |",
        "| ---- | -------------------------------- |",
        "| *a*  | either `x\\|y` or `z`, a long one |",
        "| b    |                                  |",
        "",
        "after",
      ].join("\n"),
    );
  });

  test("without a header", () => {
    expect(text("==  ==", "a   b", "", "c   d", "==  ==")).toBe(
      "|     |     |\n| --- | --- |\n| a   | b   |\n| c   | d   |",
    );
  });

  test("end with the border below their rows, whatever comes behind it", () => {
    const table = ["=  =", "a  b", "=  =", "1  2", "=  ="];
    const expected = "| a   | b   |\n| --- | --- |\n| 1   | 2   |";
    expect(text(...table, "after")).toBe(`${expected}\n\nafter`);
    expect(text(...table, ...table)).toBe(`${expected}\n\n${expected}`);
  });

  test("below a title", () => {
    expect(text(".. table:: Of @a", "   :widths: auto", "", "   ==  ==", "   a   b", "   ==  ==")).toBe(
      "**Of `a`**\n\n|     |     |\n| --- | --- |\n| a   | b   |",
    );
  });

  test.each([
    ["spans of columns", ["==  ==", "abcd", "==  ==", "1   2", "==  =="]],
    [
      "underlined cells",
      ["==  ==  ==", "abcd    e", "------  --", "a   b   c", "==  ==  ==", "1   2   3", "==  ==  =="],
    ],
    ["two lines of header", ["==  ==", "a   b", "c   d", "==  ==", "1   2", "==  =="]],
    ["lists in cells", ["==  ==", "a   b", "==  ==", "1   - x", "    - y", "==  =="]],
    ["blocks of code in cells", ["==  ==", "a   b", "==  ==", "1   do::", "==  =="]],
    ["no end", ["==  ==", "a   b"]],
    ["more columns than anybody reads", [`=${" =".repeat(20)}`, "a", `=${" =".repeat(20)}`]],
  ])("%s are too much for Markdown", (_, lines) => {
    expect(text(...lines)).toBe(fenced(...lines));
  });

  test("links with titles and escaped bars are, too", () => {
    const linked = ["==========================  =", "`a <https://b.c>`_          d", "==========================  ="];
    expect(text(...linked)).toBe(fenced(...linked));
    const escaped = ["====  =", "a\\|b  d", "====  ="];
    expect(text(...escaped)).toBe(fenced(...escaped));
  });

  test("a long cell does not make all others as long", () => {
    const table = text("=====  =", "a      b", "=====  =", `1      ${"x".repeat(5000)}`, "2      y", "=====  =");
    expect(table).toContain(`| 1   | ${"x".repeat(5000)} |`);
    expect(table.length).toBeLessThan(5300);
  });
});

describe("grid tables", () => {
  test("with a header and cells of several lines", () => {
    const table = [
      "+----+-----+",
      "| a  | @c  |",
      "+====+=====+",
      "| 1  | one |",
      "| 2  |     |",
      "+----+-----+",
      "|    | x|y |",
      "+----+-----+",
    ];
    expect(text(...table)).toBe("| a   | `c`  |\n| --- | ---- |\n| 1 2 | one  |\n|     | x\\|y |");
  });

  test("links with titles need the bar themselves", () => {
    const table = ["+-----+---+", "| @up | b |", "+-----+---+"];
    expect(text(...table)).toBe(fenced(...table).replace("@", "\\@"));
  });

  test.each([
    ["spans of columns", ["+--+--+", "|a    |", "+--+--+", "|1 |2 |", "+--+--+"]],
    ["spans of rows", ["+--+--+", "|a |b |", "+  +--+", "|  |2 |", "+--+--+"]],
    ["lists in cells", ["+----+--+", "|a   |b |", "|- x |  |", "+----+--+"]],
    ["ragged lines", ["+--+--+", "|a |b|", "+--+--+"]],
    ["no end", ["+--+--+", "|a |b |"]],
  ])("%s are too much for Markdown", (_, lines) => {
    expect(text(...lines)).toBe(fenced(...lines));
  });
});

describe("list tables", () => {
  test("with a header, a title and cells that go on", () => {
    expect(
      text(
        ".. list-table:: Title",
        "   :widths: 10 90",
        "   :header-rows: 1",
        "",
        "   * - a",
        "     - b",
        "   * - 1",
        "     - @x, which",
        "       goes on",
        "",
        "   * -",
        "     - y",
      ),
    ).toBe(
      [
        "**Title**",
        "",
        "| a   | b                  |",
        "| --- | ------------------ |",
        "| 1   | `x`, which goes on |",
        "|     | y                  |",
      ].join("\n"),
    );
  });

  test("that are none stay lists", () => {
    expect(text(".. list-table::", "", "   * - a", "     - b", "   * - c")).toBe("- - a\n  - b\n- - c");
  });
});
