/** Masked types get the names back that a schema has for them, but never a wrong one. */
import { expect, it } from "vitest";
import { answerOf, schemaOfAnswer, typesOf } from "../support/answers.js";
import { schemaOf } from "../support/harness.js";

const NAMED = `
  { 'enum': 'Driver', 'data': [ 'tap', { 'name': 'vmnet', 'if': 'CONFIG_VMNET' } ] }
  { 'union': 'Netdev', 'base': { 'id': 'str', 'type': 'Driver' }, 'discriminator': 'type',
    'data': { 'tap': 'Tap', 'vmnet': { 'type': 'Vmnet', 'if': 'CONFIG_VMNET' } } }
  { 'struct': 'Tap', 'data': { '*addr': 'Address', '*fd': { 'type': 'str', 'if': 'CONFIG_POSIX' } } }
  { 'struct': 'Vmnet', 'data': { 'mode': 'str' }, 'if': 'CONFIG_VMNET' }
  { 'struct': 'Address', 'data': { 'host': 'StrOrInt' } }
  { 'alternate': 'StrOrInt', 'data': { 's': 'str', 'i': 'int' } }
  { 'command': 'netdev_add', 'data': 'Netdev', 'boxed': true }
  { 'command': 'query-nets', 'returns': [ 'Netdev' ] }
  { 'command': 'ping', 'data': 'Address' }
  { 'event': 'GONE', 'data': { 'id': 'str', 'was': 'Driver' } }`;

/** The types of the answer of a QEMU with `text`, named by a schema. */
function namesOf(text: string, schema: string, defines: ReadonlyMap<string, boolean> = new Map()): readonly string[] {
  return typesOf(schemaOfAnswer(answerOf(text, { masked: true, defines }), schemaOf(schema)));
}

it("gives all names back that the schema itself has", () => {
  const names = ["union Netdev", "struct Address", "enum Driver", "struct Tap", "struct Vmnet", "alternate StrOrInt"];
  expect(namesOf(NAMED, NAMED)).toEqual(names);
});

it("gives them back where the QEMU was built without some of it", () => {
  const defines = new Map([
    ["CONFIG_VMNET", false],
    ["CONFIG_POSIX", false],
  ]);
  expect(namesOf(NAMED, NAMED, defines)).toEqual([
    "union Netdev",
    "struct Address",
    "enum Driver",
    "struct Tap",
    "alternate StrOrInt",
  ]);
});

it("keeps what is the arguments of one command under its name", () => {
  const text = `{ 'command': 'c', 'data': 'S' } { 'struct': 'S', 'data': { 'a': 'str' } }`;
  expect(namesOf(text, text)).toEqual(["struct S"]);
  expect(namesOf(text, `{ 'command': 'c', 'data': { 'a': 'str' } }`)).toEqual([]);
});

it.each([
  ["a member more", "'host': 'StrOrInt'", "'host': 'StrOrInt', '*port': 'int'"],
  ["a member less", "'host': 'StrOrInt' }", "}"],
  ["another member", "'host': 'StrOrInt'", "'name': 'StrOrInt'"],
  ["a member that may be left out", "'host': 'StrOrInt'", "'*host': 'StrOrInt'"],
  ["a member of another type", "'host': 'StrOrInt'", "'host': 'bool'"],
])("makes a name up for a type that has %s, and names the others", (_, before, after) => {
  const names = namesOf(NAMED.replace(before, after), NAMED);
  expect(names).toContain("struct PingOptions");
  expect(names).not.toContain("struct Address");
  for (const other of ["union Netdev", "enum Driver", "struct Tap", "struct Vmnet"]) expect(names).toContain(other);
});

it.each([
  ["an enum has a value more", "[ 'tap', {", "[ 'tap', 'user', {", "enum Driver", "enum NetdevAddType"],
  ["an alternate has another type", "'i': 'int'", "'i': 'bool'", "alternate StrOrInt", "alternate AddressHost"],
])("makes a name up where %s, in the answer or in the schema", (_, before, after, real, made) => {
  const other = NAMED.replace(before, after);
  for (const names of [namesOf(other, NAMED), namesOf(NAMED, other)]) {
    expect(names).not.toContain(real);
    expect(names).toContain(made);
    expect(names).toContain("struct Tap");
  }
});

it("makes names up where two types are used like one, or one like two", () => {
  const one = `
    { 'command': 'a', 'returns': 'One' } { 'command': 'b', 'returns': 'One' }
    { 'struct': 'One', 'data': { 'x': 'int' } }`;
  const two = `
    { 'command': 'a', 'returns': 'One' } { 'command': 'b', 'returns': 'Two' }
    { 'struct': 'One', 'data': { 'x': 'int' } } { 'struct': 'Two', 'data': { 'x': 'int' } }`;
  expect(namesOf(one, two)).toEqual(["struct AResult"]);
  expect(namesOf(two, one)).toEqual(["struct AResult", "struct BResult"]);
});

it("makes up no name that the schema has for something else", () => {
  const answer = `
    { 'command': 'query-net', 'returns': 'New' } { 'struct': 'New', 'data': { 'x': 'int' } }`;
  const schema = `
    { 'command': 'query-nic', 'returns': 'NetInfo' } { 'struct': 'NetInfo', 'data': { 'x': 'int' } }`;
  expect(namesOf(answer, schema)).toEqual(["struct NetInfoOther"]);
});

it("leaves names that the answer has as they are", () => {
  const renamed = NAMED.replaceAll("'Tap'", "'Tun'");
  expect(typesOf(schemaOfAnswer(answerOf(NAMED, {}), schemaOf(renamed)))).toContain("struct Tap");
});
