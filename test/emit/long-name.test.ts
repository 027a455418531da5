import { expect, test } from "vitest";
import { hasLongName, LONG_NAME } from "../../src/emit/long-name.js";

const long = "a".repeat(LONG_NAME);
const short = "b".repeat(LONG_NAME - 1);

test.each([
  ["alone", long],
  ["at the end", `${short} ${long}`],
  ["at the beginning", `${long} ${short}`],
  ["longer than that", `x(${long}${long})`],
  ["of all that names have", `"${"a-Z_9".repeat(11)}"`],
  ["behind a comment that has one, too", `/** ${long} */\n${long}`],
])("a long name %s", (_, text) => {
  expect(hasLongName(text)).toBe(true);
});

test.each([
  ["nothing", ""],
  ["a name that is not quite long", short],
  ["several of those", `${short} ${short}.${short}`],
  ["long names in comments", `/** ${long} */\n  // ${long}\n/**\n * ${long}\n */\nfoo();`],
])("%s", (_, text) => {
  expect(hasLongName(text)).toBe(false);
});

test("wherever it is", () => {
  for (let before = 0; before < 200; before++) {
    const text = `${"x y".repeat(before)} ${long};`;
    expect(hasLongName(text), String(before)).toBe(true);
    expect(hasLongName(text.replace(long, short)), String(before)).toBe(false);
  }
});
