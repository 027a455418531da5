import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatText } from "../../src/diagnostic-report.js";
import { knownDefines, readDefines } from "../../src/build/defines-file.js";
import { generate } from "../../src/build/generate.js";
import { memoryHost } from "../../src/schema/host.js";
import { Source } from "../../src/syntax/source.js";
import { runCommand } from "../support/command-line.js";

/** What a file says: `A !B`; an Error with what is wrong with it. */
function known(text: string): string {
  const result = readDefines(new Source("options", text));
  if ("diagnostics" in result) throw new Error(formatText(result.diagnostics, { color: false }));
  return [...result.defines].map(([name, isOn]) => (isOn ? name : `!${name}`)).join(" ");
}

describe("a C header", () => {
  it("has options on that it defines, whatever as, and off that it does not", () => {
    const header = `/*
 * Made by a build system; do not edit.
 * #define CONFIG_QUOTED
 */
#ifndef CONFIG_H
#define CONFIG_H
#pragma once
#define CONFIG_LINUX 1
#define CONFIG_ZERO 0
#define CONFIG_EMPTY
  #  define\tCONFIG_INDENTED "text"
#define CONFIG_CALL(x) ((x) + 1)
#define CONFIG_GLOB "/etc/*.conf"
#undef CONFIG_VMNET
/* #undef CONFIG_WIN32 */
/*#undef CONFIG_TIGHT*/
// #define CONFIG_COMMENT
#define CONFIG_TAIL 1 /* a comment that goes on
#define CONFIG_INSIDE
*/
int CONFIG_PROTOTYPE(void);
#endif
`;
    expect(known(header)).toBe(
      "CONFIG_H CONFIG_LINUX CONFIG_ZERO CONFIG_EMPTY CONFIG_INDENTED CONFIG_CALL CONFIG_GLOB !CONFIG_VMNET " +
        "!CONFIG_WIN32 !CONFIG_TIGHT CONFIG_TAIL",
    );
  });

  it("says it as it is at its end", () => {
    expect(known("#define A\n#undef A\n#undef B\n#define B\n")).toBe("!A B");
  });

  it("ends its lines as any system does", () => {
    expect(known("#define A\r\n#undef B\r\n")).toBe("A !B");
  });

  it("may begin with a byte-order mark", () => {
    expect(known("\ufeff#define A\n")).toBe("A");
  });

  it.each([
    ["strings that do not end", `#define A\n${'"'.repeat(200_000)}\n${'\\"'.repeat(200_000)}\n`],
    ["comments", `#define A\n${"/**/".repeat(200_000)}\n`],
    ["blanks", `#define A\n${" ".repeat(400_000)}#\n`],
    ["lines", `#define A\n${"/*\n".repeat(200_000)}`],
  ])("takes time in proportion to its length: many %s", (_, text) => {
    expect(known(text)).toBe("A");
  });
});

describe("a list", () => {
  it("has a line for each option", () => {
    expect(known("# What this build has\nCONFIG_A\nCONFIG_B=on # as always\n\n  CONFIG_C=off\t\n#CONFIG_D\n")).toBe(
      "CONFIG_A CONFIG_B !CONFIG_C",
    );
  });

  it("may be empty", () => {
    expect(known("")).toBe("");
    expect(known("# nothing\n")).toBe("");
  });

  it("may have a byte-order mark and no line break at its end", () => {
    expect(known("\ufeffA\r\nB=off")).toBe("A !B");
  });

  it("has nothing else in it, which is told with its place", () => {
    expect(() => known("A\n  B = maybe # really\nC=off\n1D\n")).toThrow(
      `options:2:3: error[invalid-defines]: a line takes NAME, NAME=on, NAME=off or a comment that begins with '#'
   2 |   B = maybe # really
     |   ^^^^^^^^^
hint: the file can also be a C header with '#define NAME'

options:4:1: error[invalid-defines]: a line takes NAME, NAME=on, NAME=off or a comment that begins with '#'
   4 | 1D
     | ^^

2 errors
`,
    );
  });

  it("is not read to its end when it is something else", () => {
    const result = readDefines(new Source("novel", "It was a dark and stormy night.\n".repeat(1000)));
    expect("diagnostics" in result ? result.diagnostics.length : 0).toBe(10);
  });

  it.each(["A=", "A=ON", "A=1", "A B", "-A", "a.b", "A=on=off", "__proto__ ="])("has no line %j", (line) => {
    expect(() => known(`${line}\n`)).toThrow("invalid-defines");
  });

  it("has names of properties that objects have", () => {
    expect(known("__proto__\nconstructor=off\n")).toBe("__proto__ !constructor");
  });
});

describe("several files and options", () => {
  const host = memoryHost({ first: "A\nB\nC\n", second: "B=off\nC=off\n", "huge.h": "#define A\n".repeat(500_000) });

  it("go before each other: options first, then later files", () => {
    const result = knownDefines({ definesFiles: ["first", "second"], defines: new Map([["C", true]]) }, host);
    expect(result).toEqual({
      defines: new Map([
        ["A", true],
        ["B", false],
        ["C", true],
      ]),
    });
  });

  it("are all looked at", () => {
    const result = knownDefines({ definesFiles: ["nowhere", "first", "huge.h"] }, host);
    expect(result).toEqual({
      diagnostics: [
        { code: "unreadable-file", message: "cannot read 'nowhere': no such file" },
        { code: "invalid-defines", message: "'huge.h' is longer than 4 million characters; is it the right file?" },
      ],
    });
  });
});

describe("--defines", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "qapi-codegen-defines-"));
    put(
      "schema.json",
      "{ 'struct': 'A', 'data': { 'x': { 'type': 'int', 'if': 'X' }, 'y': { 'type': 'int', 'if': 'Y' } } }\n",
    );
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  function at(path: string): string {
    return join(directory, path);
  }

  function put(path: string, text: string): string {
    writeFileSync(at(path), text);
    return at(path);
  }

  it("settles conditions, and --define goes before it; what the schema does not mention is no matter", async () => {
    const header = put("config-host.h", "#define X 1\n#undef Y\n#define CONFIG_WHATEVER\n");
    const options = { schema: at("schema.json"), output: at("out"), emitters: [], definesFiles: [header] };
    expect(await generate(options)).toMatchObject({
      ok: true,
      warnings: [],
      schema: { structs: [{ members: [{ name: "x" }] }] },
    });
    const defines = new Map([
      ["X", false],
      ["Z", true],
    ]);
    expect(await generate({ ...options, defines })).toMatchObject({
      ok: true,
      warnings: ["no condition of the schema names 'Z', so defining it changes nothing"],
      schema: { structs: [{ members: [] }] },
    });
  });

  it.each([
    ["generate", ["-o", "out"]],
    ["introspect", []],
    ["image", ["-o", "image.json"]],
  ])("is known to %s, which says what is wrong with the file", async (command, more) => {
    const args = [command, at("schema.json"), ...more.map((word) => (word.startsWith("-") ? word : at(word)))];
    const list = put("list", "X=off\n");
    expect(await runCommand([...args, "--defines", list, "--define", "Y"])).toMatchObject({ status: 0, error: "" });
    const missing = await runCommand([...args, "--defines", at("nowhere")]);
    expect(missing).toMatchObject({ status: 1, out: "" });
    expect(missing.error).toContain(`error[unreadable-file]: cannot read '${at("nowhere")}': no such file\n`);
    const wrong = await runCommand([...args, "--defines", put("wrong", "X\nY: yes\n")]);
    expect(wrong.status).toBe(1);
    expect(wrong.error).toContain(`${at("wrong")}:2:1: error[invalid-defines]: a line takes NAME`);
    expect(wrong.error).toContain("   2 | Y: yes\n     | ^^^^^^\n");
  });
});
