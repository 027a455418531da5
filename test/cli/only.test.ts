import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCommand, type Outcome } from "../support/command-line.js";

let output: string;

beforeEach(() => {
  output = join(mkdtempSync(join(tmpdir(), "qapi-codegen-only-")), "out");
});

afterEach(() => {
  rmSync(join(output, ".."), { recursive: true, force: true });
});

function generate(...args: readonly string[]): Promise<Outcome> {
  return runCommand(["fixtures/net", "-o", output, ...args]);
}

describe("--only", () => {
  it("makes the files of what is chosen only, with names separated by commas or in several options", async () => {
    await generate();
    const all = readdirSync(join(output, "types")).length;
    expect(await generate("--only", "set_link,NETDEV_*_CONNECTED", "--only", "query-chardev")).toMatchObject({
      status: 0,
      error: "",
    });
    expect(readdirSync(join(output, "types")).length).toBeLessThan(all);
    const map = (path: string): readonly string[] =>
      [...readFileSync(join(output, path), "utf8").matchAll(/^ {2}"?([a-zA-Z_-]+)"?: /gm)].map(([, name = ""]) => name);
    expect(map("commands/index.ts")).toEqual(["query-chardev", "set_link"]);
    expect(map("events/index.ts")).toEqual(["NETDEV_VHOST_USER_CONNECTED", "NETDEV_STREAM_CONNECTED"]);
  });

  it("counts what is chosen, and what that reaches", async () => {
    expect((await generate("--only", "set_link")).out).toMatch(/^Read fixtures\/net\/[^\n]*: 1 command\n/);
  });

  it("says what it does not find, changes nothing and exits with 2, in each format", async () => {
    for (const format of ["text", "json"]) {
      const { status, out, error } = await generate("--only", "netdev_ad,set_link,zz*", "--format", format);
      expect({ status, out }).toEqual({ status: 2, out: "" });
      expect(error).toMatch(
        /^qapi-codegen: the schema defines no 'netdev_ad' \(did you mean 'netdev_add'\?\); no definition of the schema has a name like 'zz\*'\nusage: /,
      );
      expect(existsSync(output)).toBe(false);
    }
  });
});
