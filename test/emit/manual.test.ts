import { describe, expect, test } from "vitest";
import { addressIn, isManual, manualOf } from "../../src/emit/manual.js";
import type { Schema } from "../../src/schema/schema.js";
import { schemaOf, type SchemaText } from "../support/harness.js";

const COMMANDS: Readonly<Record<"QGA" | "QMP" | "QSD", readonly string[]>> = {
  QGA: ["guest-sync", "guest-info", "guest-shutdown"],
  QMP: ["query-version", "query-commands", "system_reset", "query-status", "qmp_capabilities", "blockdev-add"],
  QSD: ["query-version", "query-commands", "qmp_capabilities", "blockdev-add", "block-export-add"],
};

/** The text of a schema that has commands by which QEMU's are known, in a file that it includes. */
function like(namespace: keyof typeof COMMANDS, text: string, file: string): SchemaText {
  const commands = COMMANDS[namespace].map((name) => `{ 'command': '${name}' }`).join("\n");
  return {
    "qapi/qapi-schema.json": `{ 'include': 'control.json' }\n{ 'include': '${file}' }`,
    "qapi/control.json": commands,
    [`qapi/${file}`]: text,
  };
}

/** The addresses of the definitions of one file. */
function addresses(schema: Schema, file: string, choice?: string): readonly (string | undefined)[] {
  const manual = manualOf(schema, choice);
  if (manual === undefined) return [];
  return schema.definitions.filter(({ module }) => module.name === file).map((node) => addressIn(manual, node));
}

const ALL = `
{ 'enum': 'An-Enum', 'data': [ 'a', 'b' ] }
{ 'struct': 'A__Struct', 'data': {} }
{ 'union': 'A_Union', 'base': { 'type': 'An-Enum' }, 'discriminator': 'type', 'data': { 'a': 'A__Struct' } }
{ 'alternate': 'AnAlternate', 'data': { 's': 'str' } }
{ 'command': '__com.example_a--command' }
{ 'event': 'AN_EVENT' }`;

describe("the manual of a schema", () => {
  test("is known by what the schema defines", () => {
    const pageOf = (text: SchemaText): string | undefined => manualOf(schemaOf(text))?.page;
    expect(pageOf(like("QGA", "", "x.json"))).toBe("https://www.qemu.org/docs/master/interop/qemu-ga-ref.html");
    expect(pageOf(like("QMP", "", "x.json"))).toBe("https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html");
    expect(pageOf(like("QSD", "", "x.json"))).toBe(
      "https://www.qemu.org/docs/master/interop/qemu-storage-daemon-qmp-ref.html",
    );
  });

  test.each(["", "{ 'command': 'query-version' } { 'command': 'query-commands' }", "{ 'event': 'SHUTDOWN' }"])(
    "there is none of other schemas: %j",
    (text) => {
      expect(manualOf(schemaOf(text))).toBeUndefined();
    },
  );

  test("is the same for a part of the schema", () => {
    const only = schemaOf(like("QMP", "{ 'event': 'E' }", "x.json"), { only: ["E"] });
    expect(addresses(only, "x.json")).toEqual([
      "https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html#event-QMP-x.E",
    ]);
  });

  test("can be another one, or none", () => {
    const qemu = schemaOf(like("QGA", "{ 'event': 'E' }", "x.json"));
    expect(addresses(qemu, "x.json", "http://localhost:80/a b/#top")).toEqual([
      "http://localhost/a%20b/#event-QGA-x.E",
    ]);
    expect(addresses(qemu, "x.json", "none")).toEqual([]);
    expect(addresses(schemaOf("{ 'event': 'E' }"), "test.json", "https://example.com/ref.html")).toEqual([
      "https://example.com/ref.html#event-test.E",
    ]);
  });

  test.each(["", "ref.html", "javascript:alert(1)", "https://", "file:///etc"])("is not %j", (choice) => {
    expect(isManual(choice)).toBe(false);
    expect(() => manualOf(schemaOf(""), choice)).toThrow("not the address of a manual");
  });

  test("can have no address that gets out of a link", () => {
    expect(isManual("none")).toBe(true);
    const page = manualOf(schemaOf(""), "https://example.com/*/}|{@x `<>[1]?a=|}*/\u2028")?.page;
    expect(page).toMatch(/^https:\/\/example\.com\/[\w.%?=/-]+$/);
    expect(page).not.toContain("*/");
  });
});

describe("an anchor", () => {
  test("is of kind, namespace, module and name, without what Sphinx does not keep", () => {
    const page = "https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html";
    expect(addresses(schemaOf(like("QMP", ALL, "a_b-c.json")), "a_b-c.json")).toEqual([
      `${page}#enum-QMP-a_b-c.An-Enum`,
      `${page}#object-QMP-a_b-c.A__Struct`,
      `${page}#object-QMP-a_b-c.A_Union`,
      `${page}#alternate-QMP-a_b-c.AnAlternate`,
      `${page}#command-QMP-a_b-c.__com.example_a-command`,
      `${page}#event-QMP-a_b-c.AN_EVENT`,
    ]);
  });

  test("has no folder in it", () => {
    const schema = schemaOf(like("QSD", "{ 'event': 'E' }", "more/x.json"));
    expect(addresses(schema, "more/x.json")[0]).toMatch(/#event-QSD-x\.E$/);
  });

  test("is another module's where the manual has it there", () => {
    const block = (namespace: "QMP" | "QSD"): readonly (string | undefined)[] =>
      addresses(schemaOf(like(namespace, "{ 'command': 'eject' }", "block.json")), "block.json");
    expect(block("QMP")[0]).toMatch(/#command-QMP-block-core\.eject$/);
    expect(block("QSD")[0]).toMatch(/#command-QSD-block\.eject$/);
  });

  test("there is none of what is not in the manual", () => {
    const root = (namespace: keyof typeof COMMANDS): Schema =>
      schemaOf(COMMANDS[namespace].map((name) => `{ 'command': '${name}' }`).join("\n"));
    expect(new Set(addresses(root("QMP"), "test.json"))).toEqual(new Set([undefined]));
    expect(addresses(root("QGA"), "test.json")[0]).toMatch(/#command-QGA-test\.guest-sync$/);
    const old = schemaOf(like("QMP", "{ 'union': 'U', 'data': { 'a': 'str' } }", "x.json"));
    const implicit = old.definitions.filter((node) => node.implicit === true);
    const manual = manualOf(old);
    expect(implicit.length).toBeGreaterThan(0);
    for (const node of implicit) expect(manual && addressIn(manual, node)).toBeUndefined();
  });
});
