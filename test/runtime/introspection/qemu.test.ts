/** What real QEMUs say of themselves. */
import { expect, test } from "vitest";
import { compare } from "../../../src/runtime/introspection/compare.js";
import { Introspection } from "../../../src/runtime/introspection/introspection.js";
import { schemaOfAnswer } from "../../support/answers.js";
import { modelValidators } from "../../support/model-shapes.js";
import { eachQemu, skip } from "../../support/each-qemu.js";
import { askForSchema, findQemus, type Qemu } from "../../support/qemu.js";

/** What a QEMU replies, as text. */
function replyOf(qemu: Qemu): string {
  const line = askForSchema(qemu)
    .split("\n")
    .find((message) => message.includes('"meta-type"'));
  const { return: reply } = JSON.parse(line ?? "{}") as { readonly return?: unknown };
  return JSON.stringify(reply);
}

/** Of all QEMUs since 7.2. */
const SUPPORTED = [
  "blockdev-add",
  "BLOCK_IO_ERROR",
  "quit/ret-type/!object",
  "device_add/$json-cli-hotplug",
  "BLOCK_IO_ERROR/arg-type/*node-name",
  "BLOCK_IO_ERROR/arg-type/reason",
  "blockdev-add/arg-type/driver=nbd",
  "blockdev-add/arg-type/driver=nbd/server/type=unix/path",
  "blockdev-add/arg-type/driver=nbd/node-name",
  "blockdev-add/arg-type/driver=qcow2/file/driver=qcow2/file/driver=file/filename",
  "blockdev-add/arg-type/driver=qcow2/file/!string",
  "query-block/ret-type/*inserted/image/*backing-image/filename",
  "query-block/ret-type/inserted/image/format-specific/type=qcow2",
  "block-commit/arg-type/on-error=report",
  "migrate-set-parameters/arg-type/downtime-limit/!int",
  "netdev_add/arg-type/type=stream/addr/type=inet/port",
  "x-query-virtio/$unstable",
  // As libvirt writes its questions.
  "blockdev-add/arg-type/+file/$dynamic-auto-read-only",
  "blockdev-add/arg-type/+file/aio/^io_uring",
  "blockdev-add/arg-type/+nbd/tls-hostname",
  "block-commit/arg-type/*top",
  "chardev-add/arg-type/backend/+socket/data/addr/+unix/data/path",
  "object-add/arg-type/qom-type/^secret",
  "human-monitor-command/$savevm-monitor-nodes",
];
const UNSUPPORTED = [
  "blockdev-add-everything",
  "device_add/$unstable",
  "BLOCK_IO_ERROR/ret-type",
  "BLOCK_IO_ERROR/arg-type/*reason",
  "blockdev-add/arg-type/driver=floppy",
  "blockdev-add/arg-type/driver=nbd/filename",
  "blockdev-add/arg-type/server",
  "blockdev-add/arg-type/+file/aio/^dma",
  "migrate-set-parameters/arg-type/downtime-limit/!string",
];

eachQemu("introspection", 0, (qemu) => {
  const text = replyOf(qemu);
  const introspection = new Introspection(JSON.parse(text));

  test.each(SUPPORTED)("has %s", (path) => {
    expect(introspection.supports(path)).toBe(true);
  });

  test.each(UNSUPPORTED)("does not have %s", (path) => {
    expect(introspection.supports(path)).toBe(false);
  });

  test("how to connect again was told in another unit before 9.2", () => {
    const [major = 0, minor = 0] = qemu.name.replace("QEMU ", "").split(".").map(Number);
    const isNew = major > 9 || (major === 9 && minor >= 2);
    expect(introspection.supports("netdev_add/arg-type/type=stream/*reconnect-ms")).toBe(isNew);
  });

  test("the schema that is made of its reply does not differ from it", () => {
    const validators = modelValidators(schemaOfAnswer(text));
    expect(validators.commands.size).toBeGreaterThan(100);
    expect(compare(validators, introspection)).toEqual({ missing: [], added: [], changed: [] });
  });
});

const qemus = findQemus();
const [old, recent] = ["QEMU 7.2.", "QEMU 10.0."].map((release) => qemus.find(({ name }) => name.startsWith(release)));
if (old === undefined || recent === undefined)
  skip("comparison of QEMU 7.2 and 10.0", "not both are there: see scripts/install-qemu.sh");
else {
  test("QEMU 7.2 and 10.0 differ in what is known of them", () => {
    const [before, after] = [replyOf(old), replyOf(recent)];
    const forward = compare(modelValidators(schemaOfAnswer(before)), new Introspection(JSON.parse(after)));
    expect(forward.missing).toContain("x-query-profile");
    expect(forward.missing).toContain("query-status/ret-type/singlestep");
    expect(forward.added).toContain("netdev_add/arg-type/type=stream/reconnect-ms");
    expect(forward.added).toContain("NETDEV_VHOST_USER_CONNECTED");
    expect(forward.changed).toContainEqual({ path: "migrate/arg-type/uri", schema: "required", qemu: "optional" });

    // The other way round is the same, the other way round; only the order is another.
    const back = compare(modelValidators(schemaOfAnswer(after)), new Introspection(JSON.parse(before)));
    const turned = forward.changed.map(({ path, schema, qemu }) => ({ path, schema: qemu, qemu: schema }));
    expect(back.changed).toEqual(expect.arrayContaining(turned));
    expect(back.changed).toHaveLength(turned.length);
  });
}
