/** What tools for packages say of the tarball. */
import { resolve } from "node:path";
import { expect, inject, it } from "vitest";
import { run } from "./run.js";

it("publint finds nothing", () => {
  const ended = run(".", ["node", resolve("node_modules/publint/src/cli.js"), "run", inject("tarball"), "--strict"]);
  expect(ended).toMatchObject({ status: 0, error: "" });
  expect(ended.out).toContain("All good!");
});

it("the types are those of what is imported", () => {
  // The package is ESM alone. So `require` in Node.js 20.19 and newer gets an ES module, which is as it should be, and the resolution that
  // TypeScript calls node10, which knows no `exports`, finds nothing.
  const profile = ["--profile", "esm-only"];
  const attw = resolve("node_modules/@arethetypeswrong/cli/dist/index.js");
  const ended = run(".", ["node", attw, inject("tarball"), ...profile, "--format", "ascii", "--no-color"]);
  expect(ended).toMatchObject({ status: 0, error: "" });
  expect(ended.out).toContain("qapi-codegen/qmp");
});
