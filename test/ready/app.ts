/** An application in a project of its own that has installed the package, which `npm test` has built. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { RESOLUTIONS, STRICTEST } from "../support/strictest.js";

export const PROJECT: string = join(import.meta.dirname, "../..");

/** A project with the application for a release. */
export class App {
  readonly #directory: string = mkdtempSync(join(tmpdir(), "qapi-codegen-ready-"));

  constructor(release: string) {
    const source = readFileSync(join(import.meta.dirname, "app.txt"), "utf8").replaceAll("RELEASE", release);
    mkdirSync(join(this.#directory, "node_modules/@types"), { recursive: true });
    symlinkSync(PROJECT, join(this.#directory, "node_modules/qapi-codegen"), "dir");
    symlinkSync(join(PROJECT, "node_modules/@types/node"), join(this.#directory, "node_modules/@types/node"), "dir");
    this.#write("package.json", { type: "module" });
    this.#write("src/app.ts", source);
  }

  /** Compiles it. @returns what the compiler says: nothing, if all is well. */
  compile(resolution: keyof typeof RESOLUTIONS): string {
    const compilerOptions = {
      ...STRICTEST,
      ...RESOLUTIONS[resolution],
      types: ["node"],
      lib: ["ES2023"],
      isolatedDeclarations: false,
      // Node's own declarations; those of the package are looked at by themselves.
      skipLibCheck: true,
      noEmit: false,
      outDir: "out",
    };
    this.#write("tsconfig.json", { compilerOptions, include: ["src"] });
    const tsc = join(PROJECT, "node_modules/typescript/bin/tsc");
    return spawnSync(process.execPath, [tsc, "-p", this.#directory], { encoding: "utf8" }).stdout;
  }

  /** Runs it against a QEMU. @returns what it has printed. */
  async run(address: string): Promise<unknown> {
    const app = spawn(process.execPath, [join(this.#directory, "out/app.js"), address]);
    const [out, error] = await Promise.all([text(app.stdout), text(app.stderr), once(app, "close")]);
    if (app.exitCode !== 0) throw new Error(`the application ended with ${String(app.exitCode)}: ${error}`);
    return JSON.parse(out);
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true });
  }

  #write(path: string, content: string | object): void {
    mkdirSync(join(this.#directory, path, ".."), { recursive: true });
    writeFileSync(join(this.#directory, path), typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** What the application prints of a QEMU whose machine waits to be started. */
export function seenOf(version: string): object {
  return {
    version,
    isWaiting: true,
    machines: true,
    refused: "ValidationError: netdev_add: its arguments are not as the schema says: id: expected a string, received 5",
    reason: "host-qmp-quit",
    netdevs: [true, false],
    issue: 'hubid: expected an integer from -2147483648 to 2147483647, received "1"',
    problems: [],
  };
}
