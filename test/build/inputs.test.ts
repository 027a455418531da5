import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Builder } from "../../src/build/builder.js";
import { Inputs } from "../../src/build/inputs.js";
import { HostError } from "../../src/schema/host.js";

let top: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-inputs-"));
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
}

describe("a disk that writes down what it is asked", () => {
  it("does not change for a run, not even what is not there", () => {
    put({ "a.json": "one" });
    const inputs = new Inputs();
    const missing = join(top, "missing.json");
    expect(inputs.read(join(top, "a.json"))).toBe("one");
    expect(() => inputs.read(missing)).toThrow(new HostError("no such file"));
    expect(inputs.kind(missing)).toBeUndefined();
    expect(inputs.list(top, ".json")).toEqual(["a.json"]);
    put({ "a.json": "two", "missing.json": "" });
    expect(inputs.read(join(top, "a.json"))).toBe("one");
    expect(() => inputs.read(missing)).toThrow(new HostError("no such file"));
    expect(inputs.kind(missing)).toBeUndefined();
    expect(inputs.list(top, ".json")).toEqual(["a.json"]);
  });

  it("knows whether the answers are the same by now", () => {
    put({ "a.json": "one", "x.txt": "" });
    const inputs = new Inputs();
    const file = join(top, "a.json");
    inputs.read(file);
    inputs.kind(join(top, "b.json"));
    inputs.list(top, ".json");
    const { atime, mtime } = statSync(file);
    const expectChanged = (isChanged: boolean): void => expect(inputs.haveChanged()).toBe(isChanged);
    expectChanged(false);
    writeFileSync(file, "two");
    utimesSync(file, atime, mtime);
    expectChanged(true);
    writeFileSync(file, "one");
    expectChanged(false);
    put({ "y.txt": "" });
    expectChanged(false);
    put({ "c.json": "" });
    expectChanged(true);
    rmSync(join(top, "c.json"));
    mkdirSync(join(top, "b.json"));
    expectChanged(true);
    rmSync(join(top, "b.json"), { recursive: true });
    expectChanged(false);
    rmSync(file);
    expectChanged(true);
  });

  it("tells one refusal from another", () => {
    const inputs = new Inputs();
    expect(() => inputs.read(join(top, "a.json"))).toThrow("no such file");
    expect(inputs.haveChanged()).toBe(false);
    mkdirSync(join(top, "a.json"));
    expect(inputs.haveChanged()).toBe(true);
  });
});

describe("the inputs of a builder", () => {
  async function inputsOf(schema: string, options: object = {}): Promise<readonly string[]> {
    const builder = new Builder({ schema: join(top, schema), output: join(top, "out"), ...options });
    expect(builder.isStale).toBe(true);
    const result = await builder.build();
    expect(result.inputs).toEqual(builder.inputs);
    expect(builder.isStale).toBe(false);
    return builder.inputs.filter((path) => path.startsWith(top)).map((path) => relative(top, path) || ".");
  }

  it("are the files that it read, and those that would have been chosen before them", async () => {
    put({
      "qapi/a.json": "{ 'include': 'sub/b.json' }",
      "qapi/sub/b.json": "",
      "names/n.json": "",
      "defines.txt": "X",
    });
    const inputs = await inputsOf("qapi", { names: join(top, "names"), definesFiles: [join(top, "defines.txt")] });
    for (const path of [
      "qapi",
      "qapi/qapi-schema.json",
      "qapi/qapi/qapi-schema.json",
      "qapi/a.json",
      "qapi/sub/b.json",
      "names",
      "names/n.json",
      "defines.txt",
    ])
      expect(inputs).toContain(path);
    expect(inputs.some((path) => path.startsWith("out"))).toBe(false);
  });

  it("are there when something is missing or broken, too", async () => {
    expect(await inputsOf("qapi")).toEqual(["qapi"]);
    put({ "qapi/a.json": "{ 'include': 'sub/b.json' }\n{" });
    expect(await inputsOf("qapi")).toContain("qapi/sub/b.json");
    expect(await inputsOf("qapi", { definesFiles: [join(top, "defines.txt")] })).toContain("defines.txt");
  });
});
