import { describe, expect, test } from "vitest";
import { introspectionOf } from "./introspections.js";

const SCHEMA = `
{ 'enum': 'Kind', 'data': [ 'none', { 'name': 'inet', 'features': [ 'deprecated' ] }, 'unix', 'block' ] }
{ 'enum': 'Color', 'data': [ 'red', 'dark-red', '1.5' ] }
{ 'struct': 'Inet', 'data': { 'port': 'uint16', '*color': 'Color' }, 'features': [ 'dynamic' ] }
{ 'struct': 'Unix', 'data': { 'path': { 'type': 'str', 'features': [ 'unstable' ] } } }
{ 'struct': 'Block', 'data': { '*file': 'BlockRef', 'colors': [ 'Color' ] } }
{ 'union': 'Address', 'base': { 'type': 'Kind', '*id': 'str' }, 'discriminator': 'type',
  'data': { 'inet': 'Inet', 'unix': 'Unix', 'block': 'Block' } }
{ 'alternate': 'BlockRef', 'data': { 'reference': 'str', 'definition': 'Address' } }
{ 'struct': 'Info', 'data': { 'addresses': [ 'Address' ], 'size': 'size', 'rest': 'any', 'ratio': 'number',
  'on': 'bool', '*ref': 'BlockRef', 'mode': 'Color' } }
{ 'command': 'open', 'data': 'Address', 'boxed': true, 'features': [ 'json-cli' ] }
{ 'command': 'query-all', 'returns': [ 'Info' ] }
{ 'command': 'query-colors', 'returns': [ 'Color' ] }
{ 'command': 'quit' }
{ 'event': 'OPENED', 'data': { 'address': 'Address' } }
`;
const introspection = introspectionOf(SCHEMA);

describe("is there", () => {
  test.each([
    "open",
    "OPENED",
    "quit",
    "quit/arg-type",
    "quit/ret-type",
    "open/$json-cli",
    "OPENED/arg-type/address",
    // The value of the tag, and what there is then: members of the branch, and those that all branches have.
    "open/arg-type/type",
    "open/arg-type/type=none",
    "open/arg-type/type=unix",
    "open/arg-type/type=unix/path",
    "open/arg-type/type=unix/id",
    "open/arg-type/type=none/id",
    "OPENED/arg-type/address/type=unix/path",
    // A value of another enumeration; the path stays in the object.
    "open/arg-type/type=inet/color=red",
    "open/arg-type/type=inet/color=1.5/port",
    "open/arg-type/type=inet/color=red/type",
    // Into itself, through an alternate; through arrays.
    "open/arg-type/type=block/file/type=block/file/type=unix/path",
    "open/arg-type/type=block/colors=red",
    "query-all/ret-type/addresses/type=unix/path",
    "query-all/ret-type/addresses/type=block/file/id",
    "query-colors/ret-type/^dark-red",
    // Whether members are optional.
    "open/arg-type/*id",
    "open/arg-type/type=inet/*color",
    "open/arg-type/type=inet/*color=red",
    "open/arg-type/type=block/*file/type=unix",
    // Features of members, branches, types and values.
    "open/arg-type/type=unix/path/$unstable",
    "open/arg-type/+inet/$dynamic",
    "open/arg-type/type=inet/$dynamic",
    "open/arg-type/type=inet/$deprecated",
    "open/arg-type/type/^inet/$deprecated",
    // Types.
    "query-all/ret-type/size/!int",
    "query-all/ret-type/ratio/!number",
    "query-all/ret-type/on/!boolean",
    "query-all/ret-type/rest/!value",
    "query-all/ret-type/mode/!enum",
    "query-all/ret-type/!array",
    "query-all/ret-type/!object",
    "query-all/ret-type/ref/!alternate",
    "query-all/ret-type/ref/!string",
    "query-all/ret-type/ref/!object",
    // As libvirt writes it.
    "open/arg-type/+inet/port",
    "open/arg-type/+inet/*color/^red",
    "open/arg-type/+block/file/+unix/path",
    "OPENED/arg-type/address/+inet",
  ])("%s", (path) => {
    expect(introspection.supports(path)).toBe(true);
  });
});

describe("is not there", () => {
  test.each([
    "close",
    "Address",
    // Types are no commands, though they are in the same list.
    "str",
    "str/arg-type",
    "0",
    "constructor",
    "__proto__",
    "open/$json",
    "quit/$json-cli",
    "OPENED/ret-type",
    "quit/arg-type/type",
    "open/arg-type/path",
    "open/arg-type/constructor",
    "open/arg-type/type=constructor",
    "open/arg-type/type=tcp",
    "open/arg-type/type=inet/path",
    "open/arg-type/type=none/path",
    "open/arg-type/id=inet",
    "open/arg-type/*type",
    "open/arg-type/*type=inet",
    "open/arg-type/type=inet/*port",
    "open/arg-type/type=inet/color=blue",
    "open/arg-type/type=block/colors=blue",
    "open/arg-type/type/port",
    "open/arg-type/type=unix/path/path",
    "open/arg-type/type=unix/$unstable",
    "open/arg-type/type=unix/path/$deprecated",
    "open/arg-type/type=unix/id/$unstable",
    "open/arg-type/type=unix/$deprecated",
    "open/arg-type/type/^unix/$deprecated",
    "open/arg-type/type/$deprecated",
    "open/arg-type/$dynamic",
    "open/arg-type/type=inet/port/$dynamic",
    "open/arg-type/+tcp",
    "open/arg-type/+unix/port",
    "open/arg-type/+inet/+unix",
    "open/arg-type/^inet",
    "open/arg-type/id/^inet",
    "query-all/ret-type/size/!number",
    "query-all/ret-type/size/!size",
    "query-all/ret-type/mode/!string",
    "query-all/ret-type/rest/!object",
    "query-all/ret-type/rest/anything",
  ])("%s", (path) => {
    expect(introspection.supports(path)).toBe(false);
  });
});

test("a QEMU before 6.2, whose enumerations have values only", () => {
  const old = introspectionOf(SCHEMA, { enumMembers: false });
  expect(old.supports("query-colors/ret-type/^red")).toBe(true);
  expect(old.supports("query-colors/ret-type/^blue")).toBe(false);
  expect(old.supports("open/arg-type/type=inet/port")).toBe(true);
  expect(old.supports("open/arg-type/type/^inet/$deprecated")).toBe(false);
});
