/** All of the proposal of 2011, from its text to events on a socket, in a project of a user. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check, defaultEmitters, emit, load, memoryHost } from "../../src/index.js";
import { RESOLUTIONS, STRICTEST } from "../support/strictest.js";
import { PROPOSAL } from "./proposal.js";

/** What the compiler says: nothing, if all is well. */
let said: string;
const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-proposal-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("an application with the schema of the proposal", () => {
  beforeAll(() => {
    const { schema } = check(load("proposal.json", memoryHost({ "proposal.json": PROPOSAL })));
    if (schema === undefined) throw new Error("it is no schema");
    for (const { path, text } of emit(schema, defaultEmitters)) put(`src/qmp/${path}`, text);
    put("src/app.ts", readFileSync(join(import.meta.dirname, "proposal-app.txt"), "utf8"));
    put("package.json", '{ "type": "module" }');
    for (const [name, target] of [
      ["qapi-codegen", "."],
      ["@types/node", "node_modules/@types/node"],
    ] as const) {
      const link = join(directory, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(resolve(target), link, "dir");
    }
    said = compile();
  });

  it("compiles under the strictest flags, and knows what accessors take and which events they lead to", () => {
    expect(said).toBe("");
  });

  it("serves signals, and a client that connects to one device gets its events alone", () => {
    const app = [join(directory, "out/app.js"), `unix:${join(directory, "qmp")}`];
    const { stdout, stderr } = spawnSync(process.execPath, app, { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      seen: ["ide0: stop after read", "ide1: report"],
      reasons: ["io"],
      // The new event, which has to be asked for, is not among them.
      seenByOld: ["BLOCK_IO_EVENT"],
      refused: ["ValidationError", "TypeError"],
      connections: [0, 1],
    });
  });
});

function put(path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function compile(): string {
  const compilerOptions = {
    ...STRICTEST,
    ...RESOLUTIONS.nodenext,
    types: ["node"],
    lib: ["ES2023", "ESNext.Disposable"],
    isolatedDeclarations: false,
    // Node's own declarations.
    skipLibCheck: true,
    noEmit: false,
    outDir: "out",
  };
  put("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
  return spawnSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", directory], {
    encoding: "utf8",
  }).stdout;
}
