import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { diskHost } from "../../src/build/disk-host.js";
import { findRelease, isReleaseName, PRODUCTS, releaseMeantBy } from "../../src/build/release.js";
import { read } from "../../src/build/read.js";
import { check } from "../../src/schema/check.js";
import { HostError } from "../../src/schema/host.js";
import type { Schema } from "../../src/schema/schema.js";
import { runCommand } from "../support/command-line.js";

const IMAGES = join(import.meta.dirname, "../../images");
const VERSIONS = ["5.2", "7.2", "10.2"];
const NAMES = PRODUCTS.flatMap((product) => VERSIONS.map((version) => `${product}@${version}`));

/** A command that only this product has. */
const OWN: Readonly<Record<string, string>> = {
  qemu: "system_reset",
  qga: "guest-ping",
  "storage-daemon": "blockdev-add",
};

function schemaOf(name: string): Schema {
  const found = read({ schema: name });
  if ("diagnostics" in found) throw new Error(found.diagnostics.map(({ message }) => message).join("; "));
  const { schema } = check(found.loaded);
  if (schema === undefined) throw new Error(`${name} has mistakes`);
  return schema;
}

/** Why there is no such release. */
function refused(name: string): string {
  const found = findRelease(name);
  if (!("diagnostics" in found)) return "there is one";
  return found.diagnostics.map(({ code, message, hint = "" }) => `${code}: ${message} | ${hint}`).join("\n");
}

describe("the images in the package", () => {
  it("are one for each product of each release, and small together", () => {
    expect(readdirSync(IMAGES).sort()).toEqual(NAMES.map((name) => `${name.replace("@", "-")}.json.br`).sort());
    const bytes = readdirSync(IMAGES).reduce((sum, file) => sum + readFileSync(join(IMAGES, file)).length, 0);
    expect(bytes).toBeLessThan(250_000);
  });

  test.each(NAMES)("%s is read by its name", (name) => {
    const schema = schemaOf(name);
    const [product = ""] = name.split("@");
    expect(schema.byName.get(OWN[product] ?? "")).toMatchObject({ kind: "command" });
    expect(schema.byName.has("system_reset")).toBe(product === "qemu");
    expect(schema.modules.flatMap(({ docs }) => docs)).toEqual([]);
  });

  test.each(NAMES)("%s has no text but versions", (name) => {
    const sections = schemaOf(name).definitions.flatMap(({ doc }) => doc?.sections ?? []);
    expect(sections.length).toBeGreaterThan(20);
    const others = sections.filter(({ kind, text }) =>
      kind === "since" ? !/^\d+(?:\.\d+)+$/.test(text) : kind !== "member" || !/^Since \d+(?:\.\d+)+$/.test(text),
    );
    expect(others).toEqual([]);
  });

  it("differ by release as QEMU does", () => {
    expect(VERSIONS.map((version) => schemaOf(`qemu@${version}`).byName.has("query-stats"))).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe("a name", () => {
  it("is that of a release when it begins with a product and an @", () => {
    for (const name of [...NAMES, "qemu@", "qemu@nonsense", "qga@latest"]) expect(isReleaseName(name), name).toBe(true);
    for (const path of ["qemu", "./qemu@10.2", "a/qemu@10.2", "/qemu@10.2", "quemu@10.2", "xqemu@10.2"]) {
      expect(isReleaseName(path), path).toBe(false);
    }
  });

  it("may say 'latest' for the version", () => {
    expect(findRelease("qga@latest")).toMatchObject({ name: "qga@10.2", file: join(IMAGES, "qga-10.2.json.br") });
  });

  test.each([
    ["qemu@10.1", "qemu@10.2"],
    ["qemu@10.2.0", "qemu@10.2"],
    ["qemu@v10.2", "qemu@10.2"],
    ["qemu@9", "qemu@7.2"],
    ["qemu@8.0", "qemu@7.2"],
    ["qemu@6.1", "qemu@5.2"],
    ["qemu@4.0", "qemu@5.2"],
    ["qemu@999.999", "qemu@10.2"],
  ])("%s is not there, and %s is the nearest", (name, nearest) => {
    expect(refused(name)).toBe(
      `missing-schema: there is no '${name}' among the schemas that come with qapi-codegen | ` +
        `there are: qemu@5.2, qemu@7.2, qemu@10.2; did you mean '${nearest}'?`,
    );
  });

  test.each(["storage-daemon@", "storage-daemon@new", "storage-daemon@../../package", "storage-daemon@10.2/x"])(
    "%s is none, and there is no guess",
    (name) => {
      expect(refused(name)).toMatch(/ \| there are: storage-daemon@5\.2, .*, storage-daemon@10\.2(?:; did .*)?$/);
    },
  );

  it("that was meant is found where there is nothing at a path", () => {
    expect(releaseMeantBy("quemu@7.1")).toBe("qemu@7.2");
    expect(releaseMeantBy("qemu")).toBe("qemu@10.2");
    expect(releaseMeantBy("storage_daemon@5.2")).toBe("storage-daemon@5.2");
    for (const path of ["qapi", "schema.json", "a/qemu", "", "@10.2"])
      expect(releaseMeantBy(path), path).toBe(undefined);
  });
});

describe("a compressed file", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "qapi-codegen-release-"));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  /** What is read from a file with these bytes. */
  function text(bytes: Uint8Array): string {
    const file = join(directory, "qemu-1.0.json.br");
    writeFileSync(file, bytes);
    try {
      return diskHost.read(file);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      return `HostError: ${error.message}`;
    }
  }

  const whole = readFileSync(join(IMAGES, "qga-10.2.json.br"));

  it("is read as its text", () => {
    expect(text(whole)).toBe(brotliDecompressSync(whole).toString());
    expect(text(brotliCompressSync("\ufffd"))).toBe("\ufffd");
  });

  test.each([
    ["cut off", whole.subarray(0, 1000)],
    ["not compressed", Buffer.from("{}")],
    ["empty", Buffer.alloc(0)],
  ])("is told to be damaged when it is %s", (_, bytes) => {
    expect(text(bytes)).toBe("HostError: it is not what Brotli has compressed, or damaged");
  });

  it("takes no more memory than a schema may", () => {
    expect(text(brotliCompressSync(Buffer.alloc(90_000_000)))).toBe("HostError: it is larger than 80 MB");
  });

  it("is text that is UTF-8", () => {
    expect(text(brotliCompressSync(Buffer.from([0x7b, 0xff])))).toBe("HostError: it is not UTF-8 text");
  });
});

describe("the command line", () => {
  let directory: string;
  const path = (name: string): string => join(directory, name);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "qapi-codegen-release-"));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("generates from a release, with its name in the report", async () => {
    const { status, out, error } = await runCommand(["qga@10.2", "-o", path("out")]);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out).toMatch(/^Read qga@10\.2: 1 file, \d+ kB: 8 enums, /);
    const ping = readFileSync(path("out/commands/qapi-schema.ts"), "utf8");
    expect(ping).toMatch(
      /\/\*\*\n \* @since 0\.15\.0\n \* @see \{@link https:\/\/www\.qemu\.org\/\S+guest-ping \| .*\n.*\n \*\/\nexport function guestPing/,
    );
  });

  it("takes it in every command with a schema, and for --names", async () => {
    expect(await runCommand(["check", "qga@10.2"])).toMatchObject({ status: 0, error: "" });
    expect(await runCommand(["image", "qga@10.2", "-o", path("qga.json"), "-q"])).toMatchObject({
      status: 0,
      error: "",
    });
    const { out: answer } = await runCommand(["introspect", "qga@10.2", "--masked"]);
    writeFileSync(path("answer.json"), answer);
    const { status, error } = await runCommand([path("answer.json"), "--names", "qga@10.2", "-o", path("out"), "-q"]);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(readFileSync(path("out/types/answer.ts"), "utf8")).toContain("export interface GuestAgentInfo ");
  });

  it("takes a path with the same name for a path when it has a slash", async () => {
    mkdirSync(path("qga@10.2"));
    writeFileSync(path("qga@10.2/a.json"), "{ 'event': 'MINE' }");
    expect((await runCommand(["check", `${directory}/qga@10.2`])).out).toContain(": 1 event:");
  });

  it("says which releases there are", async () => {
    const { status, error } = await runCommand(["qemu@10.1", "-o", path("out")]);
    expect(status).toBe(1);
    expect(error).toContain("hint: there are: qemu@5.2, qemu@7.2, qemu@10.2; did you mean 'qemu@10.2'?");
    const slip = await runCommand(["quemu@10.2", "-o", path("out")]);
    expect(slip.error).toContain("hint: did you mean the release 'qemu@10.2', which comes with qapi-codegen?");
    expect(readdirSync(directory)).toEqual([]);
  });
});
