import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.js";

/** The built command line, which `npm test` makes first. */
const BIN = fileURLToPath(new URL("../../dist/bin/qapi-codegen.cjs", import.meta.url));
const GOOD = `
{ 'enum': 'Mood', 'data': [ 'good', { 'name': 'odd', 'if': 'CONFIG_ODD' } ] }
{ 'struct': 'State', 'data': { 'mood': 'Mood' } }
{ 'command': 'query-state', 'returns': 'State' }
{ 'event': 'STATE_CHANGED', 'data': 'State' }
`;
const BAD = "{ 'struct': 'S',\n  'data': { 'a': 'Nope' } }\n";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-cli-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line in the temporary directory, without colours unless they are asked for. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Outcome {
  const { PATH = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: directory,
    env: { PATH, ...environment },
    encoding: "utf8",
  });
  return { status, out: stdout, error: stderr };
}

function noStreams(): never {
  throw new Error("no command here wants streams");
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

function read(path: string): string {
  return readFileSync(join(directory, path), "utf8");
}

function files(path: string): readonly string[] {
  return readdirSync(join(directory, path), { recursive: true, encoding: "utf8" }).sort();
}

describe("a schema that is good", () => {
  it("is said to be read and written in two lines, and exits with 0", () => {
    put("schema.json", GOOD);
    const { status, out, error } = run(["schema.json", "-o", "out"]);
    expect(error).toBe("");
    expect(status).toBe(0);
    const count = files("out").filter((path) => path.endsWith(".ts")).length;
    expect(out).toMatch(
      new RegExp(
        `^Read schema\\.json: 1 file, ${String(GOOD.length)} bytes: 1 enum, 1 struct, 1 command, 1 event\n` +
          `Made out: ${String(count)} files, [0-9]+ (bytes|kB): ${String(count)} written, 0 unchanged, in [0-9]+ ms\n$`,
      ),
    );
    expect(read("out/types/schema.ts")).toContain("export interface State {");
  });

  it("is written where something changed only", () => {
    put("schema.json", GOOD);
    run(["schema.json", "-o", "out"]);
    const before = statSync(join(directory, "out/types/schema.ts")).mtimeMs;
    expect(run(["generate", "schema.json", "-o", "out"]).out).toMatch(/: 0 written, [0-9]+ unchanged, in /);
    expect(statSync(join(directory, "out/types/schema.ts")).mtimeMs).toBe(before);
    expect(run(["schema.json", "-o", "out", "--emit", "types"]).out).toMatch(
      /: [0-9]+ written, [0-9]+ unchanged, [0-9]+ removed, in /,
    );
    expect(files("out")).toEqual([".qapi-codegen.json", "index.ts", "types", "types/index.ts", "types/schema.ts"]);
  });

  it("can be a directory", () => {
    put("tree/qapi/qapi-schema.json", "{ 'include': 'sub/state.json' }\n");
    put("tree/qapi/sub/state.json", GOOD);
    const { status, out } = run(["tree", "-o", "out"]);
    expect(status).toBe(0);
    expect(out).toContain("Read tree/qapi/qapi-schema.json: 2 files, ");
    expect(read("out/types/sub/state.ts")).toContain("export interface State {");
  });

  it("may be empty", () => {
    put("schema.json", "");
    const { status, out } = run(["schema.json", "-o", "out"]);
    expect(status).toBe(0);
    expect(out).toContain("Read schema.json: 1 file, 0 bytes: no definitions\n");
  });

  it("may be read from above the schema's directory when --root says so", () => {
    put("common/state.json", GOOD);
    put("daemon/schema.json", "{ 'include': '../common/state.json' }\n");
    expect(run(["daemon/schema.json", "-o", "out"])).toMatchObject({ status: 1 });
    expect(run(["daemon/schema.json", "-o", "out", "--root", "."])).toMatchObject({ status: 0, error: "" });
    expect(run([join(directory, "daemon/schema.json"), "-o", "out", "--root", "."])).toMatchObject({
      status: 0,
      error: "",
    });
    expect(run(["daemon/schema.json", "-o", "out", "--root", directory])).toMatchObject({ status: 0, error: "" });
    expect(run(["daemon", "-o", "out", "--root=daemon"])).toMatchObject({ status: 1 });
  });

  it("warns of a --define that no condition names", () => {
    put("schema.json", GOOD);
    const { status, error } = run(["schema.json", "-o", "out", "--define", "CONFIG_OD=off", "--define", "CONFIG_ODD"]);
    expect({ status, error }).toEqual({
      status: 0,
      error:
        "warning: no condition of the schema names 'CONFIG_OD', so defining it changes nothing; did you mean 'CONFIG_ODD'?\n",
    });
  });

  it("is settled by --define", () => {
    put("schema.json", GOOD);
    run(["schema.json", "-o", "out"]);
    expect(read("out/types/schema.ts")).toContain("CONFIG_ODD");
    run(["schema.json", "-o", "out", "--define", "CONFIG_ODD=off"]);
    expect(read("out/types/schema.ts")).not.toContain("odd");
    run(["schema.json", "-o", "out", "--define", "CONFIG_ODD", "--define=CONFIG_OTHER=off"]);
    expect(read("out/types/schema.ts")).toContain("odd");
    expect(read("out/types/schema.ts")).not.toContain("CONFIG_ODD");
  });

  it("links to the manual at --manual", () => {
    put("schema.json", GOOD);
    run(["schema.json", "-o", "out", "--manual", "https://example.com/manual.html"]);
    expect(read("out/types/schema.ts")).toContain(
      "@see {@link https://example.com/manual.html#object-schema.State | Reference manual}\n",
    );
    expect(run(["schema.json", "-o", "out", "--manual", "none"]).status).toBe(0);
    expect(read("out/types/schema.ts")).not.toContain("@see");
  });

  it("gets identifiers that begin with --prefix, and keeps its names on the wire", () => {
    put("schema.json", GOOD);
    run(["schema.json", "-o", "out", "--prefix", "qga"]);
    expect(read("out/types/schema.ts")).toContain("export interface QgaState {");
    expect(read("out/commands/schema.ts")).toContain("export function qgaQueryState(");
    expect(read("out/commands/schema.ts")).toContain('"query-state"');
    expect(read("out/events/schema.ts")).toContain("export interface QgaStateChangedEvent {");
  });

  it("does not depend on the order in which emitters are named, or how often", () => {
    put("schema.json", GOOD);
    run(["schema.json", "-o", "a", "--emit", "types,events"]);
    run(["schema.json", "-o", "b", "--emit", "events", "--emit=types,events"]);
    expect(files("b")).toEqual(files("a"));
    expect(read("b/.qapi-codegen.json")).toBe(read("a/.qapi-codegen.json"));
  });

  it("is silent with -q, and an empty array with --format json", () => {
    put("schema.json", GOOD);
    expect(run(["schema.json", "-o", "out", "-q"])).toEqual({ status: 0, out: "", error: "" });
    expect(run(["schema.json", "-o", "out", "--format", "json"])).toEqual({ status: 0, out: "[]\n", error: "" });
  });

  it("makes people know of a stale file that was edited", () => {
    put("schema.json", GOOD);
    run(["schema.json", "-o", "out"]);
    put("out/events/schema.ts", "precious");
    const { status, error } = run(["schema.json", "-o", "out", "--emit", "types", "-q"]);
    expect(status).toBe(0);
    expect(error).toBe(
      `warning: '${join("out", "events/schema.ts")}' is no longer generated but has been edited, so it was left alone\n`,
    );
    expect(read("out/events/schema.ts")).toBe("precious");
  });
});

describe("a schema that is bad", () => {
  it("is explained on standard error, exits with 1, and nothing is written", () => {
    put("schema.json", BAD);
    const { status, out, error } = run(["schema.json", "-o", "out"]);
    expect(status).toBe(1);
    expect(out).toBe("");
    expect(error).toMatch(/^schema\.json:2:18: error\[[a-z-]+\]: .*'Nope'.*\n {3}2 \|/);
    expect(error).toMatch(/\n1 error\n$/);
    expect(existsSync(join(directory, "out"))).toBe(false);
  });

  it("leaves an earlier output as it was", () => {
    put("schema.json", GOOD);
    run(["schema.json", "-o", "out"]);
    const before = read("out/types/schema.ts");
    put("schema.json", BAD);
    expect(run(["schema.json", "-o", "out"]).status).toBe(1);
    expect(read("out/types/schema.ts")).toBe(before);
  });

  it("is a JSON array on standard output with --format json", () => {
    put("schema.json", BAD);
    const { status, out, error } = run(["schema.json", "-o", "out", "--format=json"]);
    expect(status).toBe(1);
    expect(error).toBe("");
    expect(JSON.parse(out)).toMatchObject([{ file: "schema.json", line: 2, column: 18, endLine: 2, endColumn: 24 }]);
  });

  it("may be missing", () => {
    const { status, error } = run(["nowhere.json", "-o", "out"]);
    expect(status).toBe(1);
    expect(error).toContain("error[missing-schema]: there is no schema at 'nowhere.json'");
  });

  it("cannot write to the terminal what it likes", () => {
    put("schema.json", "{ 'struct': 'S', 'data': { 'a': '\u001b]0;owned\u0007' } }\n");
    const { status, out, error } = run(["schema.json", "-o", "out"]);
    expect(status).toBe(1);
    expect(out + error).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe("an output directory that cannot be written to", () => {
  it("is explained on standard error and exits with 1", () => {
    put("schema.json", GOOD);
    put("out", "a file");
    const { status, error } = run(["schema.json", "-o", "out"]);
    expect(status).toBe(1);
    expect(error).toContain("error[output-unwritable]: cannot write to 'out': it is not a directory\n");
  });

  it("has all files of the user's named that are in the way", () => {
    put("schema.json", GOOD);
    put("out/types/schema.ts", "mine");
    put("out/index.ts", "mine");
    const { status, error } = run(["schema.json", "-o", "out"]);
    expect(status).toBe(1);
    expect(error.match(/error\[output-conflict\]/g)).toHaveLength(2);
    expect(error).toMatch(/2 errors\n$/);
    expect(files("out")).toEqual(["index.ts", "types", "types/schema.ts"]);
  });
});

describe("bad usage", () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [[], "which schema? Name a file or a directory"],
    [["generate"], "which schema? Name a file or a directory"],
    [["", "-o", "out"], "which schema? Name a file or a directory"],
    [["schema.json"], "where to? Name the output directory: -o DIR"],
    [["a.json", "b.json", "-o", "out"], "one schema at a time: 'a.json', or 'b.json'?"],
    [["chekc", "b.json"], "one schema at a time: 'chekc', or 'b.json'? (or did you mean the command 'check'?)"],
    [["a.json", "-o"], "the option '-o' needs a value: -o DIR"],
    [["a.json", "-o", "--emit", "types"], "the option '-o' needs a value: -o DIR"],
    [["a.json", "-o", ""], "the value of the option '-o' is empty"],
    [["a.json", "-o", "x", "--output=y"], "the option '--output' was given twice"],
    [["a.json", "--outptu", "x"], "unknown option '--outptu'; did you mean '--output'?"],
    [["a.json", "--no-colour"], "unknown option '--no-colour'; did you mean '--no-color'?"],
    [["a.json", "--no-quiet"], "unknown option '--no-quiet'"],
    [["a.json", "--zzzzzzzz"], "unknown option '--zzzzzzzz'"],
    [["a.json", "--__proto__"], "unknown option '--__proto__'"],
    [["a.json", "-x"], "unknown option '-x'"],
    [["a.json", "--quiet=yes"], "the option '--quiet' takes no value"],
    [["a.json", "-o", "x", "--emit", "type"], "--emit: unknown emitter 'type'; did you mean 'types'?"],
    [["a.json", "-o", "x", "--emit", "types,"], '--emit: expected a name, received "types,"'],
    [["a.json", "-o", "x", "--define", "A=yes"], "bad define 'A=yes': it takes NAME, NAME=on or NAME=off"],
    [["a.json", "-o", "x", "--define", "A", "--define", "A=off"], "'A' is defined to be both on and off"],
    [["a.json", "-o", "x", "--prefix", "9x"], "--prefix: expected what can begin an identifier, "],
    [["a.json", "-o", "x", "--manual", "manual.html"], "--manual: expected the address of a page, https://..., or"],
    [["a.json", "-o", "x", "--manual", "file:///a.html"], "--manual: expected the address of a page, https://..., or"],
    [["a.json", "-o", "x", "--format", "xml"], "unknown format 'xml': there are text and json"],
    [["a.json", "--check", "--watch", "-o", "x"], "either '--watch' or '--check'"],
    [["--dry-run", "--stdout", "a.json"], "either '--dry-run' or '--stdout'"],
    [
      ["a.json", "--stdout", "--format", "json"],
      "standard output cannot have both what --stdout and what --format json",
    ],
    [["a.json", "-o", "x", "--config", "a", "--no-config"], "either '--config' or '--no-config'"],
    [["a.json", "-o", "x", "--int64", "big"], '--int64: expected "mixed", "bigint" or "number", received "big"'],
    [
      ["a.json", "-o", "x", "--emit", "a", "--docs", "all"],
      '--docs: expected "full", "brief" or "none", received "all"; --emit: unknown emitter',
    ],
    [["a.json", "--\u001b[31m"], "unknown option '--\\x1b[31m'"],
  ];

  it.each(cases)("%j is explained in two lines and exits with 2", (args, message) => {
    const { status, out, error } = run(args);
    expect(error.split("\n")[0]).toContain(`qapi-codegen: ${message}`);
    expect(error.split("\n")[1]).toMatch(/^usage: qapi-codegen \[generate\] \[<schema> -o DIR\]/);
    expect(error.split("\n")).toHaveLength(3);
    expect(out).toBe("");
    expect(status).toBe(2);
  });

  it("takes what follows -- for a schema, whatever it looks like", () => {
    put("-q.json", GOOD);
    expect(run(["-o", "out", "--", "-q.json"])).toMatchObject({ status: 0, error: "" });
  });
});

describe("help and version", () => {
  it("are printed whatever else is asked for", () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    for (const args of [["--version"], ["generate", "-V"], ["x.json", "--version"]]) {
      expect(run(args)).toEqual({ status: 0, out: `${version}\n`, error: "" });
    }
    const help = run(["--help"]);
    expect(help).toMatchObject({ status: 0, error: "" });
    for (const word of ["<schema>", "-o, --output DIR", "--[no-]color", "-V, --version", "Exit status"]) {
      expect(help.out).toContain(word);
    }
    expect(help.out.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(run(["-h"])).toEqual(help);
  });

  it("do not mind that nobody reads them", async () => {
    const child = spawn(process.execPath, [BIN, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let error = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (error += text));
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect({ status, error }).toEqual({ status: 0, error: "" });
  });
});

describe("colours", () => {
  const ESCAPE = String.fromCharCode(27);

  it.each([
    [[], {}, false],
    [["--color"], {}, true],
    [[], { FORCE_COLOR: "1" }, true],
    [[], { FORCE_COLOR: "0" }, false],
    [["--no-color"], { FORCE_COLOR: "1" }, false],
    [["--color"], { NO_COLOR: "1" }, true],
  ] as const)("with %j and %j: %j, where standard error is no terminal", (args, environment, isColored) => {
    put("schema.json", BAD);
    expect(run(["schema.json", "-o", "out", ...args], environment).error.includes(ESCAPE)).toBe(isColored);
  });
});

describe("on a terminal", () => {
  const ESCAPE = String.fromCharCode(27);

  /** Runs the command line within this process, as if standard error were a terminal. */
  async function onTerminal(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Outcome> {
    let out = "";
    let error = "";
    const status = await main(args, {
      out(text) {
        out += text;
        return true;
      },
      error: (text) => (error += text),
      streams: noStreams,
      interruption: noStreams,
      size: noStreams,
      inIsTerminal: false,
      outIsTerminal: false,
      errorIsTerminal: true,
      environment,
    });
    return { status, out, error };
  }

  it("shows what it does in one line and takes that away at the end", async () => {
    put("schema.json", GOOD);
    const { error } = await onTerminal([join(directory, "schema.json"), "-o", join(directory, "out")]);
    expect(error.replaceAll(ESCAPE, "^")).toBe(
      "\rreading the schema ...^[K\rchecking the schema ...^[K\rmaking TypeScript ...^[K\rwriting files ...^[K\r^[K",
    );
  });

  it("takes it away before it says what is wrong, in colour", async () => {
    put("schema.json", BAD);
    const { error } = await onTerminal([join(directory, "schema.json"), "-o", join(directory, "out")]);
    expect(error.replaceAll(ESCAPE, "^")).toContain(`...^[K\r^[K^[1m${directory}/schema.json:2:18^[0m: ^[1;31merror`);
  });

  it.each([
    [{ CI: "true" }, []],
    [{ TERM: "dumb" }, []],
    [{}, ["-q"]],
  ] as const)("does not with %j and %j", async (environment, args) => {
    put("schema.json", GOOD);
    expect(
      (await onTerminal([join(directory, "schema.json"), "-o", join(directory, "out"), ...args], environment)).error,
    ).toBe("");
  });

  it.each([{ NO_COLOR: "1" }, { TERM: "dumb" }, { FORCE_COLOR: "0" }])(
    "uses no colours with %j",
    async (environment) => {
      put("schema.json", BAD);
      const { error } = await onTerminal([join(directory, "schema.json"), "-o", join(directory, "out")], {
        CI: "1",
        ...environment,
      });
      expect(error).not.toContain(ESCAPE);
    },
  );

  it("says of a bug that it is one, with a stack, and exits with 70", async () => {
    let error = "";
    const status = await main(["--help"], {
      out: () => {
        throw new TypeError("oops");
      },
      error: (text) => (error += text),
      streams: noStreams,
      interruption: noStreams,
      size: noStreams,
      inIsTerminal: false,
      outIsTerminal: false,
      errorIsTerminal: false,
      environment: {},
    });
    expect(status).toBe(70);
    expect(error).toContain("this is a bug in qapi-codegen");
    expect(error).toMatch(/\nTypeError: oops\n\s+at /);
  });
});
