import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runCommand } from "../support/command-line.js";

const MOODS = `{ 'enum': 'Mood', 'data': [ 'good', { 'name': 'odd', 'if': 'CONFIG_ODD' } ] }
{ 'command': 'query-moods', 'returns': [ 'Mood' ] }
{ 'event': 'MOOD_CHANGED', 'data': { 'to': 'Mood' } }
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-introspect-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function put(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

it("prints what QEMU would answer, an entry a line", async () => {
  expect(await runCommand(["introspect", put("moods.json", MOODS)])).toEqual({
    status: 0,
    error: "",
    out: `[
  {"name":"query-moods","meta-type":"command","arg-type":"q_empty","ret-type":"[Mood]"},
  {"name":"MOOD_CHANGED","meta-type":"event","arg-type":"q_obj_MOOD_CHANGED-arg"},
  {"name":"q_empty","meta-type":"object","members":[]},
  {"name":"[Mood]","meta-type":"array","element-type":"Mood"},
  {"name":"Mood","meta-type":"enum","members":[{"name":"good"},{"name":"odd"}],"values":["good","odd"]},
  {"name":"q_obj_MOOD_CHANGED-arg","meta-type":"object","members":[{"name":"to","type":"Mood"}]}
]
`,
  });
});

it("masks the names of types, and leaves out what is off", async () => {
  const { out, status } = await runCommand([
    "introspect",
    put("moods.json", MOODS),
    "--masked",
    "--define",
    "CONFIG_ODD=off",
  ]);
  expect(status).toBe(0);
  expect(out).toContain('{"name":"1","meta-type":"enum","members":[{"name":"good"}],"values":["good"]}');
  expect(out).not.toContain("Mood");
});

it("prints an empty list for a schema without commands and events", async () => {
  expect((await runCommand(["introspect", put("empty.json", "{ 'enum': 'Mood', 'data': [ 'good' ] }")])).out).toBe(
    "[]\n",
  );
});

it("warns of a --define that no condition names", async () => {
  const { error, status } = await runCommand(["introspect", put("moods.json", MOODS), "--define", "CONFIG_OD"]);
  expect(status).toBe(0);
  expect(error).toBe(
    "warning: no condition of the schema names 'CONFIG_OD', so defining it changes nothing; did you mean 'CONFIG_ODD'?\n",
  );
});

it("says what is wrong with a schema, and what comes of switching off what is needed", async () => {
  const bad = await runCommand(["introspect", put("bad.json", "{ 'event': 'E', 'data': 'Missing' }")]);
  expect(bad.status).toBe(1);
  expect(bad.out).toBe("");
  expect(bad.error).toContain("error[undefined-type]");
  const needed = `{ 'enum': 'Mood', 'data': [ 'good' ], 'if': 'CONFIG_MOOD' }\n{ 'event': 'E', 'data': { 'm': 'Mood' } }`;
  const off = await runCommand(["introspect", put("needed.json", needed), "--define", "CONFIG_MOOD=off"]);
  expect(off.status).toBe(1);
  expect(off.error).toContain("error[undefined-type]");
});

it("makes what generate reads, which names masked types as --names has them", async () => {
  const moods = put("moods.json", MOODS);
  const answer = put("answer.json", (await runCommand(["introspect", moods, "--masked"])).out);
  const types = async (...args: readonly string[]): Promise<string> => {
    const output = join(directory, `out${String(args.length)}`);
    expect(await runCommand(["generate", answer, "-o", output, "--emit", "types", ...args])).toMatchObject({
      status: 0,
      error: "",
    });
    return readFileSync(join(output, "types/answer.ts"), "utf8");
  };
  expect(await types()).toContain("export type MoodInfo =");
  expect(await types("--names", moods)).toContain("export type Mood =");
});

it("says what is wrong with the schema of --names", async () => {
  const answer = put("answer.json", (await runCommand(["introspect", put("moods.json", MOODS)])).out);
  const names = put("names.json", "{ 'event': 'E', 'data': 'Missing' }");
  const { status, error } = await runCommand(["generate", answer, "-o", join(directory, "out"), "--names", names]);
  expect(status).toBe(1);
  expect(error).toContain("names.json:1:25: error[undefined-type]");
  expect((await runCommand(["check", answer, "--names", join(directory, "none.json")])).out).toContain(
    "error[missing-schema]",
  );
});
