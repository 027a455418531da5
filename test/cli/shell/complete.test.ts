import { expect, it } from "vitest";
import { complete } from "../../../src/cli/shell/complete.js";
import { helpOf } from "../../../src/cli/shell/help.js";
import { Vocabulary } from "../../../src/cli/shell/vocabulary.js";
import { introspect } from "../../../src/schema/introspection/introspect.js";
import { fixtureFiles } from "../../support/fixtures.js";
import { schemaOf } from "../../support/harness.js";

const netSchema = schemaOf(fixtureFiles("net"));
/** As a running QEMU tells it: types have numbers for names, and there is no documentation. */
const net = new Vocabulary(introspect(netSchema, { masked: true }));
const documented = new Vocabulary(introspect(netSchema), netSchema);
const shapes = schemaOf(`
{ 'enum': 'Kind', 'data': [ 'leaf', 'node' ] }
{ 'struct': 'Leaf', 'data': { 'weight': 'int', '*shiny': 'bool' } }
{ 'struct': 'Node', 'data': { 'left': 'TreeRef', '*tags': ['str'], '*kids': ['Tree'] } }
{ 'union': 'Tree', 'base': { 'kind': 'Kind', '*id': 'str' }, 'discriminator': 'kind',
  'data': { 'leaf': 'Leaf', 'node': 'Node' } }
{ 'alternate': 'TreeRef', 'data': { 'reference': 'str', 'tree': 'Tree', 'none': 'null' } }
{ 'command': 'plant', 'data': 'Tree', 'boxed': true }
{ 'command': 'query-trees', 'returns': ['Tree'] }
{ 'event': 'TREE_GREW', 'data': { 'by': 'int' } }
`);
const trees = new Vocabulary(introspect(shapes, { masked: true }));

function completions(line: string, vocabulary: Vocabulary = trees): readonly string[] {
  return complete(line, vocabulary).candidates;
}

it("completes commands", () => {
  expect(complete("pl", trees)).toEqual({ candidates: ["plant "], word: "pl" });
  expect(completions("")).toEqual(["plant ", "query-trees ", "help ", "exit "]);
  expect(completions("x")).toEqual([]);
});

it("completes what a command takes, what it must be given first", () => {
  expect(completions("plant ")).toEqual(["kind=", "id="]);
  expect(complete("plant i", trees)).toEqual({ candidates: ["id="], word: "i" });
  expect(completions("plant id=1 ")).toEqual(["kind="]);
  expect(completions("nothing ")).toEqual([]);
  expect(completions("TREE_GREW ")).toEqual([]);
});

it("completes values of enumerations, booleans and null", () => {
  expect(complete("plant kind=", trees)).toEqual({ candidates: ["kind=leaf ", "kind=node "], word: "kind=" });
  expect(completions("plant kind=leaf shiny=t")).toEqual(["shiny=true "]);
  expect(completions("plant kind=node left=")).toEqual(["left=null "]);
  expect(completions("plant id=")).toEqual([]);
});

it("completes members of the branch that was chosen, quoted or not", () => {
  expect(completions("plant kind=leaf ")).toEqual(["weight=", "id=", "shiny="]);
  expect(completions("plant kind='leaf' w")).toEqual(["weight="]);
  expect(completions("plant kind=node ")).toEqual(["left=", "left.", "id=", "tags=", "kids="]);
  expect(completions('plant kind="no')).toEqual([]);
});

it("completes behind dots, in objects, alternates and lists", () => {
  expect(completions("plant kind=node left.")).toEqual(["left.kind=", "left.id="]);
  expect(completions("plant kind=node left.kind=leaf left.")).toEqual(["left.weight=", "left.id=", "left.shiny="]);
  expect(completions("plant kind=node left.kind=node left.left.k")).toEqual(["left.left.kind="]);
  expect(completions("plant kind=node kids.0.kind=l")).toEqual(["kids.0.kind=leaf "]);
  expect(completions("plant kind=node kids.0.kind=leaf kids.0.w")).toEqual(["kids.0.weight="]);
  expect(completions("plant kind=node kids.0.kind=leaf kids.1.w")).toEqual([]);
  expect(completions("plant kind=leaf weight.")).toEqual([]);
});

it("completes what there is help for, and what it can be asked about", () => {
  expect(completions("help ")).toEqual(["plant ", "query-trees ", "TREE_GREW "]);
  expect(completions("help plant kind=")).toEqual(["kind=leaf ", "kind=node "]);
});

it("completes QEMU's net commands", () => {
  expect(completions("netdev_add type=vhost-u", net)).toEqual(["type=vhost-user "]);
  expect(completions("netdev_add type=stream ", net)).toEqual(["id=", "addr.", "server=", "reconnect="]);
  expect(completions("netdev_add type=stream addr.type=unix addr.", net)).toContain("addr.path=");
  expect(completions("set_link name=a up=", net)).toEqual(["up=true ", "up=false "]);
});

it("knows what takes text", () => {
  const given = new Map([["kind", "node"]]);
  expect(trees.takes("plant", ["id"], given, "number")).toBe(false);
  expect(trees.takes("plant", ["id"], given, "string")).toBe(true);
  expect(trees.takes("plant", ["left"], given, "null")).toBe(true);
  expect(trees.takes("plant", ["left"], given, "number")).toBe(false);
  expect(trees.takes("plant", ["unknown"], given, "number")).toBe(true);
});

it("is not led astray by what a server says of itself", () => {
  const entry = (name: string, more: object): object => ({ name, ...more });
  const hostile = new Vocabulary([
    entry("\u001b[2J", { "meta-type": "command", "arg-type": "u", "ret-type": "l" }),
    entry("c", { "meta-type": "command", "arg-type": "u", "ret-type": "l" }),
    entry("u", {
      "meta-type": "object",
      members: [
        { name: "tag", type: "e" },
        { name: "__proto__", type: "a", default: null },
        { name: "\u001b[31m", type: "missing" },
      ],
      tag: "tag",
      variants: [{ case: "x", type: "u" }],
    }),
    entry("e", { "meta-type": "enum", values: ["x", "y z", "\n"] }),
    entry("a", { "meta-type": "alternate", members: [{ type: "a" }, { type: "l" }] }),
    entry("l", { "meta-type": "array", "element-type": "l" }),
  ]);
  expect(completions("", hostile)).toEqual(["c ", "help ", "exit "]);
  expect(completions("c tag=", hostile)).toEqual(["tag=x "]);
  expect(completions("c tag=x ", hostile)).toEqual(["__proto__="]);
  expect(completions("c __proto__.0.0.0.", hostile)).toEqual([]);
  const help = helpOf("c", ["tag=x"], hostile);
  expect(help).toContain("\\x1b[31m: something that is not told");
  expect(help).toContain("tag: one of x, y z, \\n");
  expect(help).not.toContain("\u001b");
});

it("helps with what a running QEMU tells", () => {
  expect(helpOf("plant", [], trees)).toBe(`plant (command)

Takes:
  kind: one of leaf, node
  id (optional): text
  and more, by the value of kind: help plant kind=VALUE

Returns nothing
`);
  expect(helpOf("plant", ["kind=node"], trees)).toContain(`
  left: text, or an object, or null
  tags (optional): a list: each text
  kids (optional): a list: each an object
`);
  expect(helpOf("query-trees", [], trees)).toContain("Returns a list: each an object:\n  kind: one of leaf, node\n");
  expect(helpOf("TREE_GREW", [], trees)).toBe("TREE_GREW (event)\n\nTells:\n  by: an integer\n");
  expect(helpOf("Tree", [], trees)).toBeUndefined();
  expect(helpOf("1", [], trees)).toBeUndefined();
});

it("helps with what the documentation of a schema tells", () => {
  expect(helpOf("set_link", [], documented)).toBe(`set_link (command)

Takes:
  name: text
      the device or the backend
  up: true or false
      true to plug it in

Returns nothing

Plug or unplug the virtual cable of a network device.

Errors:
  - DeviceNotFound, when nothing on the network is called name

Since: 0.14

.. note:: Success does not mean that the guest knows.  Some devices
   have no way to tell it.

.. qmp-example::

    -> { "execute": "set_link",
         "arguments": { "name": "nic1", "up": true } }
    <- { "return": {} }
`);
  expect(helpOf("netdev_add", ["type=stream"], documented)).toContain(
    "  server (optional): true or false\n      whether to wait for the other program; the default is false\n",
  );
  expect(helpOf("NetClientDriver", [], documented)).toContain("  none\n      nothing, instead of what");
  expect(helpOf("NETDEV_STREAM_CONNECTED", [], documented)).toContain("netdev-id: text\n      the id of the backend\n");
});
