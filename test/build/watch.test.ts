import { appendFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
});
