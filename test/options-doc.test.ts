/** docs/options.md has every option, as it is. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { optionsReference } from "../src/config/options-reference.js";
import { SETTINGS } from "../src/config/settings.js";

const PAGE = readFileSync("docs/options.md", "utf8");

test("the options are documented; `npm run update-fixtures` renews them", () => {
  expect(PAGE.slice(PAGE.indexOf("-->\n") + "-->\n".length)).toBe(optionsReference());
});

test("each option has a row", () => {
  for (const name of Object.keys(SETTINGS)) expect(PAGE).toMatch(new RegExp(`^\\| .*--(\\[no-\\])?${name}[ \`]`, "m"));
});
