/** The command line, killed at any time while it writes: what it leaves is of the old output or of the new one. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileErrors } from "../support/compile.js";
import { allFiles, generationOf, visibleFiles, type Texts } from "../support/generation.js";

const BIN = resolve("dist/bin/qapi-codegen.cjs");
const KILLS = 50;
const MODULES = 12;
const STAGING = /^\.qapi-codegen-.*\.tmp$/;

let top: string;
let output: string;
let before: Texts;
let after: Texts;

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-killed-"));
  output = join(top, "out");
  before = generated("before", "str");
  after = generated("after", "int");
});

afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

/** The output for a schema of a dozen modules, all of which have members of a type. */
function generated(name: string, type: string): Texts {
  const schema = join(top, name);
  mkdirSync(schema);
  const modules = Array.from({ length: MODULES }, (_, index) => `module-${String(index)}`);
  const include = modules.map((module) => `{ 'include': '${module}.json' }\n`).join("");
  writeFileSync(join(schema, "qapi-schema.json"), include);
  modules.forEach((module, index) => {
    const id = String(index);
    const gone = name === "before" ? `{ 'event': 'GONE_${id}', 'data': { 'x': '${type}' } }\n` : "";
    writeFileSync(
      join(schema, `${module}.json`),
      `{ 'struct': 'Thing${id}', 'data': { 'value': '${type}', '*more': ['${type}'] } }\n` +
        `{ 'command': 'change-${id}', 'data': 'Thing${id}', 'returns': 'Thing${id}' }\n${gone}`,
    );
  });
  const place = join(top, `${name}-output`);
  const { status, stderr } = spawnSync(process.execPath, [BIN, schema, "-o", place, "-q"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return allFiles(place);
}

/** Whether a run has begun to write: its staging directory is there. */
function isWriting(): boolean {
  return readdirSync(output).some((name) => STAGING.test(name));
}

/** Makes the new output over the old one; kills that `delay` ms after it has begun to write. How long it wrote, in ms. */
async function run(delay: number): Promise<number> {
  const child = spawn(process.execPath, [BIN, join(top, "after"), "-o", output, "-q"], { stdio: "ignore" });
  const exit = once(child, "exit");
  // A timer is not exact enough for what takes a few milliseconds.
  const giveUp = performance.now() + 60_000;
  while (!isWriting()) if (performance.now() > giveUp) throw new Error("it does not write");
  const begin = performance.now();
  while (performance.now() < begin + delay && isWriting());
  const time = performance.now() - begin;
  child.kill("SIGKILL");
  await exit;
  return time;
}

function startOver(): void {
  rmSync(output, { recursive: true, force: true });
  cpSync(join(top, "before-output"), output, { recursive: true });
}

test(
  `killed ${String(KILLS)} times while it writes, it leaves no mix, and the next run makes the new output`,
  { timeout: 600_000 },
  async () => {
    const times: number[] = [];
    for (let count = 0; count < 3; count++) {
      startOver();
      times.push(await run(Infinity));
    }
    const typical = Math.max(...times);
    const left: Record<string, number> = {};
    let cutOff = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      startOver();
      const delay = Math.random() * typical;
      await run(delay);
      if (isWriting()) cutOff++;
      const files = visibleFiles(output);
      const generation = generationOf(files, withoutManifest(before), withoutManifest(after));
      const whole = Object.keys(withoutManifest(generation === "before" ? before : after)).length;
      const state = Object.keys(files).length === whole ? generation : `part of ${generation}`;
      left[state] = (left[state] ?? 0) + 1;
      expect(generation, `killed after ${String(delay)} ms`).not.toBe("mixed");
      const { status, stderr } = spawnSync(process.execPath, [BIN, join(top, "after"), "-o", output, "-q"], {
        encoding: "utf8",
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(allFiles(output)).toEqual(after);
    }
    console.log(`of ${String(KILLS)} kills, ${String(cutOff)} while it wrote; left were: ${JSON.stringify(left)}`);
    expect(cutOff).toBeGreaterThan(0);
  },
);

test("a mix is what must not be left: it compiles, and is wrong; a part does not compile", () => {
  const isType = (path: string): boolean => path.startsWith("types/");
  const old = Object.entries(withoutManifest(before)).filter(([path]) => !isType(path));
  const mix = { ...Object.fromEntries(old), ...pick(after, isType) };
  expect(generationOf(mix, before, after)).toBe("mixed");
  expect(compileErrors(new Map(Object.entries(mix)))).toEqual([]);
  const part = pick(after, (path) => !path.startsWith(".") && path !== "types/module-3.ts");
  expect(compileErrors(new Map(Object.entries(part))).join("\n")).toContain("Cannot find module");
});

test("runs at the same time leave the output of one of them", async () => {
  for (let round = 0; round < 5; round++) {
    startOver();
    const runs = ["before", "after", "before", "after"].map((name) =>
      spawn(process.execPath, [BIN, join(top, name), "-o", output, "-q"], { stdio: "ignore" }),
    );
    const ends = await Promise.all(runs.map((child) => once(child, "exit")));
    expect(ends.map(([status]): unknown => status)).toEqual([0, 0, 0, 0]);
    expect([before, after]).toContainEqual(allFiles(output));
  }
});

function withoutManifest(texts: Texts): Texts {
  return pick(texts, (path) => !path.startsWith("."));
}

function pick(texts: Texts, isWanted: (path: string) => boolean): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([path]) => isWanted(path)));
}
