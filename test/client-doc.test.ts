/** docs/client.md has every option of the client. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("lists the options that there are", () => {
  const page = readFileSync("docs/client.md", "utf8");
  const declared = readFileSync("src/runtime/options.ts", "utf8");
  const [, options = ""] = /export interface ClientOptions \{([^]*?)\n\}/.exec(declared) ?? [];
  const names = [...options.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names.filter((one) => one !== "signal"))
    expect(page).toMatch(new RegExp(`^\\|.*\`${name}\``, "m"));
});
