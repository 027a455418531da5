/** What real file systems refuse: the message, the exit status, and the output as it was. Needs Linux, and for most the superuser. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skip } from "../support/each-qemu.js";
import { allFiles, type Texts } from "../support/generation.js";

const isRoot = process.getuid?.() === 0;
const MOUNTS = ["unshare", ...(isRoot ? [] : ["--user", "--map-root-user"]), "--mount"];

let top: string;

/** A directory that everybody can read, with the program, a schema and a larger one. */
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-disk-"));
  chmodSync(top, 0o755);
  for (const name of ["qapi-codegen.cjs", "cli.cjs"]) cpSync(resolve("dist/bin", name), join(top, name));
  const definitions = (count: number): string =>
    Array.from({ length: count }, (_, index) => `{ 'event': 'EVENT_${String(index)}', 'data': { 'x': 'str' } }\n`).join(
      "",
    );
  writeFileSync(join(top, "small.json"), definitions(1));
  writeFileSync(join(top, "large.json"), definitions(400));
});

afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

interface Outcome {
  readonly status: string;
  readonly error: string;
  readonly before: Texts;
  readonly after: Texts;
}

/**
 * Runs on an output that is there, in a shell with mounts of its own, where `$disk` is a directory.
 *
 * @param prepare - What makes a file system at `$disk`.
 * @param spoil - What is done to it, when there is the output in `$disk/out`.
 */
function onDisk(prepare: string, spoil: string, run: string = "node"): Outcome {
  const place = mkdtempSync(join(top, "run-"));
  chmodSync(place, 0o755);
  const script = `
    cd ${place} && mkdir disk && disk=$PWD/disk && ${prepare} &&
    node ../qapi-codegen.cjs ../small.json -o $disk/out -q && cp -r $disk/out before || exit 99
    ${spoil} || exit 99
    ${run} ../qapi-codegen.cjs ../large.json -o $disk/out -q 2>error; echo $? >status
    cp -r $disk/out after`;
  const { status, stderr } = spawnSync("sh", ["-c", `${MOUNTS.join(" ")} sh -c '${script}'`], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const { status: ended = "", error = "" } = allFiles(place);
  const result = {
    status: ended.trim(),
    error,
    before: allFiles(join(place, "before")),
    after: allFiles(join(place, "after")),
  };
  expect(Object.keys(result.before).length).toBeGreaterThan(3);
  return { ...result, error: error.replaceAll(join(place, "disk"), "DISK") };
}

const canMount = spawnSync(MOUNTS[0] ?? "", [...MOUNTS.slice(1), "true"]).status === 0;

if (!canMount) skip("disks that refuse", "there are no mounts for this user, or this is not Linux");
else {
  describe("the output is as it was, with the reason, on", () => {
    const tmpfs = (size: string): string => `mount -t tmpfs -o size=${size} none $disk`;

    it("a disk that is full", () => {
      const { status, error, before, after } = onDisk(tmpfs("128k"), "true");
      expect(status).toBe("1");
      expect(error).toMatch(
        /^error\[output-unwritable\]: cannot write 'DISK\/out\/.*': no space left on the device\nhint: /,
      );
      expect(after).toEqual(before);
    });

    it("one that can only be read", () => {
      const { status, error, before, after } = onDisk(tmpfs("8m"), "mount -o remount,ro $disk");
      expect(status).toBe("1");
      expect(error).toBe(
        "error[output-unwritable]: cannot write to 'DISK/out': the file system is read-only\n\n1 error\n",
      );
      expect(after).toEqual(before);
    });
  });
}

if (!isRoot || !canMount) skip("directories that refuse", "only the superuser can become another");
else {
  describe("the output is as it was, with the reason, in", () => {
    it("a directory of somebody else's", () => {
      const { status, error, before, after } = onDisk("true", "true", "setpriv --reuid 65534 --clear-groups node");
      expect(status).toBe("1");
      expect(error).toBe("error[output-unwritable]: cannot write to 'DISK/out': permission denied\n\n1 error\n");
      expect(after).toEqual(before);
    });

    it("one with a folder that is somebody else's", () => {
      const own = "chown -R 65534 $disk/out && chown 0 $disk/out/events && chmod 755 $disk/out/events";
      const { status, error, before, after } = onDisk("true", own, "setpriv --reuid 65534 --clear-groups node");
      expect(status).toBe("1");
      expect(error).toMatch(
        /^error\[output-unwritable\]: cannot move 'DISK\/out\/events\/.*': permission denied\n\n1 error\n$/,
      );
      expect(after).toEqual(before);
    });
  });
}
