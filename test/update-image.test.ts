/** The script behind `npm run update-image`, as people run it: on a source tree and on tarballs, which are made up here. */
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../scripts/update-image.js");

const TREE: Readonly<Record<string, string>> = {
  VERSION: "11.0.1\n",
  "qapi/qapi-schema.json": "{ 'include': 'net.json' }\n",
  "qapi/net.json": "##\n# @LOST:\n#\n# A sentence.\n#\n# Since: 1.2\n##\n{ 'event': 'LOST' }\n",
  "qga/qapi-schema.json": "{ 'command': 'guest-ping' }\n",
  "storage-daemon/qapi/qapi-schema.json": "{ 'include': '../../qapi/net.json' }\n",
  "README.rst": "not needed\n",
};
const IMAGES = ["qemu-11.0.json.br", "qga-11.0.json.br", "storage-daemon-11.0.json.br"];

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-update-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A source tree with some files otherwise, or not at all. */
function tree(changes: Readonly<Record<string, string | undefined>> = {}): string {
  for (const [path, text] of Object.entries({ ...TREE, ...changes })) {
    if (text === undefined) continue;
    const file = join(directory, "qemu-11.0.1", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(directory, "qemu-11.0.1");
}

function tarball(name: string, flag: string, ...folders: readonly string[]): string {
  const file = join(directory, name);
  const { status, stderr } = spawnSync("tar", [`-c${flag}f`, file, "-C", directory, ...folders], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return file;
}

/** The folder that images go to. */
function made(): string {
  return join(directory, "images");
}

function run(...args: readonly string[]): {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
} {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args, "--to", made()], {
    encoding: "utf8",
  });
  return { status, out: stdout.replaceAll(`${directory}/`, ""), error: stderr.replaceAll(`${directory}/`, "") };
}

function image(name: string): string {
  return brotliDecompressSync(readFileSync(join(made(), name))).toString();
}

describe("images are made", () => {
  function expectImages(): void {
    expect(readdirSync(made()).sort()).toEqual(IMAGES);
    expect(image("qemu-11.0.json.br")).toContain(
      '"name":"net.json","entries":[\n{"event":"LOST","doc":[["since","1.2"]]',
    );
    expect(image("qga-11.0.json.br")).toContain('{"command":"guest-ping"');
    expect(image("storage-daemon-11.0.json.br")).toContain('{"event":"LOST"');
    for (const name of IMAGES) expect(image(name)).not.toContain("sentence");
  }

  it("of a source tree, which says its version", () => {
    const { status, out, error } = run(tree());
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out).toMatch(/^Wrote images\/qemu-11\.0\.json\.br: \d+ bytes\n(?:Wrote .*\n){2}$/);
    expectImages();
  });

  it("of a tree without a version, which is given", () => {
    expect(run(tree({ VERSION: undefined }), "11.0").error).toBe("");
    expectImages();
  });

  test.each([
    ["xz", "J"],
    ["gz", "z"],
    ["bz2", "j"],
  ])("of a tarball with %s, and nothing is left behind", (extension, flag) => {
    tree();
    const before = readdirSync(tmpdir()).sort();
    expect(run(tarball(`qemu-11.0.1.tar.${extension}`, flag, "qemu-11.0.1")).error).toBe("");
    expectImages();
    const others = readdirSync(tmpdir()).filter(
      (name) => !before.includes(name) && name.startsWith("qapi-codegen-tree-"),
    );
    expect(others).toEqual([]);
  });

  it("once: what is as it should be is left alone", () => {
    const source = tree();
    run(source);
    const file = join(made(), "qga-11.0.json.br");
    utimesSync(file, 1, 1);
    writeFileSync(join(made(), "qemu-11.0.json.br"), "damaged");
    expect(run(source).out.replace(/: \d+ bytes/g, "")).toBe(
      "Wrote images/qemu-11.0.json.br\nUnchanged images/qga-11.0.json.br\nUnchanged images/storage-daemon-11.0.json.br\n",
    );
    expect(statSync(file).mtimeMs).toBe(1000);
    expectImages();
  });
});

describe("it is told what is wrong, and nothing is written", () => {
  afterEach(() => {
    expect(readdirSync(directory)).not.toContain("images");
  });

  test.each([
    ["nothing", [], "usage: npm run update-image -- SOURCE [VERSION]\n"],
    ["too much", ["a", "10.2", "b"], "usage: npm run update-image"],
    ["an unknown option", ["--from", "a"], "Unknown option '--from'"],
    ["what is not there", ["nowhere"], "there is nothing at 'nowhere'\n"],
  ])("%s", (_, args, message) => {
    const { status, error } = run(...args);
    expect(status).toBe(1);
    expect(error).toContain(message);
    expect(error).not.toMatch(/^ {4}at /m);
  });

  test.each([
    ["a tree that is not QEMU's", { "qga/qapi-schema.json": undefined }, "is not QEMU's source tree: it has no qga/"],
    ["no version", { VERSION: undefined }, "which version is it? The tree has no file VERSION"],
    ["a version of development", { VERSION: "11.0.50" }, "'11.0.50' is between two releases"],
    ["a version that is none", { VERSION: "../../x" }, "'../../x' is no version of a release"],
    ["a schema with a mistake", { "qapi/net.json": "{ 'event': 'LOST', 'data': 'No' }" }, "net.json:1:"],
  ])("%s", (_, changes, message) => {
    const { status, error } = run(tree(changes));
    expect(status).toBe(1);
    expect(error).toContain(message);
    expect(error).not.toMatch(/^ {4}at /m);
  });

  test("a tarball that is none, of something else, of two trees", () => {
    const source = tree();
    expect(run(join(source, "README.rst")).error).toContain("tar cannot open 'qemu-11.0.1/README.rst':\n");
    mkdirSync(join(directory, "other"));
    expect(run(tarball("other.tar.gz", "z", "other")).error).toBe(
      "there is no source tree of QEMU in 'other.tar.gz'\n",
    );
    mkdirSync(join(directory, "other/qapi"));
    writeFileSync(join(directory, "other/qapi/x.json"), "");
    const two = tarball("two.tar.gz", "z", "qemu-11.0.1", "other");
    expect(run(two)).toMatchObject({ status: 1, error: "there is more than one source tree in 'two.tar.gz'\n" });
  });
});
