import { format } from "prettier";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { comment } from "../../src/emit/comment.js";
import { tsdoc, type DocContext, type Documented, type Link } from "../../src/emit/tsdoc.js";
import type { Definition } from "../../src/schema/schema.js";
import { introspect } from "../../src/schema/introspection/introspect.js";
import { toImage } from "../../src/schema/image/to-image.js";
import { schemaOf, type SchemaText } from "../support/harness.js";

const full = (link: Link): DocContext => ({ docs: "full", link });
const nothing = full(() => undefined);

/**
 * The definition `X` of a schema that consists of a comment with these lines and an expression. As if it came from the answer of a
 * QEMU, it has no place in a file.
 */
function definition(lines: readonly string[], expression: string, before = ""): Definition {
  const comment = ["##", "# @X:", ...lines.map((line) => `# ${line}`.trimEnd()), "##"].join("\n");
  const found = schemaOf(`${before}\n${comment}\n${expression}\n`).byName.get("X");
  if (found === undefined) throw new Error("there is no X");
  return { ...found, nameSpan: { ...found.nameSpan, start: 0 } };
}

const STRUCT = "{ 'struct': 'X', 'data': { 'a': 'int', '*b': 'str' } }";

describe("definitions", () => {
  test("without documentation there is no comment", () => {
    expect(tsdoc(definition([], STRUCT), nothing)).toBe("");
  });

  test("a short one is on one line", () => {
    expect(tsdoc(definition(["", "A thing."], STRUCT), nothing)).toBe("/** A thing. */");
    expect(tsdoc(definition(["", "A thing.", "", "Since: 1.2"], STRUCT), nothing)).toBe("/** A thing. @since 1.2 */");
  });

  test("members are documented where they are declared", () => {
    expect(tsdoc(definition(["", "A thing.", "", "@a: one", "", "@b: two"], STRUCT), nothing)).toBe("/** A thing. */");
  });

  test("what a command's comment has, and in which order", () => {
    const command = definition(
      [
        "",
        "Does @a.",
        "",
        "@a: how",
        "",
        "Features:",
        "",
        "@deprecated: Use `Y` instead.",
        "",
        "@unstable: It is new.",
        "",
        "@fast: It is fast.",
        "",
        "Returns: the result",
        "",
        "Errors:",
        "    - If @a is bad, GenericError",
        "",
        "Since: 2.9",
        "",
        ".. note:: Be careful.",
        "",
        ".. qmp-example::",
        "   :title: Doing it",
        "",
        '     -> { "execute": "X" }',
      ],
      "{ 'command': 'X', 'data': { 'a': 'int' }, 'returns': 'Y', 'if': 'CONFIG_A'," +
        " 'features': [ 'deprecated', 'unstable', { 'name': 'fast', 'if': 'CONFIG_B' }, 'bare' ] }",
      "{ 'struct': 'Y', 'data': {} }",
    );
    const context = full((name) => (name === "Y" ? "Y" : undefined));
    expect(tsdoc(command, context, "A note of ours.")).toBe(`/**
 * Does \`a\`.
 *
 * **Note:** Be careful.
 *
 * **Unstable:** It is new.
 *
 * Features:
 *
 * - \`fast\`: It is fast. (only in builds with \`CONFIG_B\`)
 * - \`bare\`
 *
 * A note of ours.
 *
 * Only in builds with \`CONFIG_A\`.
 *
 * @experimental
 * @deprecated Use {@link Y} instead.
 * @returns the result
 * @throws
 * - If \`a\` is bad, GenericError
 * @example Doing it
 * \`\`\`text
 * -> { "execute": "X" }
 * \`\`\`
 * @since 2.9
 */`);
  });

  test("sections of old releases", () => {
    const lines = [
      "",
      "A thing.",
      "",
      "Notes: 1. one",
      "       2. two",
      "",
      "Example:",
      "",
      "-> { }",
      "<- { }",
      "",
      "Since 1.2",
    ];
    expect(tsdoc(definition(lines.slice(0, 10), STRUCT), nothing)).toBe(
      "/**\n * A thing.\n *\n * **Notes:**\n *\n * 1. one\n * 2. two\n *\n * @example\n * ```text\n * -> { }\n * <- { }\n * ```\n */",
    );
    expect(tsdoc(definition(["", "A thing.", "", "Since 1.2"], STRUCT), nothing)).toBe("/** A thing. @since 1.2 */");
  });

  test("an alternate lists its alternatives, for they are declared nowhere", () => {
    const alternate = definition(
      ["", "One of", "", "@s: a name,", "    for short", "", "@i: a number"],
      "{ 'alternate': 'X', 'data': { 's': 'str', 'i': { 'type': 'int', 'if': 'CONFIG_A' }, 'b': 'bool' } }",
    );
    expect(tsdoc(alternate, nothing)).toBe(
      "/**\n * One of\n *\n * - `s`: a name,\n *   for short\n * - `i`: a number (only in builds with `CONFIG_A`)\n */",
    );
  });

  test("no links to oneself, nor to a definition whose name a member has", () => {
    const all = full((name) => `The${name}`);
    expect(tsdoc(definition(["", "@X has @a, not `a` or @c", "", "@a: one"], STRUCT), all)).toBe(
      "/** `X` has `a`, not {@link Thea | a} or {@link Thec | c} */",
    );
  });

  test("a result does not begin with a link, which TypeScript would take for a type", () => {
    const command = definition(["", "Returns: @Y, or `Y`"], "{ 'command': 'X', 'returns': 'str' }");
    expect(
      tsdoc(
        command,
        full(() => "Y"),
      ),
    ).toBe("/** @returns `Y`, or {@link Y} */");
  });

  test("conditions", () => {
    const negative = definition([], "{ 'struct': 'X', 'data': {}, 'if': { 'not': { 'any': [ 'A', 'B' ] } } }");
    expect(tsdoc(negative, nothing)).toBe("/** Only in builds without `A or B`. */");
  });
});

describe("parts of definitions", () => {
  function member(lines: readonly string[], data: string): Documented {
    const struct = definition(lines, `{ 'struct': 'X', 'data': { 'a': ${data} } }`);
    const [member] = struct.kind === "struct" ? struct.members : [];
    if (member === undefined) throw new Error("there is no member");
    return member;
  }

  test("a member has its own description", () => {
    expect(tsdoc(member(["", "@a: how much", "    (since 2.9)"], "'int'"), nothing)).toBe(
      "/**\n * how much\n * (since 2.9)\n */",
    );
    expect(tsdoc(member([], "'int'"), nothing)).toBe("");
    expect(tsdoc(member([], "'int'"), nothing, "Ours.")).toBe("/** Ours. */");
  });

  test("a version that is the last paragraph of a description is a tag", () => {
    expect(tsdoc(member(["", "@a: Since 2.9"], "'int'"), nothing)).toBe("/** @since 2.9 */");
    expect(tsdoc(member(["", "@a: how much", "", "    Since 2.9"], "'int'"), nothing)).toBe(
      "/** how much @since 2.9 */",
    );
    const brief: DocContext = { docs: "brief", link: () => undefined };
    expect(tsdoc(member(["", "@a: Since 2.9"], "'int'"), brief)).toBe("/** @since 2.9 */");
  });

  test("a feature of a member is described by its definition, which has not the feature itself", () => {
    const lines = ["", "@a: how much", "", "Features:", "", "@deprecated: Member @a is not used."];
    const a = member(lines, "{ 'type': 'int', 'features': [ 'deprecated' ], 'if': 'CONFIG_A' }");
    expect(tsdoc(a, nothing)).toBe(
      "/**\n * how much\n *\n * Only in builds with `CONFIG_A`.\n *\n * @deprecated Member `a` is not used.\n */",
    );
    if (a.kind !== "member" || a.parent.kind !== "struct") throw new Error("no member of a struct");
    expect(tsdoc(a.parent, nothing)).toBe("");
  });

  test("a feature without a description", () => {
    const a = member([], "{ 'type': 'int', 'features': [ 'deprecated', 'unstable' ] }");
    expect(tsdoc(a, nothing)).toBe(
      "/**\n * @experimental\n * @deprecated It may be removed from a later release of QEMU.\n */",
    );
  });

  test("members in place, values, and branches under the description of their value", () => {
    const schema = schemaOf(`
##
# @E:
#
# @one: the first
#
# @two: the second
##
{ 'enum': 'E', 'data': [ 'one', 'two' ] }
{ 'struct': 'S', 'data': {} }
##
# @U:
#
# @kind: which one
##
{ 'union': 'U', 'base': { 'kind': 'E' }, 'discriminator': 'kind', 'data': { 'one': 'S' } }
`);
    const [e] = schema.enums;
    const [u] = schema.unions;
    expect(e?.values.map((value) => tsdoc(value, nothing))).toEqual(["/** the first */", "/** the second */"]);
    expect(u?.base.members.map((member) => tsdoc(member, nothing))).toEqual(["/** which one */"]);
    expect(u?.branches.map((branch) => tsdoc(branch, nothing))).toEqual(["/** the first */", "/** the second */"]);
  });
});

describe("where to read on", () => {
  const SCHEMA = `##
# @S:
#
# Text.
##
{ 'struct': 'S',
  'data': { 'a': 'int' } }
{ 'command': 'bare' }
##
# @U:
#
# Text.
##
{
  'union': 'U',
  'data': { 'a': 'str' } }
`;

  function comments(text: SchemaText, context: DocContext): Readonly<Record<string, string>> {
    return Object.fromEntries(schemaOf(text).definitions.map((node) => [node.name, tsdoc(node, context)]));
  }

  test("is the line of the schema that names a definition, where there is a comment at all", () => {
    expect(comments(SCHEMA, nothing)).toMatchObject({
      S: "/** Text. @see `test.json:6` */",
      bare: "",
      U: "/** Text. @see `test.json:15` */",
    });
  });

  test("is the manual, and then the schema", () => {
    const manual = { page: "https://example.com/ref.html", title: "Reference manual" };
    const { S, bare } = comments({ "a/b.json": SCHEMA }, { ...nothing, manual });
    expect(S).toBe(`/**
 * Text.
 *
 * @see {@link https://example.com/ref.html#object-b.S | Reference manual}
 * @see \`b.json:6\`
 */`);
    expect(bare).toContain(" * @see {@link https://example.com/ref.html#command-b.bare | Reference manual}\n");
  });

  test("is where an image says that it was", () => {
    const image = toImage(schemaOf(SCHEMA));
    expect(comments({ "image.json": image }, nothing)).toMatchObject(comments(SCHEMA, nothing));
  });

  test("is nowhere in the answer of a QEMU", () => {
    const answer = JSON.stringify(introspect(schemaOf("{ 'command': 'c', 'if': 'CONFIG_A' }"), { conditions: "keep" }));
    expect(comments({ "answer.json": answer }, nothing)["c"]).not.toContain("@see");
  });
});

describe("brief documentation", () => {
  const brief: DocContext = { docs: "brief", link: () => undefined };

  test("has first paragraphs and few tags", () => {
    const command = definition(
      [
        "",
        ".. note:: Be careful.",
        "",
        "   Really.",
        "",
        "Does @a::",
        "",
        "   like this",
        "",
        "More.",
        "",
        "Features:",
        "",
        "@deprecated: Use `Y` instead.",
        "",
        "    Or not.",
        "",
        "@unstable: It is new.",
        "",
        "@fast: It is fast.",
        "",
        "Returns: the result",
        "",
        "Errors:",
        "    - If @a is bad, GenericError",
        "",
        "Since: 2.9",
        "",
        "Even more.",
        "",
        ".. qmp-example::",
        "",
        '     -> { "execute": "X" }',
      ],
      "{ 'command': 'X', 'returns': 'str', 'if': 'CONFIG_A', 'features': [ 'deprecated', 'unstable', 'fast' ] }",
    );
    const manual = { page: "https://example.com/", title: "Manual" };
    expect(tsdoc(command, { ...brief, manual }, "A note of ours.")).toBe(`/**
 * Does \`a\`:
 *
 * A note of ours.
 *
 * Only in builds with \`CONFIG_A\`.
 *
 * @experimental
 * @deprecated Use \`Y\` instead.
 * @since 2.9
 * @see {@link https://example.com/#command-test.X | Manual}
 */`);
  });

  test("of old releases", () => {
    const lines = ["", "A thing.", "", "More.", "", "Since 1.2", "", "Notes: none", "", "Example:", "", "-> { }"];
    expect(tsdoc(definition(lines, STRUCT), brief)).toBe("/** A thing. @since 1.2 */");
  });

  test("of parts", () => {
    const lines = ["", "One of", "", "@s: a name", "", "    for short", "", "@i: a number"];
    const alternate = definition(lines, "{ 'alternate': 'X', 'data': { 's': 'str', 'i': 'int' } }");
    expect(tsdoc(alternate, brief)).toBe("/**\n * One of\n *\n * - `s`: a name\n * - `i`: a number\n */");
    const struct = definition(["", "@a: how much", "", "    or more"], "{ 'struct': 'X', 'data': { 'a': 'int' } }");
    const members = struct.kind === "struct" ? struct.members : [];
    expect(members.map((member) => tsdoc(member, brief))).toEqual(["/** how much */"]);
  });

  test("of what has nothing but directives and tags", () => {
    expect(tsdoc(definition(["", ".. note:: Beware.", "", "", "   Really.", "", "Returns: what"], STRUCT), brief)).toBe(
      "",
    );
  });
});

describe("comments", () => {
  test("lines have the indentation, but for the first", () => {
    expect(comment("a\n\nb", "  ")).toBe("/**\n   * a\n   *\n   * b\n   */");
    expect(comment("a\n\n\n\nb", "  ")).toBe("/**\n   * a\n   *\n   *\n   *\n   * b\n   */");
    expect(comment("a", "  ")).toBe("/** a */");
    expect(comment("")).toBe("");
  });

  test("a long line has a line of its own", () => {
    expect(comment("a".repeat(101))).toBe(`/**\n * ${"a".repeat(101)}\n */`);
  });

  test("nothing ends a comment, whatever the text is", () => {
    expect(comment("a */ b **/ `*/` */")).toBe("/** a *\\/ b **\\/ `*\\/` *\\/ */");
  });

  test("bundlers find no annotations", () => {
    expect(comment("#__NO_SIDE_EFFECTS__ @__PURE__")).toBe("/** # __NO_SIDE_EFFECTS__ @ __PURE__ */");
  });
});

describe("untrusted text", () => {
  const PIECES: readonly string[] = (
    "*/ /* * ** / ` `` ``` @ @since @deprecated @param @Foo {@link { } < > <b> \\ _ __ a Foo :: : :ref:` - * 1. #. (a) " +
    ".. .. note:: -> ~~ &amp; [x]( ]: # | --- === #__PURE__ @ts-ignore `a`_ https://a.b/c é"
  )
    .split(" ")
    .concat(
      " ",
      " ",
      "  ",
      "\n",
      "\n",
      "\n\n",
      "\n  ",
      "\n    ",
      "::\n\n  ",
      "\t",
      "\r\n",
      "\u2028",
      "\0",
      "\u00A0",
      "\u200B",
    )
    .concat(".. note:: ", ".. qmp-example::\n  ", "- ", "1. ", "=== ==\n");

  /** Numbers from 0 to `below`, the same in every run. */
  function numbers(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }

  function file(seed: number, count: number): string {
    const next = numbers(seed);
    const text = (): string => Array.from({ length: next(14) + 1 }, () => PIECES[next(PIECES.length)]).join("");
    const base = definition(["", "Text.", "", "@a: one"], STRUCT);
    const context = full((name) => (name === "Foo" ? "Foo" : undefined));
    const kinds = ["text", "note", "example", "returns", "errors", "since"] as const;
    let result = "";
    for (let index = 0; index < count; index++) {
      const sections = Array.from({ length: next(3) + 1 }, () => {
        return { kind: kinds[next(kinds.length)] ?? "text", text: text(), span: base.span };
      });
      const name = ["deprecated", "unstable", "other"][next(3)] ?? "";
      const doc = { kind: "feature", name, text: text(), span: base.span } as const;
      const features = next(2) === 0 ? [] : [{ kind: "feature", name, doc, span: base.span } as const];
      const node = { ...base, doc: { kind: "doc", sections, span: base.span } as const, features };
      const comment = tsdoc(node, context);
      result += `${comment === "" ? "/** . */" : comment}\nexport const x${String(index)} = 0;\n\n`;
    }
    return result.slice(0, -1);
  }

  test.each([1, 2, 3])("nothing gets out of a comment or begins a tag (seed %i)", async (seed) => {
    const count = 600;
    const text = file(seed, count);
    const source = ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true);
    expect(source.statements).toHaveLength(count);
    const tags = new Set<string>();
    for (const statement of source.statements) {
      const comments = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
      expect(comments).toHaveLength(1);
      for (const tag of comments.flatMap((comment) => comment.tags ?? [])) tags.add(tag.tagName.text);
    }
    expect([...tags].sort()).toEqual(["deprecated", "example", "experimental", "returns", "since", "throws"]);
    expect(await format(text, { parser: "typescript", printWidth: 120 })).toBe(text);
  });
});
