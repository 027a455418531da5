import { describe, expect, test } from "vitest";
import { code } from "../../src/emit/markdown-inline.js";
import { codeBlock, isPlain, markdown, type Example } from "../../src/emit/markdown.js";

const DEFINITIONS: ReadonlyMap<string, string> = new Map([
  ["Port", "Port"],
  ["port-open", "portOpen"],
  ["shadowed", "shadowedCommand"],
]);

const references = {
  link: (name: string) => DEFINITIONS.get(name),
  isPart: (name: string) => name === "shadowed",
};

function convert(...lines: readonly string[]): { text: string; examples: readonly Example[] } {
  const examples: Example[] = [];
  return { text: markdown(lines.join("\n"), references, examples), examples };
}

function text(...lines: readonly string[]): string {
  return convert(...lines).text;
}

describe("the text of a paragraph", () => {
  test.each([
    ["plain text, as it is: 10% (or more)", "plain text, as it is: 10% (or more)"],
    ["a ``literal`` of code", "a `literal` of code"],
    ["a ``literal\nover lines`` and on", "a `literal over lines` and on"],
    ["a ``back`quote`` in code", "a `back'quote` in code"],
    ["a member @up-time, and @x.", "a member `up-time`, and `x`."],
    ["a definition @Port", "a definition {@link Port}"],
    ["an identifier that differs: @port-open", "an identifier that differs: {@link portOpen | port-open}"],
    ["a member with a definition's name: @shadowed", "a member with a definition's name: `shadowed`"],
    ["a reference to `Port`, one to `nothing`", "a reference to {@link Port}, one to `nothing`"],
    [
      "even though a member has its name: `shadowed`",
      "even though a member has its name: {@link shadowedCommand | shadowed}",
    ],
    ["a downstream name @__com.example_a-b.", "a downstream name `__com.example_a-b`."],
    ["a role :qapi:type:`Port` and :file:`/etc/x`", "a role {@link Port} and `/etc/x`"],
    [":ref:`some words <target>`", "some words"],
    ["`some\nwords <https://example.com/a_b#c>`_", "{@link https://example.com/a_b#c | some words}"],
    ["`*|}* words <https://example.com/a>`__", "*|\\}* words (https://example.com/a)"],
    ["`words <ftp://example.com/a}>`_", "words"],
    ["`<https://example.com/a>`_", "https://example.com/a"],
    ["see https://example.com/_a__b_/~~c?d=e&amp;f#_g, or", "see https://example.com/_a__b_/~~c?d=e&amp;f#_g, or"],
    ["see <https://example.com/_a>", "see https://example.com/_a"],
    [
      "see https://example.com/@a*/ <https://example.com/{b}>",
      "see https://example.com/`a`\\*/ \\<https://example.com/\\{b\\}\\>",
    ],
    ["*emphasis* and **strong {words}**", "*emphasis* and **strong \\{words\\}**"],
    ["2 * 3 *= 4, *.json", "2 \\* 3 \\*= 4, \\*.json"],
    ["mail@example.com", "mail\\@example.com"],
    ["a lone @ and a lone ` quote", "a lone \\@ and a lone \\` quote"],
    ["{@link x} <b>a</b> <!-- -->", "\\{`link` x\\} \\<b\\>a\\</b\\> \\<!-- --\\>"],
    ["snake_case stays, _private and __proto__ are code", "snake_case stays, `_private` and `__proto__` are code"],
    ["\\\\host\\share, \\*, a\\_b", "\\\\host\\\\share, \\*, a_b"],
    ["[a](command:x) [a]: x [0, 1)", "[a\\](command:x) [a\\]: x [0, 1)"],
    ["&amp; R&D", "\\&amp; R&D"],
    ["~~gone~~", "\\~\\~gone\\~\\~"],
    ["# heading", "\\# heading"],
    ["heading\n-------", "heading\n\\-\\-\\-\\-\\-\\-\\-"],
  ])("%j", (source, expected) => {
    expect(text(source)).toBe(expected);
  });

  test("has no control characters, odd line breaks or blanks at the ends of lines", () => {
    expect(text("a\u0000b\u202Ec\u200Bd \t\r\ne\u2028f\u00A0\ng")).toBe("abcd\ne\nf\ng");
    expect(text("plain \nlines ")).toBe("plain\nlines");
    expect(text("a\tb")).toBe("a       b");
    expect(text("größer ≥ 1")).toBe("größer ≥ 1");
  });
});

describe("blocks", () => {
  test("paragraphs keep their lines", () => {
    expect(text("one", "two", "", "@three", "", "", "four")).toBe("one\ntwo\n\n`three`\n\nfour");
  });

  test("lists, tight and loose, nested and with a hanging indentation", () => {
    expect(text("Either", "", "* one @x", "  more", "* two", "", "   - inner", "", "+ three")).toBe(
      "Either\n\n- one `x`\n  more\n- two\n\n  - inner\n\n- three",
    );
    expect(text("2. two", "3. three", "#. next", "(a) letter")).toBe("2. two\n3. three\n1. next\n- (a) letter");
  });

  test("a list without an empty line before it, as old schemas have it", () => {
    expect(text("Either:", "- one", "- two")).toBe("Either:\n\n- one\n- two");
    expect(text("Either", " - one", "   more")).toBe("Either\n\n- one\n  more");
  });

  test("a definition list", () => {
    expect(text("Terms", "", "@up", "  is true", "  or not", "", "down", "  is false")).toBe(
      "Terms\n\n- **`up`**: is true\n  or not\n\n- **down**: is false",
    );
  });

  test("an indented paragraph does not become code", () => {
    expect(text("one", "", "        two")).toBe("one\n\ntwo");
  });

  test("literal blocks", () => {
    expect(text("Run this::", "", "   a <b> @c", "     d", "", "   e", "", "after")).toBe(
      "Run this:\n\n```text\na <b> \\@c\n  d\n\ne\n```\n\nafter",
    );
    expect(text("Run this ::", "", "   a")).toBe("Run this\n\n```text\na\n```");
    expect(text("::", "", "   a")).toBe("```text\na\n```");
    expect(text("nothing follows::")).toBe("nothing follows::");
  });

  test("admonitions", () => {
    expect(text(".. note:: Beware of @x,", "   always.", "", "   Really.")).toBe(
      "**Note:** Beware of `x`,\nalways.\n\nReally.",
    );
    expect(text(".. caution::", "   - one", "   - two")).toBe("**Caution:**\n\n- one\n- two");
    expect(text(".. admonition:: Read this", "", "   text")).toBe("**Read this**\n\ntext");
  });

  test("code and pieces of protocol are fenced", () => {
    expect(text(".. code-block:: c", "", "   int x;", "     y")).toBe("```c\nint x;\n  y\n```");
    expect(text('-> { "execute": "a" }', '<- { "return": {} }')).toBe(
      '```text\n-> { "execute": "a" }\n<- { "return": {} }\n```',
    );
  });

  test("comments and targets are dropped, unknown directives keep their content", () => {
    expect(text(".. a comment", "   more", "", ".. _label:", "", "text")).toBe("text");
    expect(text(".. unheard-of:: x", "", "   content")).toBe("content");
  });

  test("examples go elsewhere", () => {
    const { text, examples } = convert(
      "before",
      "",
      ".. qmp-example::",
      "   :title: The @up one",
      "",
      "     -> { }",
      "        2",
      "",
      "after",
      "",
      ".. qmp-example::",
      "   :annotated:",
      "",
      "   First @x::",
      "",
      "     -> { }",
    );
    expect(text).toBe("before\n\nafter");
    expect(examples).toEqual([
      { title: "The `up` one", body: "```text\n-> { }\n   2\n```" },
      { title: "", body: "First `x`:\n\n```text\n-> { }\n```" },
    ]);
  });

  test("code in a list is not indented: TSDoc wants a fence at the start of its line", () => {
    expect(text("- run::", "", "    a", "", "  then")).toBe("- run:\n\n```text\na\n```\n\n  then");
  });

  test("what older schemas put before optional members is dropped", () => {
    expect(text("#optional true if @x")).toBe("true if `x`");
  });

  test("nesting without end", () => {
    expect(text("- ".repeat(5000))).toContain("- - -");
    expect(text(`${".. note:: ".repeat(5000)}x`)).toMatch(/^\*\*Note:\*\* .*x$/);
  });
});

describe("plain text", () => {
  test.each(["2.9", "(since 2.9)", "A word\n\n12 of them (or\n3.5, if any):"])("is recognised: %j", (plain) => {
    expect(isPlain(plain)).toBe(true);
  });

  test("is what stays as it is", () => {
    const pieces = "a|B.|(|)|1|12.|3)|(a) |(b c)|-|--|- |=|::|#| |  |,|x|: |\n|\n|\n\n|\n\n\n|\n |->|word".split("|");
    let state = 1;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    let found = 0;
    for (let count = 0; count < 20_000; count++) {
      const sample = Array.from({ length: 1 + random(9) }, () => pieces[random(pieces.length)] ?? "").join("");
      if (!isPlain(sample)) continue;
      found++;
      expect(text(sample)).toBe(sample);
    }
    expect(found).toBeGreaterThan(1000);
  });
});

describe("code", () => {
  test("a span is on one line, between single backquotes, and begins no tag", () => {
    expect(code("a-b")).toBe("`a-b`");
    expect(code(" a\n`b` @c {@link d}\u0000 ")).toBe("`a 'b' \\@c {\\@link d}`");
    expect(code(" ")).toBe("");
  });

  test("a block does not end early and begins no tag", () => {
    expect(codeBlock("\n  a\n```\n@b c@d @e\n", "text")).toBe("```text\n  a\n'''\n\\@b c@d \\@e\n```");
    expect(codeBlock(" \n", "text")).toBe("");
  });
});
