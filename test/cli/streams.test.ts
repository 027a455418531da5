import { spawn, spawnSync } from "node:child_process";
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
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
    const pipe = join(directory, "pipe");
    spawnSync("mkfifo", [pipe]);
    const from = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const to = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    const child = spawn(process.execPath, [BIN, join(directory, "many.json"), "-o", "never", "--format", "json"], {
      stdio: ["ignore", to, "ignore"],
    });
    closeSync(to);
    // The pipe is full long before somebody reads.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(child.exitCode).toBeNull();
    let text = "";
    for await (const chunk of new Socket({ fd: from, readable: true, writable: false })) text += String(chunk);
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
