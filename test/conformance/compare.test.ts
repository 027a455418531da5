import { describe, expect, it } from "vitest";
import { differences } from "../../conformance/compare.js";
import { withPlainConditions } from "../../conformance/condition.js";
import { report } from "../../conformance/results.js";

describe("differences", () => {
  it("ignores the order of keys, not that of lists", () => {
    expect(differences({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, 9)).toEqual([]);
    expect(differences({ b: [1, 2] }, { b: [2, 1] }, 9).map(({ path }) => path)).toEqual(["b[0]", "b[1]"]);
  });

  it("finds what one of them lacks, and values of another kind", () => {
    expect(differences({ a: [1], b: null, c: {} }, { a: [1, 2], c: [] }, 9)).toEqual([
      { path: "a[1]", theirs: undefined, ours: 2 },
      { path: "b", theirs: null, ours: undefined },
      { path: "c", theirs: {}, ours: [] },
    ]);
  });

  it("stops at the limit", () => {
    expect(differences([1, 2, 3], [4, 5, 6], 2)).toHaveLength(2);
  });
});

describe("withPlainConditions", () => {
  const plain = (condition: readonly string[]): unknown => withPlainConditions({ if: condition });

  it("reads C text", () => {
    expect(plain(["defined(A)"])).toEqual({ if: "A" });
    expect(plain(["CONFIG_A"])).toEqual({ if: "CONFIG_A" });
    expect(plain(["defined A && (!defined(B) || defined(C))"])).toEqual({
      if: { all: ["A", { any: [{ not: "B" }, "C"] }] },
    });
  });

  it("joins lists and what is in them", () => {
    expect(plain(["defined(A) && defined(B)", "defined(C)"])).toEqual({ if: { all: ["A", "B", "C"] } });
    expect(withPlainConditions({ if: { all: [{ all: ["A", "B"] }, "C"] } })).toEqual({ if: { all: ["A", "B", "C"] } });
  });

  it("keeps what it cannot read", () => {
    expect(plain(["VERSION > 2"])).toEqual({ if: { text: "VERSION > 2" } });
    expect(plain(["defined(A) &&"])).toEqual({ if: { text: "defined(A) &&" } });
  });
});

describe("report", () => {
  it("ends with the counts of all folders", () => {
    const text = report([
      { folder: "edge", measure: "verdicts", name: "a" },
      { folder: "edge", measure: "verdicts", name: "b", difference: "QEMU accepts it" },
      { folder: "releases/v1", measure: "releases", name: "index" },
    ]);
    expect(text.split("\n")).toEqual([
      "edge         verdicts 1/2",
      "  verdict b: QEMU accepts it",
      "releases/v1  releases 1/1",
      "",
      "verdicts 1/2, places 0/0, dumps 0/0, introspection 0/0, releases 1/1",
    ]);
  });
});
