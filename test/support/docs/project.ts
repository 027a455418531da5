/**
 * The project of somebody who reads a page: what is in it when the page begins, and how what the page says is done in it.
 *
 * Things that readers have and a test has not are stood in for: `path/to/qemu` is a tree with the schemas of fixtures/, `npx`, `npm` and
 * `qemu-system-x86_64` are programs of a few lines. `qapi-codegen` is the built one, and so is the package that is imported.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const BIN = resolve("dist/bin/qapi-codegen.cjs");

/** Packages that readers are told to install. */
const PACKAGES = ["@types/node", "esbuild", "vite", "zod"];

const PROGRAMS: Readonly<Record<string, string>> = {
  "qapi-codegen": `exec "${process.execPath}" "${BIN}" "$@"`,
  // Packages are there already: nothing is loaded from elsewhere.
  npx: `[ "$1" = qapi-codegen ] || { echo "npx: there is no stand-in for $1" >&2; exit 1; }
"$@"`,
  // What npm would do takes minutes, and other tests do it. That a script is there which the reader is told to run is what is tested.
  npm: `case "$1 $2" in
"ci "|"test "|"install -D"|"install qapi-codegen") ;;
"run "*) grep -qF "\\"$2\\":" package.json "${resolve("package.json")}" || { echo "there is no script $2" >&2; exit 1; } ;;
*) echo "npm: there is no stand-in for $*" >&2; exit 1 ;;
esac`,
  // It is asked for its schema, and nothing else.
  "qemu-system-x86_64": `[ "\${*: -2}" = "-qmp stdio" ] || { echo "qemu: there is no stand-in for $*" >&2; exit 1; }
cat >/dev/null
echo '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 0, "major": 10}, "package": ""}, "capabilities": ["oob"]}}'
echo '{"return": {}}'
echo "{\\"return\\": $(qapi-codegen introspect path/to/qemu/qapi --masked | tr '\\n' ' ')}"
echo '{"return": {}}'`,
};

/** What a program did. */
export interface Outcome {
  readonly status: number | null;
  /** Standard output and standard error, in the order in which they came. */
  readonly text: string;
}

export class Project {
  readonly directory: string;

  /** @param directory - That of the project, which is made; `shared` is one for all. */
  constructor(directory: string, shared: string) {
    this.directory = directory;
    mkdirSync(join(directory, "src"), { recursive: true });
    writeFileSync(join(directory, "package.json"), '{ "name": "of-a-reader", "type": "module", "scripts": {} }\n');
    for (const [fixture, as] of [
      ["machine", "path/to/qemu/qapi"],
      ["net", "path/to/qemu/net"],
      ["agent", "path/to/qemu/qga"],
      ["tour", "fixtures/tour"],
    ] as const) {
      cpSync(`fixtures/${fixture}`, join(directory, as), { recursive: true });
    }
    if (existsSync(join(shared, "bin"))) return;
    for (const [name, script] of Object.entries(PROGRAMS)) {
      mkdirSync(join(shared, "bin"), { recursive: true });
      writeFileSync(join(shared, "bin", name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 });
    }
    for (const name of PACKAGES) {
      mkdirSync(dirname(join(shared, "node_modules", name)), { recursive: true });
      symlinkSync(resolve("node_modules", name), join(shared, "node_modules", name), "dir");
    }
    symlinkSync(resolve("."), join(shared, "node_modules/qapi-codegen"), "dir");
  }

  /** Writes a file. */
  write(path: string, text: string): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** The whole path of a file. */
  path(name: string): string {
    return join(this.directory, name);
  }

  /** Whether there is a file. */
  has(path: string): boolean {
    return existsSync(this.path(path));
  }

  /** Runs commands of a shell, up to the first that fails. Paths that begin with `/run/` are in the project. */
  async shell(commands: string): Promise<Outcome> {
    const here = commands.replaceAll("/run/", `${this.directory}/run/`);
    mkdirSync(join(this.directory, "run"), { recursive: true });
    return this.#run("bash", ["-e", "-u", "-o", "pipefail", "-c", here]);
  }

  /** Runs a file of TypeScript. */
  async program(path: string): Promise<Outcome> {
    const outfile = join(this.directory, `${path}.mjs`);
    await build({
      entryPoints: [join(this.directory, path)],
      outfile,
      bundle: true,
      packages: "external",
      format: "esm",
      target: "node20",
    });
    return this.#run(process.execPath, [outfile]);
  }

  async #run(command: string, args: readonly string[]): Promise<Outcome> {
    const path = [join(this.directory, "../bin"), process.env["PATH"]].join(delimiter);
    // What is kept for a user is kept in the project.
    const home = { XDG_CACHE_HOME: this.path(".cache"), XDG_STATE_HOME: this.path(".state") };
    const child = spawn(command, args, {
      cwd: this.directory,
      env: { ...process.env, ...home, PATH: path, FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (more: string) => (text += more));
    const status = await new Promise<number | null>((settle, reject) => {
      child.on("error", reject).on("close", settle);
    });
    return { status, text };
  }
}
