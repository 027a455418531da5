import { describe, expect, it } from "vitest";
import { allocateStems } from "../../src/emit/places.js";
import type { Module } from "../../src/schema/schema.js";
import { Source } from "../../src/syntax/source.js";

/** The stems of modules with these names, in their order. */
function stemsOf(...names: readonly string[]): readonly string[] {
  const modules = names.map((name): Module => {
    const source = new Source(name, "");
    return { kind: "module", name, isRoot: true, definitions: [], docs: [], span: { source, start: 0, end: 0 } };
  });
  return [...allocateStems(modules).values()];
}

describe("files of modules", () => {
  it("are called as the modules", () => {
    expect(stemsOf("qapi-schema.json", "net.json", "a/b-c.json", "no-extension")).toEqual([
      "qapi-schema",
      "net",
      "a/b-c",
      "no-extension",
    ]);
  });

  it("stay in their folder", () => {
    expect(stemsOf("../../qapi/common.json", "/etc/passwd", "./a/../b.json", "..", "C:\\x\\..\\y.json")).toEqual([
      "qapi/common",
      "etc/passwd",
      "a/b",
      "schema",
      "C-/x/y",
    ]);
  });

  it("are not what tools take for something else", () => {
    expect(stemsOf("net.d.json", "net.test.json", ".hidden.json", "a b\n$`.json", "ä.json")).toEqual([
      "net-d",
      "net-test",
      "-hidden",
      "a-b---",
      "-",
    ]);
  });

  it("are not devices of Windows", () => {
    expect(stemsOf("con.json", "NUL.json", "aux/com1.json", "console.json")).toEqual([
      "con_",
      "NUL_",
      "aux_/com1_",
      "console",
    ]);
  });

  it("are not files of the emitters' own", () => {
    expect(stemsOf("index.json", "Executor.json", "validation.json", "a/index.json")).toEqual([
      "index_",
      "Executor_",
      "validation_",
      "a/index",
    ]);
  });

  it("differ by more than case", () => {
    expect(stemsOf("net.json", "Net.json", "../net.json", "Net_.json")).toEqual(["net", "Net_", "net__", "Net___"]);
    expect(stemsOf("Dir/a.json", "dir/b.json", "dir/A.json")).toEqual(["Dir/a", "Dir/b", "Dir/A_"]);
  });
});
