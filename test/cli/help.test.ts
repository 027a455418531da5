import { expect, it } from "vitest";
import { runCommand } from "../support/command-line.js";

const commands = [...(await runCommand(["--help"])).out.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(
  ([, name = ""]) => name,
);

it("lists the commands", () => {
  expect(commands).toEqual(
    expect.arrayContaining(["generate", "check", "rules", "explain", "exec", "events", "shell"]),
  );
});

it.each(commands)("of %s is its own and fits a terminal", async (name) => {
  const { status, out, error } = await runCommand([name, "--help"]);
  expect({ status, error }).toEqual({ status: 0, error: "" });
  expect(out).toMatch(new RegExp(`\\nUsage: qapi-codegen (\\[generate\\]|${name})[ \\n]`));
  expect(out.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(out).not.toMatch(/\n\n\n| $/m);
});
