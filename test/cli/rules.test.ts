import { describe, expect, it } from "vitest";
import { laws } from "../../src/schema/laws/index.js";
import { runCommand } from "../support/command-line.js";

describe("qapi-codegen rules", () => {
  it("lists every law in a line, by stage", async () => {
    const { status, out, error } = await runCommand(["rules"]);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    const lines = out.split("\n").filter((line) => line.startsWith("  "));
    expect(lines.map((line) => line.trim().split(/ +/)[0])).toEqual(laws.map(({ id }) => id));
    expect(out).toMatch(/^While files are read:\n {2}syntax +error {2}A file is /);
    expect(out).toContain("\n\nWhen all names are known:\n");
    expect(out).toMatch(/\n {2}undefined-type +error {2}Where a type is named, there is a type of that name\.\n/);
  });

  it("prints them whole as JSON", async () => {
    const { status, out } = await runCommand(["rules", "--format=json"]);
    expect(status).toBe(0);
    const items: unknown = JSON.parse(out);
    expect(items).toHaveLength(laws.length);
    expect(items).toContainEqual({
      id: "missing-schema",
      severity: "error",
      stage: "text",
      law: "There is a schema where one was said to be.",
      why: expect.stringMatching(/\.$/) as string,
      bad: null,
      good: null,
    });
    expect(items).toContainEqual(
      expect.objectContaining({
        id: "missing-key",
        bad: "{ 'struct': 'Nothing' }\n",
        good: expect.any(String) as string,
      }),
    );
  });

  it.each([
    [["rules", "syntax"], "'rules' takes no argument, 'syntax'"],
    [["rules", "--format", "github"], "unknown format 'github': there are text and json"],
    [["rules", "--root", "."], "unknown option '--root'"],
  ])("%j is bad usage", async (args, message) => {
    const { status, out, error } = await runCommand(args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toContain(`qapi-codegen: ${message}`);
    expect(error).toContain("\nusage: qapi-codegen rules [options] (see qapi-codegen rules --help)\n");
  });
});

describe("qapi-codegen explain", () => {
  it("says what a law wants, why, what comes of breaking it, and shows both", async () => {
    expect(await runCommand(["explain", "missing-key"])).toEqual({
      status: 0,
      out: `error[missing-key]
An object has the keys that are required of it.

Without them it is not known what is being defined; what is empty has to be said
to be so.

What breaks it is ambiguous or meaningless, so 'generate' refuses it too.

Bad:

    { 'struct': 'Nothing' }

Good:

    { 'struct': 'Nothing',
      'data': { } }
`,
      error: "",
    });
  });

  it("shows no example where there is none", async () => {
    const { status, out } = await runCommand(["explain", "output-conflict"]);
    expect(status).toBe(0);
    expect(out).toMatch(
      /^error\[output-conflict\]\nNo file .*\n\n(.*\n)+\n'generate' writes nothing as long as it is broken\.\n$/,
    );
  });

  it("explains every law within the width of a terminal, but for examples", async () => {
    for (const { id } of laws) {
      const { status, out } = await runCommand(["explain", id]);
      expect({ id, status }).toEqual({ id, status: 0 });
      expect(out.split("\n").filter((line) => line.length > 80 && !line.startsWith("    "))).toEqual([]);
      expect(out).not.toMatch(/\n\n\n|\n\n$| $/m);
    }
  });

  it.each([
    [["explain"], "which code? 'qapi-codegen rules' lists them"],
    [["explain", "undefined-typ"], "unknown code 'undefined-typ'; did you mean 'undefined-type'?"],
    [["explain", "constructor"], "unknown code 'constructor'; 'qapi-codegen rules' lists them"],
    [["explain", "syntax", "missing-key"], "one code at a time: 'syntax', or 'missing-key'?"],
  ])("%j is bad usage", async (args, message) => {
    const { status, out, error } = await runCommand(args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toBe(
      `qapi-codegen: ${message}\nusage: qapi-codegen explain <code> (see qapi-codegen explain --help)\n`,
    );
  });
});
