/** What real QEMUs answer to `query-qmp-schema` is read, whole and right. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalAnswer, type Info } from "../support/canonical-answer.js";
import { runCommand } from "../support/command-line.js";
import { compileErrors } from "../support/compile.js";
import { eachQemu } from "../support/each-qemu.js";
import { askForSchema } from "../support/qemu.js";
import { readOutput } from "../support/read-output.js";

eachQemu("query-qmp-schema", 0, (qemu) => {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-qemu-"));
  const session = join(directory, "session.json");
  let answer: readonly Info[];

  beforeAll(() => {
    const text = askForSchema(qemu);
    writeFileSync(session, text);
    const line = text.split("\n").find((message) => message.includes('"meta-type"')) ?? "";
    const reply = JSON.parse(line) as { readonly return: readonly Info[] };
    answer = reply.return;
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  test("generate makes TypeScript that compiles, with every command and event", async () => {
    const output = join(directory, "out");
    const { status, error } = await runCommand(["generate", session, "-o", output, "-q"]);
    expect(error).toBe("");
    expect(status).toBe(0);
    const files = new Map(
      readdirSync(output, { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".ts"))
        .map((path) => [path, readFileSync(join(output, path), "utf8")]),
    );
    expect(compileErrors(files)).toEqual([]);
    const { commands, events } = readOutput(files);
    expect(names("command").length).toBeGreaterThan(100);
    expect([...commands.keys()].sort()).toEqual(names("command"));
    expect(names("event").length).toBeGreaterThan(30);
    expect([...events.keys()].sort()).toEqual(names("event"));
  });

  test("introspect says again what QEMU said", async () => {
    const { status, out, error } = await runCommand(["introspect", session, "--masked"]);
    expect(error).toBe("");
    expect(status).toBe(0);
    expect(canonicalAnswer(JSON.parse(out) as readonly Info[])).toEqual(canonicalAnswer(answer));
  });

  function names(metaType: string): readonly unknown[] {
    return answer
      .filter((info) => info["meta-type"] === metaType)
      .map((info) => info["name"])
      .sort();
  }
});
