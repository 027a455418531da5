import { describe, expect, it } from "vitest";
import { GeneratedFile, NO_GLOBALS, type FileOptions } from "../../src/emit/generated-file.js";
import type { ImportExtension } from "../../src/emit/options.js";

/** A file of an output that exports `taken`. */
function fileWith(taken: readonly string[], options?: FileOptions): GeneratedFile {
  const context = { importExtension: ".js", isTaken: (identifier: string) => taken.includes(identifier) } as const;
  return new GeneratedFile("a/b.ts", context, options);
}

describe("a generated file", () => {
  it("imports what it refers to, once, in the order of names", () => {
    const f = fileWith([]);
    const [z, x] = [f.type({ identifier: "Z", path: "a/c.ts" }), f.type({ identifier: "X", path: "a/c.ts" })];
    f.print`${z} ${x} ${f.type({ identifier: "Z", path: "a/c.ts" })} ${f.value({ identifier: "y", path: "d.ts" })}`;
    expect(f.toString()).toBe('import { y } from "../d.js";\nimport type { X, Z } from "./c.js";\n\nZ X Z y\n');
  });

  it("imports a value once it is used as one", () => {
    const f = fileWith([]);
    f.type({ identifier: "X", path: "a/c.ts" });
    f.value({ identifier: "X", path: "a/c.ts" });
    f.type({ identifier: "Y", path: "a/c.ts" });
    expect(f.toString()).toBe('import { X, type Y } from "./c.js";\n');
  });

  it("does not import from itself", () => {
    const f = fileWith([]);
    f.print`${f.type({ identifier: "X", path: "a/b.ts" })}`;
    expect(f.toString()).toBe("X\n");
  });

  it("gives another name to what would hide a global or what the output exports", () => {
    const f = fileWith(["Promise", "Promise_", "z"]);
    f.print`${f.type({ identifier: "Promise", path: "c.ts" })} ${f.import("z", "zod")} ${f.importType("Map", "maps")}`;
    expect(f.toString()).toBe(
      'import type { Promise as Promise__ } from "../c.js";\n' +
        'import type { Map as Map_ } from "maps";\n' +
        'import { z as z_ } from "zod";\n\n' +
        "Promise__ z_ Map_\n",
    );
  });

  it("leaves names alone where it uses no globals", () => {
    const f = fileWith(["Promise"], { globals: NO_GLOBALS });
    expect(f.type({ identifier: "Promise", path: "c.ts" })).toBe("Promise");
  });

  it("gives another name to the second of two that are called the same", () => {
    const f = fileWith([]);
    expect([f.import("z", "a"), f.import("z", "b"), f.import("z", "a")]).toEqual(["z", "z_", "z"]);
  });

  it("puts re-exports behind imports", () => {
    const f = fileWith([]);
    expect(f.isEmpty).toBe(true);
    f.reexport("a/c.ts");
    f.print`${f.type({ identifier: "X", path: "d.ts" })} ${1}`;
    expect(f.isEmpty).toBe(false);
    expect(f.toString()).toBe('import type { X } from "../d.js";\n\nexport * from "./c.js";\n\nX 1\n');
  });
});

describe("specifiers", () => {
  it.each([
    ["a/b.ts", "a/c.ts", "./c.js"],
    ["a/b.ts", "c/d.ts", "../c/d.js"],
    ["b.ts", "a/c.ts", "./a/c.js"],
    ["a/b/c.ts", "a/d.ts", "../d.js"],
    ["a/b/c.ts", "a/bb/c.ts", "../bb/c.js"],
    ["a/b.ts", "a/b/c.ts", "./b/c.js"],
  ])("from %s to %s", (from, to, specifier) => {
    const file = (importExtension: ImportExtension): GeneratedFile =>
      new GeneratedFile(from, { importExtension, isTaken: () => false });
    expect(file(".js").specifier(to)).toBe(specifier);
    expect(file(".ts").specifier(to)).toBe(specifier.replace(/\.js$/, ".ts"));
    expect(file("none").specifier(to)).toBe(specifier.replace(/\.js$/, ""));
  });
});
