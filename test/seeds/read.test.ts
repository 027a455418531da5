import { describe, expect, test } from "vitest";
import { CAPABILITIES_TEXT } from "./commands.js";
import { STREAM_DISCONNECTED_TEXT } from "./events.js";
import { readMessage } from "./read.js";
import { replaced, without } from "./variant.js";

describe("readMessage", () => {
  test("reads single quotes", () => {
    expect(readMessage(CAPABILITIES_TEXT)).toEqual({ execute: "qmp_capabilities" });
    expect(readMessage(STREAM_DISCONNECTED_TEXT)).toEqual({
      event: "NETDEV_STREAM_DISCONNECTED",
      data: { "netdev-id": "netdev0" },
      timestamp: { seconds: 1663330937, microseconds: 526695 },
    });
  });

  test("reads double quotes and leaves what is between them alone", () => {
    expect(readMessage(`{ "a": "it's", 'b': 'say "so"' }`)).toEqual({ a: "it's", b: 'say "so"' });
  });

  test("refuses what is not JSON even so", () => {
    expect(() => readMessage("{ 'a': }")).toThrow(SyntaxError);
    expect(() => readMessage("{ 'a': 'b }")).toThrow(SyntaxError);
  });
});

describe("variants", () => {
  const message = { a: { b: [1, { c: 2 }] }, d: null };

  test("replaced changes one place of a copy", () => {
    expect(replaced(message, ["a", "b", 1, "c"], 3)).toEqual({ a: { b: [1, { c: 3 }] }, d: null });
    expect(replaced(message, ["e"], 4)).toEqual({ ...message, e: 4 });
    expect(message).toEqual({ a: { b: [1, { c: 2 }] }, d: null });
  });

  test("without takes one member out of a copy", () => {
    expect(without({ a: { b: 1, c: 2 } }, ["a", "b"])).toEqual({ a: { c: 2 } });
    expect(() => without(message, ["x"])).toThrow("no member x");
    expect(() => without(null, ["x"])).toThrow("no object at x");
  });
});
