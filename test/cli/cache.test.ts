/**
 * The executable as it is built, which says that there is nothing to do without loading the rest of itself. Whether it loads that
 * is seen by putting something else in its place.
 */
import { execFileSync } from "node:child_process";
import {
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const BIN = fileURLToPath(new URL("../../dist/bin/", import.meta.url));

const FILES = {
  "schema/a.json": "{ 'include': 'sub/b.json' }\n{ 'struct': 'A', 'data': { 'b': 'B' } }\n",
  "schema/sub/b.json": "{ 'enum': 'B', 'data': [ 'one', 'two' ] }\n",
  "schema/c.json": "{ 'event': 'C', 'if': 'CONFIG_C' }\n",
  "defines.txt": "CONFIG_C=on\n",
  "package.json": "{}",
};
const ARGS = ["schema", "-o", "out", "--defines", "defines.txt"];

let top: string;
/** Where the command line is run, and what it was like behind the first run. */
let project: string;
let pristine: string;
/** The executables: the real one, and one that only says `MISS` when it loads the rest of itself. */
let real: string;
let probe: string;
/** The environment, which has the cache in the project. */
const environment: Record<string, string> = {};

beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-cache-")));
  project = join(top, "project");
  pristine = join(top, "pristine");
  real = join(BIN, "qapi-codegen.cjs");
  probe = join(top, "bin/qapi-codegen.cjs");
  mkdirSync(dirname(probe));
  copyFileSync(real, probe);
  writeFileSync(join(dirname(probe), "cli.cjs"), 'process.stdout.write("MISS")');
  environment["QAPI_CODEGEN_CACHE"] = join(project, "cache");
  for (const [path, text] of Object.entries(FILES)) put(path, text);
  expect(run(real)).toContain("written, 0 unchanged");
  cpSync(project, pristine, { recursive: true });
});

beforeEach(() => {
  rmSync(project, { recursive: true });
  cpSync(pristine, project, { recursive: true });
});

afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), content);
}

function edit(path: string, change: (text: string) => string): void {
  const file = join(project, path);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

/** What an executable prints. Nothing goes to standard error. */
function run(executable: string, args: readonly string[] = ARGS, cwd = project, extra: NodeJS.ProcessEnv = {}): string {
  const env = { ...process.env, ...environment, ...extra };
  const options = { cwd, env, encoding: "utf8", stdio: "pipe", timeout: 60_000 } as const;
  return execFileSync(process.execPath, [executable, ...args], options);
}

/** The only record, relative to the project. */
function record(): string {
  const [name = "", ...others] = recordsIn(join(project, "cache"));
  expect(others).toEqual([]);
  return `cache/${name}`;
}

describe("nothing changed", () => {
  it("is seen at once, by content: every file is a new one", () => {
    expect(run(probe)).toMatch(
      /^Read schema\/a\.json, schema\/c\.json: 3 files, \d+ bytes: .*\nMade out: \d+ files, .*: 0 written, \d+ unchanged, in \d+ ms\n$/,
    );
  });

  it("says what a whole run would say, but for the time", () => {
    const timeless = (text: string): string => text.replace(/in \d+ ms/, "");
    expect(timeless(run(probe))).toBe(timeless(run(real, ARGS, project, { QAPI_CODEGEN_CACHE: "off" })));
  });

  it("is seen of a release of QEMU, though what is read is compressed", () => {
    const args = ["qga@10.2", "-o", "qga"];
    expect(run(real, args)).toContain(" 0 unchanged");
    expect(run(probe, args)).toContain(" 0 written");
  });

  it("is nothing to speak of where that was asked for", () => {
    run(real, [...ARGS, "--quiet"]);
    expect(run(probe, [...ARGS, "--quiet"])).toBe("");
  });
});

describe("what matters is seen", () => {
  const changes: Readonly<Record<string, () => void>> = {
    "a schema": () => put("schema/a.json", "{ 'enum': 'A', 'data': [] }\n"),
    "a file that is included": () => put("schema/sub/b.json", "{ 'enum': 'B', 'data': [ 'one' ] }\n"),
    "one letter, while size and time are the same": () => {
      const file = join(project, "schema/sub/b.json");
      const { atime, mtime } = statSync(file);
      edit("schema/sub/b.json", (text) => text.replace("two", "too"));
      utimesSync(file, atime, mtime);
    },
    "a file that is gone": () => rmSync(join(project, "schema/sub/b.json")),
    "a file that nobody can read to its end": () => {
      rmSync(join(project, "schema/c.json"));
      execFileSync("mkfifo", [join(project, "schema/c.json")]);
    },
    "one more root file": () => put("schema/d.json", ""),
    "a file that would be preferred": () => put("schema/qapi-schema.json", ""),
    "another root of the tree": () => put("qapi/qapi-schema.json", ""),
    "what is defined": () => put("defines.txt", "CONFIG_C=off\n"),
    "an output that was edited": () => edit("out/index.ts", (text) => `${text}\n`),
    "an output that was edited to the same size": () => edit("out/types/a.ts", (text) => text.replace("A", "X")),
    "an output that is gone": () => rmSync(join(project, "out/types/a.ts")),
    "all of the output gone": () => rmSync(join(project, "out"), { recursive: true }),
    "a directory in the place of an output": () => {
      rmSync(join(project, "out/types/a.ts"));
      mkdirSync(join(project, "out/types/a.ts"));
    },
    "a link in the place of an output": () => {
      renameSync(join(project, "out/types/a.ts"), join(project, "a.ts"));
      symlinkSync(join(project, "a.ts"), join(project, "out/types/a.ts"));
    },
    "a link in the place of a folder": () => {
      renameSync(join(project, "out/types"), join(project, "types"));
      symlinkSync(join(project, "types"), join(project, "out/types"));
    },
    "a file that was not there": () => put("out/types/stray.ts", ""),
    "a folder that was not there": () => mkdirSync(join(project, "out/stray")),
    "a manifest that is gone": () => rmSync(join(project, "out/.qapi-codegen.json")),
    "a manifest of a run that was cut off": () =>
      edit("out/.qapi-codegen.json", (text) => text.replace(/\}\s*$/, ', "pending": { "x.ts": "" } }')),
  };
  it.each(Object.entries(changes))("%s", (_, change) => {
    change();
    expect(run(probe)).toBe("MISS");
  });

  it("other arguments, in another order as well", () => {
    expect(run(probe, [...ARGS, "--docs", "none"])).toBe("MISS");
    expect(run(probe, [...ARGS.slice(1, 3), "schema", ...ARGS.slice(3)])).toBe("MISS");
    expect(run(probe, [...ARGS, "--no-cache"])).toBe("MISS");
  });

  it("another directory, though the same files are there", () => {
    const other = join(top, "other");
    cpSync(project, other, { recursive: true });
    expect(run(probe, ARGS, other)).toBe("MISS");
    rmSync(other, { recursive: true });
  });

  it("another build of qapi-codegen", () => {
    const launcher = readFileSync(probe, "utf8");
    const [build = ""] = /[0-9a-f]{64}/.exec(launcher) ?? [];
    const other = join(dirname(probe), "other.cjs");
    writeFileSync(
      other,
      launcher.replace(
        build,
        build.replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
      ),
    );
    expect(run(other)).toBe("MISS");
  });

  it("that it is turned off", () => {
    expect(run(probe, ARGS, project, { QAPI_CODEGEN_CACHE: "off" })).toBe("MISS");
  });
});

describe("a record that is no good", () => {
  const changes: Readonly<Record<string, (path: string) => void>> = {
    empty: (path) => truncateSync(join(project, path)),
    "cut off": (path) => truncateSync(join(project, path), 1000),
    "random bytes": (path) =>
      put(
        path,
        Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251),
      ),
    huge: (path) => truncateSync(join(project, path), 5_000_000),
    "a directory": (path) => {
      rmSync(join(project, path));
      mkdirSync(join(project, path));
    },
    "a pipe": (path) => {
      rmSync(join(project, path));
      execFileSync("mkfifo", [join(project, path)]);
    },
    null: (path) => put(path, "null"),
    "of another run": (path) => edit(path, (text) => text.replace("defines.txt", "defines.txd")),
    "of another shape": (path) => edit(path, (text) => text.replace('"folders":[', '"folders":[7,')),
    "without its text": (path) => edit(path, (text) => text.replace('"text":', '"tex":')),
  };
  it.each(Object.entries(changes))("is none: %s", (_, change) => {
    change(record());
    expect(run(probe)).toBe("MISS");
    // And does no harm.
    expect(run(real)).toContain("0 written");
  });

  // Only the superuser can give files away.
  it.runIf(process.getuid?.() === 0)("is none: somebody else's", () => {
    chownSync(join(project, record()), 12_345, 12_345);
    expect(run(probe)).toBe("MISS");
  });

  it("cannot send anything but text to a terminal", () => {
    edit(record(), (text) => text.replace("Read schema", "Read \\u001b[31m\\u202eschema"));
    expect(run(probe)).toMatch(/^Read \\x1b\[31m\\u202eschema.*\nMade/);
  });
});

describe("records", () => {
  it("are not kept where they cannot be, and nobody is told", () => {
    const cache = join(project, "package.json", "cache");
    expect(run(real, ARGS, project, { QAPI_CODEGEN_CACHE: cache })).toContain("0 written");
    expect(run(probe, ARGS, project, { QAPI_CODEGEN_CACHE: cache })).toBe("MISS");
  });

  it("are in the node_modules of the nearest package, if it has one, else where the user's caches are", () => {
    const cache = join(project, "users");
    const where = { QAPI_CODEGEN_CACHE: undefined, XDG_CACHE_HOME: cache };
    run(real, ARGS, project, where);
    expect(recordsIn(join(cache, "qapi-codegen"))).toHaveLength(1);
    mkdirSync(join(project, "node_modules"));
    run(real, ARGS, project, where);
    expect(recordsIn(join(project, "node_modules/.cache/qapi-codegen"))).toHaveLength(1);
    expect(run(probe, ARGS, project, where)).toContain("0 written");
  });

  it("are few: the oldest go", () => {
    const nameOf = (number: number): string => `cache/${String(number).padStart(8, "0")}.json`;
    for (let number = 0; number < 60; number++) {
      put(nameOf(number), "");
      utimesSync(join(project, nameOf(number)), number, number);
    }
    run(real, [...ARGS, "--quiet"]);
    const names = recordsIn(join(project, "cache"));
    expect(names).toHaveLength(50);
    expect(names).not.toContain(basename(nameOf(0)));
    expect(names).toContain(basename(nameOf(59)));
    expect(run(probe, [...ARGS, "--quiet"])).toBe("");
  });

  it.each([
    ["with emitters of others", ["schema/a.json", "-o", "out2", "--emitter", "./mine.mjs"]],
    ["that ends with a warning", ["schema/a.json", "-o", "out2", "--define", "NOBODY", "--quiet"]],
    ["that fails", ["defines.txt", "-o", "out2"]],
  ])("are not made of a run %s", (_, args) => {
    put("mine.mjs", "export default { name: 'mine', emit() {} };");
    rmSync(join(project, "cache"), { recursive: true });
    try {
      run(real, args);
    } catch {
      // It fails.
    }
    expect(recordsIn(join(project, "cache"))).toEqual([]);
    expect(existsSync(join(project, "out2"))).toBe(args[0] === "schema/a.json");
  });
});

/** The names of records in a directory, in which there may be something else. */
function recordsIn(directory: string): readonly string[] {
  return (existsSync(directory) ? readdirSync(directory) : []).filter((name) => name.endsWith(".json"));
}
