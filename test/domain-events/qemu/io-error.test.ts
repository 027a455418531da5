/** I/O error events of real QEMUs: a guest reads and writes a disk of which a sector is bad. */
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { IoErrorAction, Lifecycle, SuspendedDetail } from "../../../src/domain-events/domain-events.js";
import { eachQemu } from "../../support/each-qemu.js";
import { newStage, type Stage } from "../../support/stage.js";
import { untimed } from "../watched.js";
import { Guest } from "./guest.js";
import { IdeDisk } from "./ide.js";
import { manage, RESUMED, type Told } from "./managed.js";

const GOOD = 3;
const BAD = 7;
const DISK_SIZE = 1 << 20;

const SUSPENDED: Told = { id: "lifecycle", event: Lifecycle.suspended, detail: SuspendedDetail.ioError };

eachQemu("ioError", 7, (qemu) => {
  test.each([
    ["report", "read", "report", false],
    ["report", "write", "report", false],
    ["ignore", "read", "none", true],
    ["ignore", "write", "none", true],
  ] as const)(
    "source path, device alias and action: the policy is %s, and the guest %ss",
    async (policy, operation, action, isWell) => {
      const stage = newStage();
      const srcPath = newDisk(stage, "disk");
      const domain = await manage(stage, qemu, [
        ...Guest.arguments(stage),
        ...["-blockdev", badNode("disk0", srcPath)],
        ...["-device", `ide-hd,bus=ide.0,id=ide0,drive=disk0,rerror=${policy},werror=${policy}`],
      ]);
      const disk = new IdeDisk(await domain.run(stage));
      expect(await disk.transfer(operation, GOOD)).toBe(true);
      expect(await disk.transfer(operation, BAD)).toBe(isWell);
      await domain.expect({ id: "ioError", srcPath, devAlias: "ide0", action: IoErrorAction[action] });
    },
  );

  test.each(["read", "write"] as const)(
    "the policy is stop: pause, and behind it suspended, because of the error: the guest %ss",
    async (operation) => {
      const stage = newStage();
      const srcPath = newDisk(stage, "disk");
      const domain = await manage(stage, qemu, [
        ...Guest.arguments(stage),
        ...["-blockdev", badNode("disk0", srcPath, { times: 1 })],
        ...["-device", "ide-hd,bus=ide.0,id=ide0,drive=disk0,rerror=stop,werror=stop"],
      ]);
      const disk = new IdeDisk(await domain.run(stage));
      const managing = async (): Promise<void> => {
        await domain.expect({ id: "ioError", srcPath, devAlias: "ide0", action: IoErrorAction.pause }, SUSPENDED);
        expect(await domain.execute("query-status")).toMatchObject({ status: "io-error" });
        await domain.execute("cont");
      };
      // It is tried again then, and the guest does not notice.
      const [isWell] = await Promise.all([disk.transfer(operation, BAD), managing()]);
      expect(isWell).toBe(true);
      // What suspends it next has another reason.
      await domain.execute("stop");
      await domain.expect(RESUMED, { ...SUSPENDED, detail: SuspendedDetail.paused });
    },
  );

  test("the unique device alias: a drive's name, of which the device has none", async () => {
    const stage = newStage();
    const srcPath = newDisk(stage, "disk");
    const domain = await manage(stage, qemu, [
      ...Guest.arguments(stage),
      ...[
        "-drive",
        `if=none,id=drive-ide0,format=raw,file=blkdebug:${badConfiguration(stage)}:${srcPath},rerror=report`,
      ],
      ...["-device", "ide-hd,bus=ide.0,drive=drive-ide0"],
    ]);
    const disk = new IdeDisk(await domain.run(stage));
    expect(await disk.transfer("read", BAD)).toBe(false);
    await domain.expect({ id: "ioError", srcPath, devAlias: "drive-ide0", action: IoErrorAction.report });
  });

  test("source path: of an image in a format of its own", async () => {
    const stage = newStage();
    const srcPath = stage.path("disk.qcow2");
    writeFileSync(srcPath, "");
    const maker = await manage(stage, qemu, [
      "-blockdev",
      JSON.stringify({ driver: "file", "node-name": "file0", filename: srcPath }),
    ]);
    const done = maker.qmp.signalUntyped("JOB_STATUS_CHANGE", { status: "concluded" }).once();
    const create = { driver: "qcow2", file: "file0", size: DISK_SIZE };
    await maker.execute("blockdev-create", { "job-id": "create", options: create });
    await done;
    const jobs = await maker.execute("query-jobs");
    expect(jobs).toHaveLength(1);
    expect(jobs).not.toHaveProperty("0.error");
    await maker.machine.player.kill();
    await maker.next("lifecycle");

    const domain = await manage(stage, qemu, [
      ...Guest.arguments(stage),
      ...["-blockdev", JSON.stringify({ driver: "file", "node-name": "file0", filename: srcPath })],
      ...[
        "-blockdev",
        JSON.stringify({
          driver: "blkdebug",
          "node-name": "bad0",
          image: "file0",
          "inject-error": [{ event: "write_aio" }],
        }),
      ],
      ...["-blockdev", JSON.stringify({ driver: "qcow2", "node-name": "disk0", file: "bad0" })],
      ...["-device", "ide-hd,bus=ide.0,id=ide0,drive=disk0,werror=report"],
    ]);
    const disk = new IdeDisk(await domain.run(stage));
    expect(await disk.transfer("write", GOOD)).toBe(false);
    await domain.expect({ id: "ioError", srcPath, devAlias: "ide0", action: IoErrorAction.report });
  });

  test("source path: is that of now, when the disk has got another image", async () => {
    const stage = newStage();
    const paths = [newDisk(stage, "first"), newDisk(stage, "second")] as const;
    const domain = await manage(stage, qemu, [
      ...Guest.arguments(stage),
      ...["-blockdev", badNode("first", paths[0])],
      ...["-blockdev", badNode("second", paths[1])],
      ...["-blockdev", "driver=raw,node-name=disk0,file=first"],
      ...["-device", "ide-hd,bus=ide.0,id=ide0,drive=disk0,rerror=report"],
    ]);
    const disk = new IdeDisk(await domain.run(stage));
    const error = { id: "ioError", devAlias: "ide0", action: IoErrorAction.report } as const;
    expect(await disk.transfer("read", BAD)).toBe(false);
    await domain.expect({ ...error, srcPath: paths[0] });
    await domain.execute("blockdev-reopen", { options: [{ driver: "raw", "node-name": "disk0", file: "second" }] });
    // QEMU 10 tells of errors of one disk once a second.
    expect(await disk.transfer("read", BAD)).toBe(false);
    await domain.expect({ ...error, srcPath: paths[1] });
  });

  test("source path: is that of the image on top, when a snapshot was taken", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, [
      ...Guest.arguments(stage),
      ...["-blockdev", badNode("disk0", newDisk(stage, "base"))],
      ...["-device", "ide-hd,bus=ide.0,id=ide0,drive=disk0,rerror=report"],
    ]);
    const srcPath = stage.path("overlay.qcow2");
    const snapshot = {
      "node-name": "disk0",
      "snapshot-file": srcPath,
      "snapshot-node-name": "overlay",
      format: "qcow2",
    };
    await domain.execute("blockdev-snapshot-sync", snapshot);
    const disk = new IdeDisk(await domain.run(stage));
    expect(await disk.transfer("read", BAD)).toBe(false);
    await domain.expect({ id: "ioError", srcPath, devAlias: "ide0", action: IoErrorAction.report });
  });

  test("two disks: each error has the path and the alias of its own", async () => {
    const stage = newStage();
    const paths = [newDisk(stage, "first"), newDisk(stage, "second")] as const;
    const domain = await manage(stage, qemu, [
      ...Guest.arguments(stage),
      ...["-blockdev", badNode("disk0", paths[0])],
      ...["-blockdev", badNode("disk1", paths[1])],
      ...["-device", "ide-hd,bus=ide.0,id=ide0,drive=disk0,bus=ide.0,unit=0,rerror=report"],
      ...["-device", "ide-hd,id=ide1,drive=disk1,bus=ide.0,unit=1,rerror=report"],
    ]);
    const guest = await domain.run(stage);
    expect(await new IdeDisk(guest, "second").transfer("read", BAD)).toBe(false);
    expect(await new IdeDisk(guest).transfer("read", BAD)).toBe(false);
    const error = { id: "ioError", action: IoErrorAction.report } as const;
    await domain.expect(
      { ...error, srcPath: paths[1], devAlias: "ide1" },
      { ...error, srcPath: paths[0], devAlias: "ide0" },
    );
  });
});

// 10.0 holds back events of one disk that follow within a second; 10.2 does not if the guest stops.
eachQemu("ioError, held back", 10, (qemu) => {
  test("an error that is told late is not the reason of what comes after it", async () => {
    const stage = newStage();
    const srcPath = newDisk(stage, "disk");
    const domain = await manage(stage, qemu, [
      ...Guest.arguments(stage),
      ...["-blockdev", badNode("disk0", srcPath, { times: 2 })],
      ...["-device", "ide-hd,bus=ide.0,id=ide0,drive=disk0,rerror=stop"],
    ]);
    const disk = new IdeDisk(await domain.run(stage));
    const error: Told = { id: "ioError", srcPath, devAlias: "ide0", action: IoErrorAction.pause };
    const paused: Told = { ...SUSPENDED, detail: SuspendedDetail.paused };
    const managing = async (): Promise<void> => {
      await domain.expect(error, SUSPENDED);
      const stopsAgain = domain.qmp.signalUntyped("STOP").once();
      await domain.execute("cont");
      await stopsAgain;
      await domain.execute("cont");
      // Unless this machine is so slow that a second has passed.
      const isHeldBack = [RESUMED, paused, RESUMED, error];
      const isNot = [RESUMED, error, SUSPENDED, RESUMED];
      expect([isHeldBack, isNot]).toContainEqual(untimed(await domain.take(4)));
    };
    const [isWell] = await Promise.all([disk.transfer("read", BAD), managing()]);
    expect(isWell).toBe(true);
    await domain.execute("stop");
    await domain.expect(paused);
  });
});

/** An empty disk. @returns its path. */
function newDisk(stage: Stage, name: string): string {
  writeFileSync(stage.path(name), new Uint8Array(DISK_SIZE));
  return stage.path(name);
}

/** A disk of which a sector is bad, for `-blockdev`: each time, or a few times. */
function badNode(node: string, path: string, { times = Infinity } = {}): string {
  return JSON.stringify({
    driver: "blkdebug",
    "node-name": node,
    image: { driver: "file", filename: path },
    "inject-error": Number.isFinite(times)
      ? Array.from({ length: times }, () => ({ event: "none", sector: BAD, once: true }))
      : [{ event: "none", sector: BAD }],
  });
}

/** The same, for a drive. @returns the path of the file. */
function badConfiguration(stage: Stage): string {
  const path = stage.path("blkdebug");
  writeFileSync(path, `[inject-error]\nevent = "none"\nsector = "${BAD}"\n`);
  return path;
}
