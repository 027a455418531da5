import { describe, expect, it, test } from "vitest";
import { print } from "../../src/schema/print.js";
import type { Schema } from "../../src/schema/schema.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { findings, schemaOf, type SchemaText } from "../support/harness.js";
import { plainModel } from "../support/plain-model.js";

function printed(schema: Schema): Record<string, string> {
  return Object.fromEntries(print(schema));
}

function printedText(text: SchemaText): string {
  return printed(schemaOf(text))["test.json"] ?? "";
}

describe("what is printed of a model is read as that model", () => {
  test.each(okRoots)("%s", (root) => {
    const schema = schemaOf(fixtureFiles("ok", root));
    const again = schemaOf(printed(schema));
    expect(again.modules.map(({ name }) => name)).toEqual(schema.modules.map(({ name }) => name));
    expect(plainModel(again)).toEqual(plainModel(schema));
    expect(printed(again)).toEqual(printed(schema));
  });

  test("of another release, in today's spelling", () => {
    const schema = schemaOf(`
{ 'type': 'T', 'data': { 'in': { '*a': 'int' } } }
{ 'union': 'U', 'data': { 'a': 'str', 'b': 'T' } }
{ 'command': 'c', 'data': { 'x': 'U' }, 'gen': 'no', 'if': 'defined(A) && !defined(B)' }
{ 'event': 'E', 'if': [ 'A ? B : C', 'defined(D) || X > 2' ] }`);
    const again = schemaOf(printed(schema));
    expect(plainModel(again, { implicit: false })).toEqual(plainModel(schema, { implicit: false }));
    expect(again.definitions.some(({ implicit }) => implicit)).toBe(false);
  });
});

test("of a signal, its event and its two commands are printed in the language of today", () => {
  const text = printedText(`
{ 'BlockDeviceEvent': { 'action': 'str' } }
##
# @block-device-event:
#
# The errors of a device.
#
# @device: which one
#
# @all: whether all of them
##
[ 'block-device-event', { 'device': 'str' }, { 'all': 'bool' }, 'BlockDeviceEvent' ]`);
  expect(text).toMatchInlineSnapshot(`
    "{ 'pragma': { 'command-returns-exceptions': [ 'block-device-event-connect' ] } }

    { 'event': 'BLOCK_DEVICE_EVENT',
      'data': { 'action': 'str' } }

    ##
    # @block-device-event-connect:
    #
    # The errors of a device.
    #
    # @device: which one
    #
    # @all: whether all of them
    ##
    { 'command': 'block-device-event-connect',
      'data': { 'device': 'str', '*all': 'bool' },
      'returns': 'str' }

    { 'command': 'block-device-event-disconnect',
      'data': { 'tag': 'str', '*device': 'str', '*all': 'bool' } }
    "
  `);
  expect(findings(text, { style: true })).toEqual([]);
  const { commands, events } = schemaOf(text);
  expect([...events, ...commands].map(({ name }) => name)).toEqual([
    "BLOCK_DEVICE_EVENT",
    "block-device-event-connect",
    "block-device-event-disconnect",
  ]);
  expect(commands.map(({ signal }) => signal)).toEqual([undefined, undefined]);
});

test("what is printed of a schema that QEMU takes is a schema that QEMU takes", () => {
  const clean = ["net", "ok"].flatMap((folder) =>
    (folder === "net" ? ["qapi-schema.json"] : okRoots)
      .map((root) => fixtureFiles(folder, root))
      .filter((files) => findings(files, { style: true }).length === 0),
  );
  expect(clean.length).toBeGreaterThan(5);
  for (const files of clean) expect(findings(printed(schemaOf(files)), { style: true })).toEqual([]);
});

describe("layout", () => {
  it("breaks what does not fit, with a key of a definition in each line", () => {
    expect(
      printedText(`{'struct':'S','data':{'a':['E'],'*b':{'type':'str','if':{'all':['A',{'not':'B'}]},'features':['unstable']}},'if':'C'}
{'enum':'E','data':['a-value-of-some-length','another-value-of-some-length','b',{'name':'c','if':'D'}],'prefix':'P'}
{'union':'U','base':{'t':'E'},'discriminator':'t','data':{'b':'S','c':{'type':'S','if':'D'}}}
{'alternate':'A','data':{'s':'str','o':'S'}}
{'command':'do','data':'U','boxed':true,'returns':['A'],'success-response':false,'features':[{'name':'f','if':'F'}]}
{'event':'DONE'}`),
    ).toMatchInlineSnapshot(`
      "{ 'pragma': { 'command-returns-exceptions': [ 'do' ] } }

      { 'struct': 'S',
        'data': { 'a': [ 'E' ],
                  '*b': { 'type': 'str',
                          'if': { 'all': [ 'A', { 'not': 'B' } ] },
                          'features': [ 'unstable' ] } },
        'if': 'C' }

      { 'enum': 'E',
        'prefix': 'P',
        'data': [ 'a-value-of-some-length',
                  'another-value-of-some-length',
                  'b',
                  { 'name': 'c', 'if': 'D' } ] }

      { 'union': 'U',
        'base': { 't': 'E' },
        'discriminator': 't',
        'data': { 'b': 'S', 'c': { 'type': 'S', 'if': 'D' } } }

      { 'alternate': 'A',
        'data': { 's': 'str', 'o': 'S' } }

      { 'command': 'do',
        'data': 'U',
        'returns': [ 'A' ],
        'boxed': true,
        'success-response': false,
        'features': [ { 'name': 'f', 'if': 'F' } ] }

      { 'event': 'DONE' }
      "
    `);
  });

  it("of documentation is that of QEMU's own schemas", () => {
    expect(
      printedText(`##
# = Heading
##

##
# @do:
# Does something.
# And more.
#
# @a: described on the
#     next line, too
# @b:
#     - a list
#     - of two
# @c:   this one is so long, together with its name, that it won't fit
# @d-e-f-g: this is so long, together with its name, that it won't fit in
# Features:
# @unstable: may go
# Returns: nothing
# Since: 1.2
#
# .. note::
#     indented
##
{ 'command': 'do', 'data': { 'a': 'int', 'b': 'int', 'c': 'int', 'd-e-f-g': 'int' }, 'features': [ 'unstable' ] }`),
    ).toMatchInlineSnapshot(`
      "{ 'pragma': { 'doc-required': true } }

      ##
      # = Heading
      ##

      ##
      # @do:
      #
      # Does something.
      # And more.
      #
      # @a: described on the
      #     next line, too
      #
      # @b:
      #     - a list
      #     - of two
      #
      # @c: this one is so long, together with its name, that it won't fit
      #
      # @d-e-f-g:
      #     this is so long, together with its name, that it won't fit in
      #
      # Features:
      #
      # @unstable: may go
      #
      # Returns: nothing
      #
      # Since: 1.2
      #
      # .. note::
      #     indented
      ##
      { 'command': 'do',
        'data': { 'a': 'int', 'b': 'int', 'c': 'int', 'd-e-f-g': 'int' },
        'features': [ 'unstable' ] }
      "
    `);
  });

  it("has the pragmas that QEMU's compiler needs, and no others", () => {
    const text = printedText(`
##
# @do_it:
##
{ 'command': 'do_it', 'data': { '*a': 'int' }, 'returns': 'str' }

##
# @Under:
#
# @x: is x
#
# Since: 1.0
##
{ 'enum': 'Under', 'data': [ 'x', 'Y_z' ] }`);
    expect(text.slice(0, text.indexOf("##"))).toMatchInlineSnapshot(`
      "{ 'pragma': { 'doc-required': true } }

      { 'pragma': { 'command-name-exceptions': [ 'do_it' ] } }

      { 'pragma': { 'command-returns-exceptions': [ 'do_it' ] } }

      { 'pragma': { 'documentation-exceptions': [ 'do_it', 'Under' ] } }

      { 'pragma': { 'member-name-exceptions': [ 'Under' ] } }

      "
    `);
    expect(findings(text, { style: true })).toEqual([]);
  });
});

describe("documentation that belongs to nothing", () => {
  it("is kept apart from a definition that it could be of", () => {
    const schema = schemaOf("##\n# @S:\n#\n# Not of it.\n##\n{ 'pragma': {} }\n{ 'struct': 'S', 'data': {} }");
    const again = schemaOf(printed(schema));
    expect(schema.structs[0]?.doc).toBeUndefined();
    expect(plainModel(again)).toEqual(plainModel(schema));
  });
});

test("a file whose name no include can spell is refused", () => {
  const schema = schemaOf({ "r.json": "{ 'include': 'o.json' }", "o.json": "" });
  const [root, other] = schema.modules;
  if (root === undefined || other === undefined) throw new Error("there are two modules");
  const renamed = { ...schema, modules: [root, { ...other, name: "o'o.json" }] };
  expect(() => print(renamed)).toThrow(RangeError);
});
