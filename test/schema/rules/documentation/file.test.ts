import { describe, expect, it, test } from "vitest";
import { comment, found } from "./found.js";

const beep = "{ 'command': 'beep' }\n";
const doc = comment("@beep:");

describe("documentation of a definition", () => {
  test.each([
    ["right before it", doc + beep],
    ["with ordinary comments and blank lines between", `${doc}\n# text\n\n${beep}`],
    ["behind free-form documentation", comment("text") + doc + beep],
  ])("may be %s", (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test.each([
    ["other documentation", doc + doc + beep],
    ["free-form documentation", doc + comment("text")],
    ["a pragma", `${doc}{ 'pragma': {} }\n${beep}`],
    ["the end of the file", doc],
  ])("may not be before %s", (_, text) => {
    expect(found(text)).toEqual(["1:1 doc-placement | ##"]);
  });

  it("may not be before an include", () => {
    expect(found({ "a.json": `${doc}{ 'include': 'b.json' }\n`, "b.json": beep })).toEqual(["1:1 doc-placement | ##"]);
  });

  it("has its name", () => {
    expect(found(comment("@bleep:", "", "@x: text") + beep)).toEqual(["6:14 doc-wrong-symbol | 'beep'"]);
  });

  it("is not held against what cannot be understood", () => {
    expect(found(`${doc}{ 'command': }\n`).filter((line) => line.includes("doc-"))).toEqual([]);
    expect(
      found(`${doc}{ 'command': 1 'beep' }\n  ## x\n${doc}${beep}`).filter((line) => line.includes("doc-")),
    ).toEqual([]);
  });
});

describe("free-form documentation", () => {
  it("is not right before a definition", () => {
    expect(found(comment("text") + beep)).toEqual(["1:1 doc-missing-symbol | ##"]);
    expect(found(`##\n##\n${beep}`)).toEqual(["1:1 doc-missing-symbol | ##"]);
  });

  it("may be before anything else", () => {
    expect(found(`${comment("text")}{ 'pragma': {} }\n${comment("text")}${comment("text")}`)).toEqual([]);
  });
});

test("a banner of '#' is one mistake a line, whatever follows it", () => {
  expect(found(`#######\n# Beep\n#######\n${beep}`)).toEqual(["1:1 doc-mark | #######", "3:1 doc-mark | #######"]);
});
