import { expect, test } from "vitest";
import { treeRoot } from "../../src/build/tree-root.js";

function rootOf(entry: string, ...schemas: readonly string[]): string {
  return treeRoot(entry, (path) => schemas.includes(path));
}

test.each([
  ["a schema by itself", "a/b/root.json", [], "a/b"],
  ["QEMU's main schema", "/q/qapi/qapi-schema.json", ["/q/qapi/qapi-schema.json"], "/q"],
  [
    "QEMU's storage daemon",
    "q/storage-daemon/qapi/qapi-schema.json",
    ["q/qapi/qapi-schema.json", "q/storage-daemon/qapi/qapi-schema.json"],
    "q",
  ],
  [
    "the guest agent before 2.12",
    "q/qga/qapi-schema.json",
    ["q/qapi-schema.json", "q/qapi/common.json", "q/qga/qapi-schema.json"],
    "q",
  ],
  ["a schema of that name above", "q/sub/root.json", ["q/qapi-schema.json"], "q/sub"],
  ["one above the working directory", "qapi-schema.json", ["../qapi/qapi-schema.json"], ".."],
  [
    "somebody else's far above",
    "/a/b/c/d/root.json",
    ["/qapi/qapi-schema.json", "/a/qapi/qapi-schema.json"],
    "/a/b/c/d",
  ],
])("%s", (_, entry, schemas, expected) => {
  expect(rootOf(entry, ...schemas)).toBe(expected);
});
