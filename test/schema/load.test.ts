import { describe, expect, test } from "vitest";
import { memoryHost } from "../../src/schema/host.js";
import { load, type LoadOptions } from "../../src/schema/load.js";
import { findings } from "../support/harness.js";

function names(
  files: Readonly<Record<string, string>>,
  entry: string | readonly string[],
  options?: LoadOptions,
): readonly string[] {
  const { tree, diagnostics } = load(entry, memoryHost(files), options);
  expect(diagnostics).toEqual([]);
  return tree.files.map((file) => file.name);
}

const include = (...paths: readonly string[]): string => paths.map((path) => `{ 'include': '${path}' }\n`).join("");

describe("includes", () => {
  test("are relative to the including file, in the order of first inclusion, once each", () => {
    const files = {
      "qapi/root.json": include("sub/a.json", "b.json", "sub/../b.json"),
      "qapi/sub/a.json": include("c.json", "../b.json"),
      "qapi/sub/c.json": "",
      "qapi/b.json": include("./sub/c.json"),
    };
    expect(names(files, "qapi/root.json")).toEqual(["root.json", "sub/a.json", "sub/c.json", "b.json"]);
  });

  test("of several roots are read once", () => {
    const files = { "q/a.json": include("c.json"), "q/b.json": include("c.json"), "q/c.json": "" };
    expect(names(files, ["q/a.json", "q/b.json"])).toEqual(["a.json", "c.json", "b.json"]);
  });

  test("may be a long chain", () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 10_000; i++) files[`${String(i)}.json`] = i < 9_999 ? include(`${String(i + 1)}.json`) : "";
    expect(names(files, "0.json")).toHaveLength(10_000);
  });

  test("may leave the root's directory as far as they are allowed to", () => {
    const files = { "daemon/qapi/root.json": include("../../qapi/a.json"), "qapi/a.json": "" };
    expect(names(files, "daemon/qapi/root.json", { root: "." })).toEqual(["root.json", "../../qapi/a.json"]);
  });
});

describe("includes that are refused", () => {
  test("a missing file, where it is included", () => {
    expect(findings({ "a.json": include("no.json") })).toEqual([
      "a.json:1:14 unreadable-file: cannot read 'no.json': no such file | 'no.json'",
    ]);
  });

  test("a missing root has no place", () => {
    expect(load("no.json", memoryHost({})).diagnostics).toEqual([
      { code: "unreadable-file", message: "cannot read 'no.json': no such file" },
    ]);
  });

  test("a file that includes itself, however spelt", () => {
    expect(findings({ "a.json": include("x/../a.json") })).toEqual([
      "a.json:1:14 include-cycle: this file includes itself | 'x/../a.json'",
    ]);
  });

  test("a longer cycle, with the way that it takes", () => {
    const files = { "a.json": include("b.json"), "b.json": include("c.json"), "c.json": include("a.json") };
    const { diagnostics } = load("a.json", memoryHost(files));
    expect(diagnostics.map(({ code, span }) => [code, span?.source.name])).toEqual([["include-cycle", "c.json"]]);
    expect(diagnostics[0]?.related?.map(({ span }) => span.source.name)).toEqual(["a.json", "b.json"]);
  });

  test.each(["../secret.json", "/etc/passwd", "sub/../../secret.json"])("a file outside of the tree: %s", (path) => {
    const files = { "qapi/a.json": include(path), "secret.json": "secret", "/etc/passwd": "secret" };
    const { tree, diagnostics } = load("qapi/a.json", memoryHost(files));
    expect(diagnostics.map(({ code }) => code)).toEqual(["include-outside"]);
    expect(tree.files).toHaveLength(1);
  });

  test("errors of all files are found, file by file, from top to bottom", () => {
    const files = { "a.json": `{ 'enum' }\n${include("b.json", "no.json")}junk`, "b.json": "junk" };
    expect(findings(files).map((finding) => finding.split(" ")[0])).toEqual([
      "a.json:1:10",
      "a.json:3:14",
      "a.json:4:1",
      "b.json:1:1",
    ]);
  });
});
