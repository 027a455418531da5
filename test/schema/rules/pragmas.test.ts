/** Pragmas: their own rules, and that they hold for the whole schema. */
import { describe, expect, test } from "vitest";
import { diagnosticsOf, findings } from "../../support/harness.js";

const style = { style: true };

describe("unknown-pragma", () => {
  test("points at the name", () => {
    expect(findings("{ 'pragma': { 'doc-required': false, 'docs': true } }", style)).toEqual([
      "1:38 unknown-pragma: there is no pragma 'docs' | 'docs'",
    ]);
  });

  test.each([
    ["doc-requierd", "did you mean 'doc-required'?"],
    ["returns-whitelist", "it has been called 'command-returns-exceptions' since QEMU 6.0"],
    ["name-case-whitelist", "it has been called 'member-name-exceptions' since QEMU 6.0"],
  ])("%s: %s", (name, hint) => {
    expect(diagnosticsOf(`{ 'pragma': { '${name}': [ ] } }`, style)).toMatchObject([{ code: "unknown-pragma", hint }]);
  });

  test("names of JavaScript's prototypes are no pragmas", () => {
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(findings(`{ 'pragma': { '${name}': [ ] } }`, style)).toHaveLength(1);
    }
  });
});

describe("pragma-value", () => {
  test.each([
    ["'doc-required': 'true'", "the value of pragma 'doc-required' is not true or false | 'true'"],
    ["'doc-required': [ ]", "the value of pragma 'doc-required' is not true or false | [ ]"],
    [
      "'documentation-exceptions': 'Foo'",
      "the value of pragma 'documentation-exceptions' is not a list of names | 'Foo'",
    ],
    [
      "'command-returns-exceptions': true",
      "the value of pragma 'command-returns-exceptions' is not a list of names | true",
    ],
    ["'command-name-exceptions': { }", "the value of pragma 'command-name-exceptions' is not a list of names | { }"],
    [
      "'member-name-exceptions': [ 'Foo', true ]",
      "the list of pragma 'member-name-exceptions' has something in it that is not a name | true",
    ],
  ])("%s", (setting, expected) => {
    expect(findings(`{ 'pragma': { ${setting} } }`, style).map((line) => line.replace(/^\S+ /, ""))).toEqual([
      `pragma-value: ${expected}`,
    ]);
  });

  test.each([
    "'doc-required': false",
    "'member-name-exceptions': [ ]",
    "'command-name-exceptions': [ 'not-there', '' ]",
  ])("%s is right", (setting) => {
    expect(findings(`{ 'pragma': { ${setting} } }`, style)).toEqual([]);
  });
});

describe("what a pragma says", () => {
  const command = "{ 'command': 'stop_it' }\n";
  const permit = "{ 'pragma': { 'command-name-exceptions': [ 'stop_it' ] } }\n";
  const forbid = "{ 'pragma': { 'command-name-exceptions': [ ] } }\n";

  test("holds for what stands before it, and in other files", () => {
    expect(findings(command + permit, style)).toEqual([]);
    expect(findings({ "a.json": `{ 'include': 'b.json' }\n${command}`, "b.json": permit }, style)).toEqual([]);
    expect(findings({ "a.json": `{ 'include': 'b.json' }\n${permit}`, "b.json": command }, style)).toEqual([]);
  });

  test("holds until another one says otherwise, in the order in which files are read", () => {
    expect(findings(command + permit + forbid, style)).toHaveLength(1);
    expect(findings(command + forbid + permit, style)).toEqual([]);
    const include = "{ 'include': 'b.json' }\n";
    expect(findings({ "a.json": command + include + forbid, "b.json": permit }, style)).toHaveLength(1);
    expect(findings({ "a.json": command + forbid + include, "b.json": permit }, style)).toEqual([]);
    // The second time a file is included it is not read again.
    expect(findings({ "a.json": command + include + forbid + include, "b.json": permit }, style)).toHaveLength(1);
  });

  test("counts for nothing if it makes no sense", () => {
    const wrong = permit.replace("[ 'stop_it' ]", "'stop_it'");
    expect(findings(command + wrong, style).map((line) => line.split(" ")[1])).toEqual([
      "command-name-case:",
      "pragma-value:",
    ]);
    expect(findings(command + permit + wrong, style).map((line) => line.split(" ")[1])).toEqual(["pragma-value:"]);
  });

  test("counts by its old name, too", () => {
    const old =
      "{ 'pragma': { 'returns-whitelist': [ 'query-name' ] } }\n{ 'command': 'query-name', 'returns': 'str' }";
    expect(findings(old, style)).toHaveLength(1);
  });
});

describe("doc-required", () => {
  const pragma = "{ 'pragma': { 'doc-required': true } }\n";

  test("wants documentation of each definition", () => {
    const schema = `${pragma}##\n# @beep:\n#\n# Make a sound.\n##\n{ 'command': 'beep' }\n{ 'event': 'BEEPED' }\n`;
    expect(findings(schema, style)).toEqual(["8:12 doc-required: event 'BEEPED' has no documentation | 'BEEPED'"]);
  });

  test("is not asked for without the pragma", () => {
    expect(findings(pragma.replace("true", "false") + "{ 'event': 'BEEPED' }", style)).toEqual([]);
    expect(findings("{ 'event': 'BEEPED' }", style)).toEqual([]);
  });

  test("says nothing where there is documentation of something else, which other rules are about", () => {
    const schema = `${pragma}##\n# @beep:\n#\n# Make a sound.\n##\n{ 'command': 'boop' }\n`;
    const codes = diagnosticsOf(schema, style).map(({ code }) => code);
    expect(codes).toHaveLength(1);
    expect(codes).not.toContain("doc-required");
  });
});
