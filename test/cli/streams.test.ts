import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const BIN = fileURLToPath(new URL("../../dist/bin/qapi-codegen.cjs", import.meta.url));

test("a reader that goes away is no error", () => {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `set -o pipefail; "$0" "$1" --help | (exec <&-)`, process.execPath, BIN],
    { encoding: "utf8" },
  );
  expect([status, stdout, stderr]).toEqual([0, "", ""]);
});

test("a pipe that does not block gets all of a long text", async () => {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
  try {
    writeFileSync(join(directory, "many.json"), "{ 'enum' }\n".repeat(5_000));
    // Node gives its children pipes that do not block. The reader waits, so that the pipe is full for a while.
    const child = spawn(process.execPath, [BIN, join(directory, "many.json"), "-o", "never", "--format", "json"]);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    child.stdout.pause();
    setTimeout(() => child.stdout.resume(), 500);
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(status).toBe(1);
    expect(JSON.parse(text)).toHaveLength(5_000);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

// Only where there is such a device.
test.runIf(existsSync("/dev/full"))("a stream that takes nothing is told, without a stack trace", () => {
  const { status, stderr } = spawnSync("bash", ["-c", `"$0" "$1" --help > /dev/full`, process.execPath, BIN], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([1, "qapi-codegen: cannot write to standard output: ENOSPC\n"]);
});
