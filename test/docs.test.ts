/**
 * The documentation: every block of code in README.md and docs/ is run, compiled or compared with what is true. Each page is a story
 * that is told in a project of its own, from its first block to its last, on the built command line that `npm test` makes first.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, posix, resolve } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../generated/fixtures/machine/index.js";
import { createServer } from "../src/runtime/qmp.js";
import { check } from "../src/schema/check.js";
import { memoryHost } from "../src/schema/host.js";
import { load } from "../src/schema/load.js";
import { type Exception, EXCEPTIONS } from "./support/docs/exceptions.js";
import { type Block, blocksOf } from "./support/docs/page.js";
import { type Outcome, Project } from "./support/docs/project.js";
import { fixtureFiles } from "./support/fixtures.js";
import { RESOLUTIONS, STRICTEST } from "./support/strictest.js";

const PAGES = [
  "README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => `docs/${name}`),
];

const everything = mkdtempSync(join(tmpdir(), "qapi-docs-"));
const projects = new Map(PAGES.map((page) => [page, new Project(join(everything, basename(page, ".md")), everything)]));

beforeAll(() => {
  for (const [page, project] of projects) {
    const blocks = blocksOf(page);
    // A file that is named before it is shown is there from the beginning.
    for (const [index, { note, text }] of blocks.entries()) {
      if (note?.key !== "file") continue;
      const isNamed = blocks.slice(0, index).some((above) => above.text.includes(basename(note.value)));
      if (isNamed && !project.has(note.value)) project.write(note.value, text);
    }
    for (const block of blocks) if (isExample(block)) project.write(exampleFile(block), exampleText(block));
  }
});

afterAll(() => rmSync(everything, { recursive: true }));

/** What a block is tested as. A language that is not here fails. */
const RULES: Readonly<Record<string, (block: Block, project: Project) => Promise<void> | void>> = {
  sh: runCommands,
  console: compareSession,
  ts: runExample,
  js: parseJavaScript,
  json: readJson,
  c: needsFile,
  text: compareText,
  "": compareText,
};

describe.each(PAGES.filter((page) => blocksOf(page).length > 0))("%s", (page) => {
  const blocks = blocksOf(page);
  const project = projects.get(page);
  if (project === undefined) throw new Error("there is a project for each page");

  it.each(blocks.map((block) => [`line ${String(block.line)}`, block] as const))("%s", async (_, block) => {
    if (exceptionOf(block) !== undefined || block.note?.key.endsWith(".ts") === true) return;
    if (block.note?.key === "file") project.write(block.note.value, block.text);
    const rule = RULES[block.language];
    if (rule === undefined) throw new Error(`there is no rule for the language '${block.language}'`);
    await rule(block, project);
  });
});

it("all examples compile, against the built package and what the pages generate", async () => {
  const examples = PAGES.flatMap((page) => blocksOf(page).filter(isExample));
  expect(examples.length).toBeGreaterThan(30);
  const made = new Project(join(everything, "made"), everything);
  for (const command of Object.values(GENERATED)) await succeed(made, command);
  for (const { page, text } of examples) {
    for (const folder of Object.keys(GENERATED)) {
      const at = join(everything, basename(page, ".md"), folder);
      if (text.includes(`"./${basename(folder)}/`) && !existsSync(at)) symlinkSync(made.path(folder), at, "dir");
    }
  }
  const common = { ...RESOLUTIONS.nodenext, types: ["node"], skipLibCheck: true, lib: ["ESNext"], noEmit: true };
  // Examples have names that are exported and not used, and no explicit types.
  const strictest = { ...STRICTEST, ...common, noUnusedLocals: false, isolatedDeclarations: false };
  // JavaScript says of nothing what type it is.
  const checked = { ...common, target: "ESNext", allowJs: true, checkJs: true, strict: false };
  expect(compile("ts", strictest, examples)).toBe("");
  expect(compile("js", checked, examples)).toBe("");
});

/** What the compiler says of the examples in a language; empty when it says nothing. */
function compile(language: string, compilerOptions: object, examples: readonly Block[]): string {
  const files = examples
    .filter((block) => block.language === language)
    .map((block) => join(everything, basename(block.page, ".md"), exampleFile(block)));
  const config = join(everything, `tsconfig.${language}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const compiler = resolve("node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", config], { cwd: everything, encoding: "utf8" });
  return stdout;
}

it("all exceptions are needed", () => {
  const all = PAGES.flatMap((page) => blocksOf(page));
  for (const { page, starts } of EXCEPTIONS) {
    expect(all.filter((block) => block.page === page && block.text.startsWith(starts))).toHaveLength(1);
  }
});

/** What pages use that do not say how it is made. */
const GENERATED: Readonly<Record<string, string>> = {
  "src/qmp": "npx qapi-codegen path/to/qemu/qapi -o src/qmp --quiet",
  "src/qga": "npx qapi-codegen path/to/qemu/qga -o src/qga --quiet",
};

/** What the last block of each project did, which a block of text behind it may show. */
const outcomes = new WeakMap<Project, Outcome>();

async function succeed(project: Project, commands: string, status = 0): Promise<Outcome> {
  const outcome = await project.shell(commands);
  expect(outcome.status, `${commands}${outcome.text}`).toBe(status);
  return outcome;
}

async function runCommands({ text, note }: Block, project: Project): Promise<void> {
  outcomes.set(project, await succeed(project, text, note?.key === "status" ? Number(note.value) : 0));
}

/** A session: commands behind a `$`, each with what it prints. A monitor answers them. */
async function compareSession({ text }: Block, project: Project): Promise<void> {
  const fallback = (_: object, { command }: { readonly command: string }): object =>
    command === "query-status" ? { status: "running", singlestep: false, running: true } : {};
  await using server = await createServer(schema, {}, { validate: "none", fallback });
  mkdirSync(project.path("run"), { recursive: true });
  await server.listen(`unix:${project.path("run/vm1.qmp")}`);
  // It is not told when somebody has subscribed.
  const events = setInterval(() => server.emit("NETDEV_STREAM_DISCONNECTED", { "netdev-id": "net0" }), 20);
  try {
    const steps = text.split(/^\$ /m).slice(1);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      const end = step.indexOf("\n") + 1;
      const { text: printed } = await succeed(project, step.slice(0, end));
      expect(masked(printed)).toBe(masked(step.slice(end)));
    }
  } finally {
    clearInterval(events);
  }
}

/** It is compiled with all others, above; run if the page says so. */
async function runExample(block: Block, project: Project): Promise<void> {
  if (block.note?.key !== "run") return;
  if (block.text.includes('"./qmp/') && !project.has("src/qmp")) await succeed(project, GENERATED["src/qmp"] ?? "");
  const outcome = await project.program(exampleFile(block));
  expect(outcome.status, outcome.text).toBe(0);
  outcomes.set(project, outcome);
}

/** Whether a block is a module that somebody could write. */
function isExample(block: Block): boolean {
  if (block.language === "js") return block.text.includes("import ") && exceptionOf(block) === undefined;
  return block.language === "ts" && block.note?.key.endsWith(".ts") !== true;
}

/** An example, with as many lines above it as in the page, so that errors have the lines of the page. */
function exampleText({ line, text }: Block): string {
  return `${"\n".repeat(line)}${text}export {};\n`;
}

/** Where an example is compiled: beside the file that it is, or with the sources. */
function exampleFile({ note, line, language }: Block): string {
  return posix.join(note?.key === "file" ? dirname(note.value) : "src", `line-${String(line)}.${language}`);
}

/** The exception that a block is. */
function exceptionOf(block: Block): Exception | undefined {
  return EXCEPTIONS.find(({ page, starts }) => block.page === page && block.text.startsWith(starts));
}

/** Also what is a part of a program only. */
function parseJavaScript({ text }: Block): void {
  const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
  expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
}

/** JSON, or QAPI: a schema, or else a part of the one that examples are taken from. */
function readJson({ text }: Block): void {
  if (!/^[#{[] ?'|^#/m.test(text)) {
    JSON.parse(text);
    return;
  }
  const alone = mistakes({ "part.json": text });
  if (alone.length === 0) return;
  const whole = fixtureFiles("tour", "lamp.json")["lamp.json"] ?? "";
  const names = [...text.matchAll(/^\{ '\w+': '([^']+)'/gm)].map(([, name = ""]) => name);
  expect(names).not.toEqual([]);
  // What it defines takes the place of what the whole has under that name.
  const rest = whole.replace(/^\{ '\w+': '([^']+)'[^]*?\}(?=\n(?:\n|$))/gm, (all, name: string) =>
    names.includes(name) ? "" : all,
  );
  expect(mistakes({ "part.json": `${rest}\n${text}` })).toEqual([]);
}

function mistakes(files: Record<string, string>): readonly string[] {
  const { diagnostics } = check(load("part.json", memoryHost(files)));
  return diagnostics.map(({ message }) => message);
}

/** What only other blocks make sense of: it has to be a file that they use. */
function needsFile({ note }: Block): void {
  expect(note?.key).toBe("file");
}

/** What the block before prints, or the command that a comment names. */
async function compareText({ text, note, followsBlock }: Block, project: Project): Promise<void> {
  if (note?.key === "file") return;
  if (note?.key === "output of") {
    expect(masked((await project.shell(note.value)).text)).toContain(masked(text));
    return;
  }
  const outcome = followsBlock || note?.key === "numbers" ? outcomes.get(project) : undefined;
  if (outcome === undefined) throw new Error("it is not said what prints this");
  const form = note?.key === "numbers" ? withoutNumbers : masked;
  expect(form(outcome.text)).toBe(form(text));
}

/** Text without what differs from run to run. */
function masked(text: string): string {
  return text
    .replace(/\bin \d+ ms\b/g, "in N ms")
    .replace(/"seconds":\d+,"microseconds":\d+/g, '"seconds":N,"microseconds":N');
}

/** Text without lists of numbers, `46 files, 759 kB`: what there is none of is not in them. */
function withoutNumbers(text: string): string {
  return text.replace(/\d+ \w+(?:, \d+ \w+)*/g, "N");
}
