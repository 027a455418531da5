import { describe, expect, it, test } from "vitest";
import { formatText } from "../../src/diagnostic-report.js";
import { check } from "../../src/schema/check.js";
import { memoryHost } from "../../src/schema/host.js";
import { load } from "../../src/schema/load.js";
import { toImage } from "../../src/schema/image/to-image.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { diagnosticsOf, findings, schemaOf, type SchemaText } from "../support/harness.js";
import { plainModel } from "../support/plain-model.js";

function imageOf(text: SchemaText): string {
  return toImage(schemaOf(text));
}

describe("what is read from an image is the model that it was made of", () => {
  test.each(okRoots)("%s", (root) => {
    const schema = schemaOf(fixtureFiles("ok", root));
    const image = toImage(schema);
    const again = schemaOf({ "x.json": image });
    expect(plainModel(again)).toEqual(plainModel(schema));
    expect(toImage(again)).toBe(image);
    const withoutDocs = schemaOf({ "x.json": toImage(schema, { docs: false }) });
    expect(plainModel(withoutDocs)).toEqual(plainModel(schema, { docs: false }));
  });

  test("also where old spellings stand for definitions that are not written, and C for conditions", () => {
    const schema = schemaOf(`
{ 'union': 'U', 'data': { 'a': 'str', 'b': 'int' } }
{ 'command': 'c', 'data': { 'x': 'U' }, 'if': 'defined(A) && GLIB > 2 || !defined(b)' }
{ 'event': 'E', 'if': [ 'A ? B : C', 'defined(D)' ] }`);
    const again = schemaOf({ "x.json": toImage(schema) });
    expect(schema.definitions.some(({ implicit }) => implicit)).toBe(true);
    expect(plainModel(again)).toEqual(plainModel(schema));
  });
});

describe("signals", () => {
  const PROPOSAL = `{ 'BlockIOEvent': { 'device': 'str' } }
[ 'block-io-event', { 'node': 'str' }, { 'deep': 'bool' }, 'BlockIOEvent' ]`;

  it("are in it as the event of the command that connects, and as the command that disconnects", () => {
    expect(imageOf(PROPOSAL)).toMatchInlineSnapshot(`
      "{"qapi-image":2,"modules":[
      {"name":"test.json","root":true,"entries":[
      {"event":"BLOCK_IO_EVENT","data":[["device","str"]],"at":[1,1,0,3,0,21]},
      {"command":"block-io-event-connect","data":[["node","str"],["*deep","bool"]],"returns":"str","signal":"BLOCK_IO_EVENT","at":[2,1,0,3,0,23,0,42]},
      {"command":"block-io-event-disconnect","data":[["tag","str"],["*node","str"],["*deep","bool"]],"implicit":true,"at":[2,1,0,3,0,3,0,23,0,42]}
      ]}
      ]}
      "
    `);
  });

  it("are read from it again", () => {
    const schema = schemaOf(PROPOSAL);
    const again = schemaOf({ "x.json": toImage(schema) });
    expect(plainModel(again)).toEqual(plainModel(schema));
    expect(again.commands.map(({ signal }) => signal?.connect.name)).toEqual(Array(2).fill("block-io-event-connect"));
    expect(toImage(again)).toBe(toImage(schema));
  });

  it("are what makes it one of version 2: without, an older qapi-codegen can read it", () => {
    expect(imageOf(PROPOSAL)).toContain('"qapi-image":2');
    const without = imageOf("{ 'BlockIOEvent': { 'device': 'str' } }");
    expect(without).toContain('"qapi-image":1');
    expect(schemaOf({ "x.json": without.replace('"qapi-image":1', '"qapi-image":2') }).events).toHaveLength(1);
  });

  it("need both commands", () => {
    const image = imageOf(PROPOSAL).replace("io-event-disconnect", "io-event-leave");
    expect(findings({ "x.json": image })).toEqual([
      "test.json:2:3 invalid-document: command 'block-io-event-connect' connects to a signal, and there is no command 'block-io-event-disconnect' | ",
    ]);
  });

  test.each([
    [
      "an event that is not there",
      ["BLOCK_IO_EVENT", "LOST"],
      "what signal accessor 'block-io-event' returns: there is no event 'LOST'",
    ],
    ["a type in the place of an event", ["BLOCK_IO_EVENT", "str"], "there is no event 'str'"],
  ])("of %s are reported", (_, [from = "", to = ""], expected) => {
    const image = imageOf(PROPOSAL).replace(`"signal":"${from}"`, `"signal":"${to}"`);
    expect(findings({ "x.json": image }).join("\n")).toContain(expected);
  });
});

describe("an image that has only versions of the documentation", () => {
  const sections = (text: string, docs: "versions" | true = "versions"): readonly unknown[] => {
    const read = schemaOf({ "x.json": toImage(schemaOf(text), { docs }) });
    return read.definitions.flatMap(({ doc }) => doc?.sections ?? []).map(({ kind, name, text }) => [kind, text, name]);
  };
  const documented = (...lines: readonly string[]): string =>
    ["##", "# @X:", "#", ...lines.map((line) => `# ${line}`.trimEnd()), "##"].join("\n") +
    "\n{ 'struct': 'X', 'data': { 'a': 'int', '*b': 'str' } }\n";

  it("says since when definitions and members exist, and nothing else", () => {
    const text = documented(
      "Text.",
      "",
      "@a: a (Since 2.4)",
      "",
      "@b: b, since 2.4",
      "",
      "Since: 1.2",
      "",
      ".. note:: No.",
    );
    expect(sections(text, true)).toHaveLength(5);
    expect(sections(text)).toEqual([
      ["member", "Since 2.4", "a"],
      ["since", "1.2", undefined],
    ]);
    expect(toImage(schemaOf(text), { docs: "versions" })).not.toContain("Text");
  });

  test.each([
    ["a (since 2.4)", "2.4"],
    ["a (since: 2.12.1).", "2.12.1"],
    ["a (since QEMU 2.4)", "2.4"],
    ["a\n\n  Since 2.4", "2.4"],
    ["Since 2.4", "2.4"],
    ["a (since 2.4) b", undefined],
    ["a (since 2)", undefined],
    ["a (since 2.4, b)", undefined],
    ["ever since 2.4", undefined],
  ])("of a member, %j", (description, version) => {
    const lines = `@a: ${description}`.split("\n");
    expect(sections(documented(...lines))).toEqual(version === undefined ? [] : [["member", `Since ${version}`, "a"]]);
  });

  test.each([
    ["1.2", "1.2"],
    ["0.14.0", "0.14.0"],
    ["2.0, but not of all", "2.0"],
    ["1.2 (of this)", "1.2"],
    ["ever", undefined],
    ["2.x", undefined],
  ])("of a definition, %j", (text, version) => {
    expect(sections(documented(`Since: ${text}`))).toEqual(
      version === undefined ? [] : [["since", version, undefined]],
    );
  });

  it("is the same when it is made of itself", () => {
    const image = toImage(schemaOf(documented("@a: a (since 2.4)", "", "Since: 1.2")), { docs: "versions" });
    expect(toImage(schemaOf({ "x.json": image }), { docs: "versions" })).toBe(image);
    expect(toImage(schemaOf({ "x.json": image }))).toBe(image);
  });
});

test("an image is the same whatever the order of the files", () => {
  const a = "{ 'struct': 'A', 'data': { 'b': 'B' } }";
  const b = "{ 'enum': 'B', 'data': [ 'x' ] }";
  const one = imageOf({ "r.json": "{ 'include': 'a.json' }\n{ 'include': 'b.json' }", "a.json": a, "b.json": b });
  const other = imageOf({ "r.json": "{ 'include': 'b.json' }\n{ 'include': 'a.json' }", "a.json": a, "b.json": b });
  expect(one).toBe(other);
});

test("an image is the same whatever the order of several roots, of which one may include another", () => {
  const files = { "a.json": "{ 'include': 'b.json' }", "b.json": "{ 'enum': 'B', 'data': [ 'x' ] }", "c.json": "" };
  const images = [
    ["a.json", "b.json", "c.json"],
    ["c.json", "b.json", "a.json"],
  ].map((roots) => {
    const { schema } = check(load(roots, memoryHost(files)));
    if (schema === undefined) throw new Error("there is an error");
    return toImage(schema);
  });
  expect(images[0]).toBe(images[1]);
  const { modules } = schemaOf({ "x.json": images[0] ?? "" });
  expect(modules.map(({ name, isRoot }) => [name, isRoot])).toEqual([
    ["a.json", true],
    ["b.json", true],
    ["c.json", true],
  ]);
});

test("the root comes first, the other modules by their names", () => {
  const image = imageOf({ "z.json": "{ 'include': 'y.json' }{ 'include': 'x.json' }", "x.json": "", "y.json": "" });
  expect(schemaOf({ "i.json": image }).modules.map(({ name }) => name)).toEqual(["z.json", "x.json", "y.json"]);
});

test("what an image looks like", () => {
  const image = imageOf(`##
# Of nothing.
##

##
# @S: 
#
# Text.
#
# @m: of m
#
# Since: 1.2
##
{ 'struct': 'S',
  'data': { 'm': { 'type': [ 'E' ], 'if': 'A', 'features': [ 'unstable' ] }, '*o': 'int' },
  'features': [ { 'name': 'f', 'if': { 'not': 'B' } } ] }
{ 'enum': 'E', 'data': [ 'x', { 'name': 'y', 'if': { 'all': [ 'A', 'B' ] } } ], 'prefix': 'P' }
{ 'union': 'U', 'base': { 't': 'E' }, 'discriminator': 't', 'data': { 'x': 'S' } }
{ 'alternate': 'T', 'data': { 's': 'str', 'o': 'S' } }
{ 'command': 'c', 'data': 'U', 'boxed': true, 'gen': false, 'returns': 'T' }
{ 'event': 'V', 'data': { 'a': 'any' } }
`);
  expect(image).toMatchInlineSnapshot(`
    "{"qapi-image":1,"modules":[
    {"name":"test.json","root":true,"entries":[
    {"doc":["Of nothing."],"at":[1,1]},
    {"struct":"S","data":[["m",["E"],{"if":"A","features":["unstable"]}],["*o","int"]],"features":[{"name":"f","if":{"not":"B"}}],"doc":["Text.",["member","of m","m"],["since","1.2"]],"at":[14,1,0,13,1,13,0,62,0,78,1,17]},
    {"enum":"E","data":["x",{"name":"y","if":{"all":["A","B"]}}],"prefix":"P","at":[17,1,0,11,0,26,0,31]},
    {"union":"U","base":[["t","E"]],"discriminator":"t","data":[["x","S"]],"at":[18,1,0,12,0,27,0,71]},
    {"alternate":"T","data":[["s","str"],["o","S"]],"at":[19,1,0,16,0,31,0,43]},
    {"command":"c","data":"U","returns":"T","boxed":true,"gen":false,"at":[20,1,0,14]},
    {"event":"V","data":[["a","any"]],"at":[21,1,0,12,0,27]}
    ]}
    ]}
    "
  `);
});

describe("places", () => {
  it("are those of the schema, by the names of its modules", () => {
    const text = "\n\n{ 'struct': 'S',\n  'data': { 'a': 'int',\n            '*b': 'str' } }\n";
    const { structs } = schemaOf({ "x.json": imageOf({ "some/where/s.json": text }) });
    const [struct] = structs;
    const places = [struct, ...(struct?.members ?? [])].map((node) => {
      const span = node?.span;
      const { line, column } = span?.source.position(span.start) ?? {};
      return `${String(span?.source.name)}:${String(line)}:${String(column)}`;
    });
    expect(places).toEqual(["s.json:3:1", "s.json:4:13", "s.json:5:13"]);
  });

  it("are where mistakes are reported, without the lines that are not there", () => {
    const image = imageOf("\n{ 'struct': 'S', 'data': { 'a': 'int' } }").replace('"int"', '"Int"');
    expect(formatText(diagnosticsOf({ "x.json": image }), { color: false })).toBe(
      "test.json:2:28: error[undefined-type]: member 'a' of struct 'S': there is no type 'Int'\n" +
        "hint: did you mean 'int'?\n\n1 error\n",
    );
  });
});

test("what is only a matter of style is not looked for", () => {
  const text = "{ 'struct': 'under_score', 'data': { 'a_b': 'int' } }";
  expect(findings(text, { style: true })).not.toEqual([]);
  expect(findings({ "x.json": imageOf(text) }, { style: true })).toEqual([]);
});

test("conditions of an image can be settled", () => {
  const image = imageOf("{ 'enum': 'E', 'data': [ 'a', { 'name': 'b', 'if': 'B' } ] }");
  const { enums } = schemaOf({ "x.json": image }, { defines: new Map([["B", false]]) });
  expect(enums[0]?.values.map(({ name }) => name)).toEqual(["a"]);
});

describe("an image that is not as it should be", () => {
  const S = '{"struct":"S","data":[["a","int"]],"at":[1,1,0,13,0,28]}';
  const image = (...entries: readonly string[]): string =>
    `{"qapi-image":1,"modules":[\n{"name":"s.json","entries":[\n${entries.join(",\n")}\n]}]}`;
  const replaced = (from: string, to: string): string => {
    expect(S).toContain(from);
    return image(S.replace(from, to));
  };

  test("is fine as long as nothing is replaced", () => {
    expect(findings({ "x.json": image(S) })).toEqual([]);
  });

  test.each([
    [
      "of a newer version",
      '{"qapi-image":3,"pages":[]}',
      "1:15 this image is of version 3, which this qapi-codegen does not know yet",
    ],
    [
      "of no version",
      '{"qapi-image":"1","modules":[]}',
      '1:15 ["qapi-image"] should be a whole number from 1 on, not the string "1"',
    ],
    [
      "cut off",
      image(S).slice(0, 60),
      `3:4 this is not JSON: the file ends where the rest of a string, with its '"', should be`,
    ],
    ["cut off in a string", image(S).slice(0, 25), "1:26 this is not JSON: the file ends where ':' should be"],
    ["with more behind it", `${image(S)} {}`, "4:6 this is not JSON: '{' stands where the end of the file should be"],
    ["with a comma too many", replaced("28]", "28,]"), "3:56 this is not JSON: ']' stands where a value should be"],
    ["without modules", '{"qapi-image":1}', "1:1 the document has no key 'modules'"],
    ["with no module", '{"qapi-image":1,"modules":[]}', "1:27 modules should have a module"],
    [
      "with another key",
      '{"qapi-image":1,"modules":[],"__proto__":[]}',
      '1:1 the document has an unknown key "__proto__"',
    ],
    [
      "with a module twice",
      '{"qapi-image":1,"modules":[{"name":"a","entries":[]},{"name":"a","entries":[]}]}',
      "1:62 modules[1].name is the name of an earlier module",
    ],
    [
      "with a path that is none",
      '{"qapi-image":1,"modules":[{"name":"a/../b","entries":[]}]}',
      '1:36 modules[0].name should be a normalised path, not the string "a/../b"',
    ],
    ["with an entry that is none", image("3"), "3:1 modules[0].entries[0] should be an object, not 3"],
    [
      "with an entry of no kind",
      image('{"at":[]}'),
      "3:1 modules[0].entries[0] is neither a definition, with a key such as 'enum', nor a 'doc'",
    ],
    [
      "with a key twice, where the last counts and the first is shown",
      '{"qapi-image":1,"modules":5,"modules":[3]}',
      "1:27 modules[0] should be an object, not 3",
    ],
    [
      "with an entry of two kinds",
      replaced('"data"', '"enum":"E","data"'),
      '3:1 modules[0].entries[0] has an unknown key "struct"',
    ],
    ["without places", replaced(',"at":[1,1,0,13,0,28]', ""), "3:1 modules[0].entries[0] has no key 'at'"],
    ["with too few places", replaced(",0,28", ""), "3:41 modules[0].entries[0].at has too few numbers for this entry"],
    ["with too many places", replaced("28", "28,0,1"), "3:41 modules[0].entries[0].at should have 6 numbers"],
    [
      "with a place that is none",
      replaced("13", "1.5"),
      "3:48 modules[0].entries[0].at[3] should be a whole number from 1 on, not 1.5",
    ],
    [
      "with a line above the first",
      replaced("0,13", "-1,13"),
      "3:46 modules[0].entries[0].at[2] leads above the first line",
    ],
    [
      "with a name that is none",
      replaced('"S"', '"*/ S"'),
      "3:11 modules[0].entries[0].struct is no name as schemas have them",
    ],
    [
      "with a name of a prototype",
      replaced('"a"', '"__proto__"'),
      "3:24 modules[0].entries[0].data[0][0] is no name as schemas have them",
    ],
    [
      "with a type that is none",
      replaced('"int"', "{}"),
      "3:28 modules[0].entries[0].data[0][1] should be a string, not an object",
    ],
    [
      "with a list of two types",
      replaced('"int"', '["int","str"]'),
      "3:28 modules[0].entries[0].data[0][1] should be the name of a type in a list",
    ],
    [
      "with a member that is none",
      replaced('["a","int"]', '["a"]'),
      "3:23 modules[0].entries[0].data[0] should have a name, a type and perhaps an object",
    ],
    [
      "with more of a member than there is",
      replaced('"int"]', '"int",{"fi":"A"}]'),
      '3:34 modules[0].entries[0].data[0][2] has an unknown key "fi"',
    ],
    [
      "with a condition that is none",
      replaced('"int"]', '"int",{"if":"A B"}]'),
      "3:40 modules[0].entries[0].data[0][2].if is not the name of a build option",
    ],
    [
      "with a condition of two",
      replaced('"int"]', '"int",{"if":{"not":"A","all":["B"]}}]'),
      "3:40 modules[0].entries[0].data[0][2].if should have one of the keys 'all', 'any', 'not' and 'text'",
    ],
    [
      "with a condition of nothing",
      replaced('"int"]', '"int",{"if":{"any":[]}}]'),
      "3:47 modules[0].entries[0].data[0][2].if.any should have an operand",
    ],
    [
      "with a deep condition",
      replaced('"int"]', `"int",{"if":${'{"not":'.repeat(400)}"A"${"}".repeat(400)}}]`),
      `3:2140 modules[0].entries[0].data[0][2].if${".not".repeat(16)}.… nests deeper than 300 levels`,
    ],
    [
      "with documentation that is none",
      replaced('"at"', '"doc":"text","at"'),
      '3:42 modules[0].entries[0].doc should be a list, not the string "text"',
    ],
    [
      "with a section that is none",
      replaced('"at"', '"doc":[["text"]],"at"'),
      "3:43 modules[0].entries[0].doc[0] should have a kind of section, its text and perhaps a name",
    ],
    [
      "with a section of no kind",
      replaced('"at"', '"doc":[["constructor","text"]],"at"'),
      "3:44 modules[0].entries[0].doc[0][0] should be one of the sections without a name: text, returns, errors, since, todo, note, example",
    ],
    [
      "with a name for a section that has none",
      replaced('"at"', '"doc":[["since","1.2","x"]],"at"'),
      "3:44 modules[0].entries[0].doc[0][0] should be one of the sections with a name: member, feature",
    ],
    [
      "with a flag that is none",
      image('{"event":"E","boxed":1,"at":[1,1,0,1]}'),
      "3:22 modules[0].entries[0].boxed should be true or false, not 1",
    ],
    [
      "with a signal of a command that connects to none",
      image('{"command":"c","signal":"E","at":[1,1,0,1]}'),
      "3:25 modules[0].entries[0].signal is of a command whose name does not end with '-connect'",
    ],
    [
      "with a signal without a name",
      image('{"command":"-connect","signal":"E","at":[1,1,0,1]}'),
      "3:12 modules[0].entries[0].command is no name as schemas have them",
    ],
    [
      "with a signal whose event is none",
      image('{"command":"c-connect","signal":"E F","at":[1,1,0,1]}'),
      "3:33 modules[0].entries[0].signal is no name as schemas have them",
    ],
    [
      "with an alternate of nothing",
      image('{"alternate":"A","data":[],"at":[1,1,0,1]}'),
      "3:25 modules[0].entries[0].data should have an alternative",
    ],
  ])("%s", (_, text, expected) => {
    const [first = "", ...others] = findings({ "x.json": text });
    expect(first.slice(0, first.lastIndexOf(" | "))).toBe(`x.json:${expected.replace(" ", " invalid-document: ")}`);
    expect(others).toEqual([]);
  });

  it("ends in a diagnostic however deep it nests", () => {
    const deep = "[".repeat(200_000);
    expect(findings({ "x.json": image(deep + deep.replaceAll("[", "]")) })[0]).toMatch(/invalid-document/);
    expect(findings({ "x.json": image(deep) })[0]).toMatch(/invalid-document/);
  });
});
