import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeText } from "../../src/cli/streams.js";

const BIN = fileURLToPath(new URL("../../dist/bin/qapi-codegen.cjs", import.meta.url));

test("a reader that goes away is no error", () => {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `set -o pipefail; "$0" "$1" --help | (exec <&-)`, process.execPath, BIN],
    { encoding: "utf8" },
  );
  expect([status, stdout, stderr]).toEqual([0, "", ""]);
});

test("a pipe that is full, or takes a part, gets all of a text", () => {
  const answers: (number | "EAGAIN")[] = ["EAGAIN", 3, "EAGAIN", "EAGAIN", 100];
  let text = "";
  writeText(1, "abcdefg", (_descriptor, bytes, offset) => {
    const answer = answers.shift() ?? 0;
    if (answer === "EAGAIN") throw Object.assign(new Error(answer), { code: answer });
    const taken = bytes.subarray(offset, offset + answer);
    text += new TextDecoder().decode(taken);
    return taken.length;
  });
  expect([text, answers]).toEqual(["abcdefg", []]);
});

// Only where there is such a device.
test.runIf(existsSync("/dev/full"))("a stream that takes nothing is told, without a stack trace", () => {
  const { status, stderr } = spawnSync("bash", ["-c", `"$0" "$1" --help > /dev/full`, process.execPath, BIN], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([1, "qapi-codegen: cannot write to standard output: ENOSPC\n"]);
});
