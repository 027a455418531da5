import { SourceMap, type SourceMapPayload } from "node:module";
import { describe, expect, it } from "vitest";
import { sourceMap, type Origin, type Segment } from "../../src/build/source-map.js";

const SOURCES = ["../net.json", "../common.json"];

function origin(source: number, line: number, column: number): Origin {
  return { source, line, column };
}

function parse(text: string): SourceMapPayload {
  const map: unknown = JSON.parse(text);
  if (!isMap(map)) throw new Error(`not a map: ${text}`);
  return map;
}

function isMap(map: unknown): map is SourceMapPayload {
  return typeof map === "object" && map !== null && "mappings" in map;
}

describe("the text of a map", () => {
  it("is JSON of the third version, on a line", () => {
    const text = sourceMap("net.d.ts", SOURCES, [{ line: 0, column: 1, origin: origin(0, 2, 3) }]);
    expect(text).toBe(
      '{"version":3,"file":"net.d.ts","sources":["../net.json","../common.json"],"names":[],"mappings":"CAEG"}\n',
    );
  });

  it("has one number for what comes from nowhere", () => {
    const segments = [
      { line: 0, column: 0 },
      { line: 0, column: 7, origin: origin(0, 0, 0) },
      { line: 2, column: 1 },
    ];
    expect(parse(sourceMap("a", SOURCES, segments)).mappings).toBe("A,OAAA;;C");
  });

  it("has numbers of more than one digit, and negative ones", () => {
    // By hand: 16 is 100000 in binary with its sign, so 00000 with more to come (g), then 00001 (B); -1 is 11 (D).
    const segments = [
      { line: 0, column: 16, origin: origin(1, 16, 1023) },
      { line: 0, column: 17, origin: origin(0, 15, 0) },
    ];
    expect(parse(sourceMap("a", SOURCES, segments)).mappings).toBe("gBCgB+/B,CDD//B");
  });
});

describe("what Node reads from a map", () => {
  it("is what was written, whatever the numbers", () => {
    const numbers = [0, 1, 15, 16, 31, 32, 511, 512, 16_383, 16_384, 1_000_000];
    const segments = numbers.flatMap((line, index): Segment[] =>
      numbers.map((column) => ({ line, column, origin: origin(column % 2, numbers.at(-index - 1) ?? 0, column * 3) })),
    );
    const map = new SourceMap(parse(sourceMap("a", SOURCES, segments)));
    for (const { line, column, origin } of segments) {
      expect(map.findEntry(line, column)).toMatchObject({
        generatedLine: line,
        generatedColumn: column,
        originalSource: SOURCES[origin?.source ?? -1],
        originalLine: origin?.line,
        originalColumn: origin?.column,
      });
    }
  });
});
