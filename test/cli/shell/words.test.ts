import { expect, it } from "vitest";
import { UsageError } from "../../../src/cli/options.js";
import { requestOf, type Takes, valueOf } from "../../../src/cli/shell/request.js";
import { splitWords } from "../../../src/cli/shell/words.js";

it.each([
  ["", [], false, undefined],
  ["  a \t b ", ["a", "b"], false, undefined],
  ["a b", ["a", "b"], true, undefined],
  ['a x="b c" d', ["a", 'x="b c"', "d"], true, undefined],
  ['a x="b \\" c" d', ["a", 'x="b \\" c"', "d"], true, undefined],
  ["a x='b \" c' d", ["a", "x='b \" c'", "d"], true, undefined],
  ['a {"b": [1, "} "]} c', ["a", '{"b": [1, "} "]}', "c"], true, undefined],
  ["a x=[1, 2] y={ }", ["a", "x=[1, 2]", "y={ }"], true, undefined],
  ["a x=it's fine", ["a", "x=it's", "fine"], true, undefined],
  ['a x="b c', ["a", 'x="b c'], true, '"'],
  ["a x=[{", ["a", "x=[{"], true, "{"],
])("are what blanks separate: %j", (line, words, isOpen, unclosed) => {
  expect(splitWords(line)).toEqual({ words, isOpen, unclosed });
});

it.each([
  ["5", 5],
  ["-1.5e3", -1500],
  ["18446744073709551615", 18446744073709551615n],
  ["true", true],
  ["null", null],
  ["disk0", "disk0"],
  ["0x10", "0x10"],
  ["", ""],
  ['"5"', "5"],
  ["'5'", "5"],
  ["'[::1]:80'", "[::1]:80"],
  ['[1,{"a":2}]', [1, { a: 2 }]],
])("mean values: %s", (text, value) => {
  expect(valueOf(text)).toEqual(value);
});

it("are text where only text is taken", () => {
  const takesText: Takes = (path, kind) => path.join() === "id" && kind === "string";
  expect(requestOf(["c", "id=5", "on=5"], takesText).args).toEqual({ id: "5", on: 5 });
  expect(valueOf("true", (kind) => kind === "string")).toBe("true");
  expect(valueOf("5", () => false)).toBe(5);
});

it("make requests", () => {
  expect(requestOf(["query-status"])).toEqual({ command: "query-status", isOob: false });
  expect(requestOf(['{"exec-oob":"stop","id":7,"arguments":{}}'])).toEqual({ command: "stop", args: {}, isOob: true });
  expect(requestOf(["c", "a.b.c=1", "a.d=2", "l.0.x=1", "l.1.x=2", "m.1=1"]).args).toEqual({
    a: { b: { c: 1 }, d: 2 },
    l: [{ x: 1 }, { x: 2 }],
    m: { 1: 1 },
  });
});

it("make members, not prototypes", () => {
  const { args } = requestOf(["c", "__proto__.polluted=1", "constructor=2"]);
  expect(Object.keys(args ?? {})).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(args)).toBe(Object.prototype);
  expect(JSON.stringify(args)).toBe('{"__proto__":{"polluted":1},"constructor":2}');
});

it.each([
  [["{"], "'{' is no JSON"],
  [["{}"], '"execute"'],
  [['{"execute":"a","exec-oob":"b"}'], '"execute"'],
  [['{"execute":"a","arguments":[]}'], "are an object"],
  [['{"execute":"a","args":{}}'], "no member 'args'"],
  [['{"execute":"a"}', "b"], "nothing comes behind"],
  [["a", "{}", '{"b":1}', "b=2"], "'b' is given twice"],
  [["a", "b.c=1", "b=2"], "'b' is given twice"],
  [["a", "=2"], "neither name=value"],
  [["a", `${"b.".repeat(100)}c=2`], "more than 100 parts"],
])("that make none are refused: %j", (words, message) => {
  expect(() => requestOf(words)).toThrow(UsageError);
  expect(() => requestOf(words)).toThrow(message);
});
