import { appendFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Builder } from "../../src/build/builder.js";
import type { GenerateResult } from "../../src/build/generate.js";
import { watch } from "../../src/build/watch.js";
import { emitters } from "../../src/emitters/index.js";

let directory: string;
let controller: AbortController;
let ended: Promise<string>;
/** What has been told and not been asked for yet. */
let results: GenerateResult[];
let wake: () => void;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-watch-"));
  controller = new AbortController();
  results = [];
  wake = () => undefined;
});

afterEach(async () => {
  controller.abort();
  await ended;
  rmSync(directory, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  mkdirSync(join(directory, path, ".."), { recursive: true });
  writeFileSync(join(directory, path), text);
}

function start(schema = "schema.json", output = "out", restartOn: readonly string[] = []): void {
  const options = { schema: join(directory, schema), output: join(directory, output), emitters: [emitters.types] };
  ended = watch([new Builder(options)], {
    signal: controller.signal,
    restartOn: restartOn.map((path) => join(directory, path)),
    onResult: (_, result) => {
      results.push(result);
      wake();
    },
  });
}

/** The next result, in short: what was written, or the codes of what is wrong. */
async function next(): Promise<readonly string[]> {
  while (results.length === 0) await new Promise<void>((resolve) => (wake = resolve));
  const result = results.shift();
  if (result === undefined) return [];
  return result.ok ? result.write.written : result.diagnostics.map(({ code }) => code);
}

const ENUM = "{ 'enum': 'E', 'data': [ 'a' ] }\n";

describe("watch", () => {
  it("runs at once, and again for each save", async () => {
    put("schema.json", ENUM);
    start();
    expect(await next()).toEqual(["index.ts", "types/index.ts", "types/schema.ts"]);
    put("schema.json", ENUM.replace("'a'", "'a', 'b'"));
    expect(await next()).toEqual(["types/schema.ts"]);
    put("new", ENUM);
    renameSync(join(directory, "new"), join(directory, "schema.json"));
    expect(await next()).toEqual(["types/schema.ts"]);
    put("schema.json", ENUM.replace("'a'", "'z'"));
    expect(await next()).toEqual(["types/schema.ts"]);
  });

  it("waits for what is missing: an include in a folder that is not there, the schema itself", async () => {
    start();
    expect(await next()).toEqual(["missing-schema"]);
    put("schema.json", "{ 'include': 'a/b/c.json' }\n");
    expect(await next()).toEqual(["unreadable-file"]);
    put("a/b/c.json", ENUM);
    expect(await next()).toContain("types/a/b/c.ts");
    rmSync(join(directory, "a"), { recursive: true });
    expect(await next()).toEqual(["unreadable-file"]);
    put("a/b/c.json", `${ENUM}{ 'enum': 'F', 'data': [] }\n`);
    expect(await next()).toEqual(["types/a/b/c.ts"]);
  });

  it("sees the mistake and its end", async () => {
    put("schema.json", ENUM);
    start();
    await next();
    appendFileSync(join(directory, "schema.json"), "{ 'struct': 'S', 'data': { 'a': 'Nope' } }\n");
    expect(await next()).toEqual(["undefined-type"]);
    put("schema.json", ENUM);
    expect(await next()).toEqual([]);
  });

  it("ends for a restart", async () => {
    put("schema.json", ENUM);
    start("schema.json", "out", ["qapi.config.json"]);
    await next();
    put("qapi.config.json", "{}");
    expect(await ended).toBe("restart");
    expect(existsSync(join(directory, "out/index.ts"))).toBe(true);
  });

  it("is not started by its own output in a directory that is watched, nor by files that are no schemas", async () => {
    put("qapi/a.json", ENUM);
    start("qapi", "qapi/out");
    await next();
    put("qapi/out/mine.txt", "");
    put("qapi/notes.txt", "");
    put("qapi/b.json", ENUM.replace("'E'", "'F'"));
    expect(await next()).toContain("types/b.ts");
    put("qapi/a.json", "");
    expect(await next()).toContain("types/index.ts");
    expect(results).toEqual([]);
  });

  it("makes one run of many changes at once, and says nothing of what was half saved", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `s${String(index)}.json`);
    put("schema.json", names.map((name) => `{ 'include': '${name}' }\n`).join(""));
    for (const [index, name] of names.entries()) put(name, ENUM.replace("'E'", `'E${String(index)}'`));
    start();
    await next();
    for (const [index, name] of names.entries()) {
      put(name, "{ 'enum'");
      put(name, ENUM.replace("'E'", `'F${String(index)}'`));
    }
    expect((await next()).filter((path) => path.startsWith("types/s"))).toHaveLength(10);
    put("s0.json", ENUM);
    expect(await next()).toContain("types/s0.ts");
    expect(results).toEqual([]);
  });

  it("leaves nothing open, and says nothing more when it has ended", async () => {
    const watchers = (): number => process.getActiveResourcesInfo().filter((name) => name === "FSEventWrap").length;
    // The system takes back what was closed when it gets round to it.
    const expectNone = (): Promise<void> => vi.waitFor(() => expect(watchers()).toBe(0));
    await expectNone();
    put("schema.json", ENUM);
    start();
    await next();
    expect(watchers()).toBeGreaterThan(0);
    controller.abort();
    expect(await ended).toBe("aborted");
    put("schema.json", "");
    await expectNone();
    expect(results).toEqual([]);
  });
});
