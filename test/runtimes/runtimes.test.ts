/**
 * Generated code in runtimes and bundlers other than the one that all other tests run in: an application made with each
 * output prints what it should, or cannot run for the reason that is known; and so does the client. `npm run runtimes` installs them.
 */
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applicationText, PRINTED } from "../support/application.js";
import { OUTPUTS, PROGRAMS, RUNTIMES, type Command, type Output } from "./runtimes.js";

const ROOT = join(import.meta.dirname, "../..");

describe.each(OUTPUTS)("%s", (output) => {
  let directory = "";
  let app = "";
  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-runtimes-")));
    app = makeApplication(directory, output);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test.each(RUNTIMES.map((runtime) => [runtime.name, runtime] as const))("%s", (_, runtime) => {
    const { status, stdout, stderr } = runAll(runtime.commands(directory, app), directory);
    const refusal = runtime.refuses[output];
    if (refusal === undefined) {
      expect(status, stderr).toBe(0);
      expect(stdout.trimEnd().split("\n")).toEqual(PRINTED);
    } else {
      expect(stderr).toMatch(refusal);
      expect(status).not.toBe(0);
    }
  });
});

describe("the client", () => {
  test.each(PROGRAMS.map((program) => [program.name, program] as const))("%s", (_, { command }) => {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-runtimes-")));
    const entry = pathToFileURL(join(ROOT, "dist/runtime/qmp.js")).href;
    const program = command(join(import.meta.dirname, "client.js"));
    const { status, stdout, stderr } = run([...program, entry, directory], directory);
    rmSync(directory, { recursive: true });
    expect(status, stderr).toBe(0);
    const printed = ["öffen true me QmpError CommandNotFound", "waiting"];
    expect(stdout.trimEnd().split("\n")).toEqual([...printed, ...printed]);
  });
});

/** Writes a project, with generated code in the folder `qmp`, and gives the path of its application. */
function makeApplication(directory: string, output: Output): string {
  const [target = "", extension = ""] = output.split(" ");
  const options = ["--target", target, "--import-extension", extension];
  const { status, stderr } = run(
    [process.execPath, "dist/bin/qapi-codegen.cjs", "fixtures/net", "-o", join(directory, "qmp"), ...options],
    ROOT,
  );
  if (status !== 0) throw new Error(stderr);
  writeFileSync(join(directory, "package.json"), JSON.stringify({ type: "module" }));

  const app = join(directory, `app.${target}`);
  writeFileSync(app, applicationText(target, extension));
  return app;
}

/** Runs commands until one fails, and gives what became of the last. */
function runAll(commands: readonly Command[], directory: string): SpawnSyncReturns<string> {
  const [first, ...rest] = commands;
  if (first === undefined) throw new Error("there is nothing to run");
  const result = run(first, directory);
  return result.status === 0 && rest.length > 0 ? runAll(rest, directory) : result;
}

function run([program, ...args]: Command, directory: string): SpawnSyncReturns<string> {
  const env = {
    ...process.env,
    // Vitest says that this is a test, which bundlers heed.
    NODE_ENV: "production",
    NO_COLOR: "1",
    DENO_DIR: join(directory, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
  };
  const result = spawnSync(program, args, { cwd: directory, env, encoding: "utf8", timeout: 60_000 });
  if (result.error !== undefined) throw result.error;
  return result;
}
