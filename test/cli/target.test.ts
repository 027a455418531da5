import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCommand, type Outcome } from "../support/command-line.js";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-target-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function generate(...args: readonly string[]): Promise<Outcome> {
  return runCommand(["fixtures/net", "-o", join(directory, "out"), "--emit", "types", "--quiet", ...args]);
}

describe("--target", () => {
  it("is TypeScript where it is not said", async () => {
    expect(await generate()).toEqual({ status: 0, out: "", error: "" });
    const types = readdirSync(join(directory, "out/types"));
    expect(await generate("--target", "ts")).toEqual({ status: 0, out: "", error: "" });
    expect(readdirSync(join(directory, "out/types"))).toEqual(types);
    expect(types).toContain("net.ts");
  });

  it("makes JavaScript, declarations and their maps", async () => {
    expect(await generate("--target", "js")).toEqual({ status: 0, out: "", error: "" });
    const types = readdirSync(join(directory, "out/types"));
    expect(types.filter((name) => name.startsWith("net."))).toEqual(["net.d.ts", "net.d.ts.map", "net.js"]);
  });

  it.each([
    [["--target", "js", "--import-extension", ".ts"], "JavaScript cannot import '.ts' files: with target js"],
    [["--target", "javascript"], '--target: expected "ts" or "js", received "javascript"'],
  ])("is refused where it makes no sense: %j", async (args, message) => {
    const { status, error } = await generate(...args);
    expect(status).toBe(2);
    expect(error).toContain(message);
    expect(existsSync(join(directory, "out"))).toBe(false);
  });

  it.each([".js", "none"])("goes with imports that end with %s", async (extension) => {
    expect((await generate("--target", "js", "--import-extension", extension)).status).toBe(0);
  });
});
