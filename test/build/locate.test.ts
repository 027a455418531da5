import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diskHost } from "../../src/build/disk-host.js";
import { locate } from "../../src/build/locate.js";
import { HostError } from "../../src/schema/host.js";

let top: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-locate-"));
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), content);
  }
}

/** What a path below the temporary directory stands for, relative to that directory; or what is wrong. */
function located(path: string): readonly string[] | string {
  const result = locate(join(top, path), diskHost);
  if ("diagnostics" in result)
    return result.diagnostics.map(({ message }) => message.replaceAll(top, "TOP")).join("\n");
  return result.entries.map((entry) => entry.replace(`${top}/`, ""));
}

describe("locate", () => {
  it("takes a file for itself, whatever it is called", () => {
    put({ "schema.qapi": "", "qapi-schema.json": "" });
    expect(located("schema.qapi")).toEqual(["schema.qapi"]);
  });

  it("prefers qapi-schema.json in the directory, then the one in qapi/, then the files that no other includes", () => {
    put({
      "tree/a.json": "{ 'include': 'b.json' }\n{ 'include': 'deep/c.json' }\n",
      "tree/b.json": "",
      "tree/deep/c.json": "",
      "tree/z.json": "# { 'include': 'a.json' }\n",
      "tree/notes.txt": "",
      "tree/folder.json/x.json": "",
    });
    expect(located("tree")).toEqual(["tree/a.json", "tree/z.json"]);
    put({ "tree/qapi/qapi-schema.json": "" });
    expect(located("tree")).toEqual(["tree/qapi/qapi-schema.json"]);
    put({ "tree/qapi-schema.json": "" });
    expect(located("tree")).toEqual(["tree/qapi-schema.json"]);
    expect(located("tree/")).toEqual(["tree/qapi-schema.json"]);
    expect(located("tree/./deep/..")).toEqual(["tree/qapi-schema.json"]);
  });

  it("finds includes that are written in another way", () => {
    put({ "a.json": "{ 'include': './x/../b.json' }\n", "b.json": "" });
    expect(located(".")).toEqual(["a.json"]);
  });

  it("takes all files where all include each other, and leaves it to the loader to say what is wrong", () => {
    put({ "a.json": "{ 'include': 'b.json' }\n", "b.json": "{ 'include': 'a.json' }\n" });
    expect(located(".")).toEqual(["a.json", "b.json"]);
  });

  it("takes a file that includes itself for a root", () => {
    put({ "a.json": "{ 'include': 'a.json' }\n", "b.json": "" });
    expect(located(".")).toEqual(["a.json", "b.json"]);
  });

  it("says that there is nothing at the path", () => {
    expect(located("nowhere")).toBe("there is no schema at 'TOP/nowhere': no such file or directory");
    put({ file: "" });
    expect(located("file/below")).toBe("there is no schema at 'TOP/file/below': no such file or directory");
  });

  it("says that there is no schema in the directory", () => {
    put({ "tree/readme.md": "" });
    expect(located("tree")).toBe("there is no schema in the directory 'TOP/tree'");
  });
});

describe("diskHost", () => {
  function reason(path: string): string {
    try {
      diskHost.read(join(top, path));
    } catch (error) {
      if (error instanceof HostError) return error.message;
      throw error;
    }
    throw new Error("it was read");
  }

  it("reads UTF-8, the character that stands for broken text included", () => {
    put({ "a.json": "ä \ufffd 漢" });
    expect(diskHost.read(join(top, "a.json"))).toBe("ä \ufffd 漢");
  });

  it("says why a file cannot be read", () => {
    put({ "latin1.json": Uint8Array.of(0x23, 0xe4), file: "" });
    symlinkSync("loop", join(top, "loop"));
    expect(reason("latin1.json")).toBe("it is not UTF-8 text");
    expect(reason("nowhere")).toBe("no such file");
    expect(reason("file/below")).toBe("no such file");
    expect(reason(".")).toBe("it is a directory");
    expect(reason("loop")).toBe("too many symbolic links");
    expect(reason("x".repeat(300))).toBe("the name is too long");
  });

  it("does not read what has no end", () => {
    expect(() => diskHost.read("/dev/zero")).toThrow(
      process.platform === "win32" ? "no such file" : "not a regular file",
    );
  });
});
