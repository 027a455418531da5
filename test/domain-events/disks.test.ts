/** What QEMU says of disks, in all the forms that it says it in. */
import { describe, expect, it } from "vitest";
import { diskIn, imagePath } from "../../src/domain-events/disks.js";

const NOBODY = { device: "", node: "", qomPath: "" };

describe("a disk", () => {
  const devices = [
    { device: "ide0", qdev: "/machine/unattached/device[12]", inserted: { file: "/a", "node-name": "#block1" } },
    { device: "cd0", removable: true },
    { device: "", qdev: "disk1", inserted: { file: "/b", "node-name": "b-format" } },
    { device: "", qdev: "/machine/peripheral/disk2/virtio-backend", inserted: { file: "/c", "node-name": "c-format" } },
    { device: "", qdev: "/machine/peripheral-anon/device[0]", inserted: { file: "/d", "node-name": "d-format" } },
    { device: "image", inserted: { image: { filename: "/e" } } },
  ];
  const nodes = [
    { "node-name": "job-target", file: "/f" },
    { "node-name": "#block1", file: "/not this one" },
    { "node-name": "cd0-node", file: "/g" },
  ];

  it.each([
    ["by the name of its backend", { device: "ide0" }, { srcPath: "/a", devAlias: "ide0" }],
    ["by its node, called by the id of its device", { node: "b-format" }, { srcPath: "/b", devAlias: "disk1" }],
    ["by its node, called by the id in its place", { node: "c-format" }, { srcPath: "/c", devAlias: "disk2" }],
    [
      "by its place, called by the id in that",
      { node: "other", qomPath: "/machine/peripheral/disk2/virtio-backend" },
      { srcPath: "/c", devAlias: "disk2" },
    ],
    [
      "by its place, called by that if it has no id",
      { qomPath: "/machine/peripheral-anon/device[0]" },
      { srcPath: "/d", devAlias: "/machine/peripheral-anon/device[0]" },
    ],
    [
      "by its node, called by its place",
      { node: "d-format" },
      { srcPath: "/d", devAlias: "/machine/peripheral-anon/device[0]" },
    ],
    ["with an image of the other form", { device: "image" }, { srcPath: "/e", devAlias: "image" }],
    ["by a node that has no device", { node: "job-target" }, { srcPath: "/f", devAlias: "job-target" }],
    [
      "by the node, if nothing is inserted in its device",
      { device: "cd0", node: "cd0-node" },
      { srcPath: "/g", devAlias: "cd0" },
    ],
  ])("is found %s", (_, names, disk) => {
    expect(diskIn({ devices, nodes }, { ...NOBODY, ...names })).toEqual(disk);
  });

  it("is not found where it is not", () => {
    for (const names of [{ device: "ide9" }, { node: "x" }, { qomPath: "/machine" }, { device: "cd0" }, {}]) {
      expect(diskIn({ devices, nodes }, { ...NOBODY, ...names })).toBeUndefined();
    }
  });

  it("is not found in answers that are none", () => {
    const names = { ...NOBODY, device: "ide0", node: "#block1" };
    const odd = [undefined, null, "list", { length: 1 }, [null, 5, "ide0", [], { device: ["ide0"] }]];
    for (const lists of odd) expect(diskIn({ devices: lists, nodes: lists }, names)).toBeUndefined();
    const inheriting: unknown = JSON.parse('{"__proto__":{"file":"/x"}}');
    for (const inserted of [5, { file: 5 }, { image: { filename: null } }, inheriting]) {
      const found = diskIn({ devices: [{ device: "ide0", inserted }], nodes: [] }, names);
      expect(found?.srcPath ?? "").toBe("");
    }
  });
});

describe("the path of an image", () => {
  it.each([
    ["/images/disk.qcow2", "/images/disk.qcow2"],
    ["nbd://127.0.0.1:10809/export", "nbd://127.0.0.1:10809/export"],
    ["blkdebug:/etc/errors.conf:/images/a:b.img", "/images/a:b.img"],
    ["blkdebug::/images/disk.img", "/images/disk.img"],
    ['json:{"driver":"raw","file":{"driver":"file","filename":"/a"}}', "/a"],
    [
      'json:{"driver":"blkdebug","image":{"driver":"file","filename":"/b"},"inject-error":[{"event":"read_aio"}]}',
      "/b",
    ],
    [
      'json:{"driver":"qcow2","file":{"driver":"blkdebug","config":"","image":{"driver":"file","filename":"/c"}}}',
      "/c",
    ],
    ['blkdebug::json:{"driver":"file","filename":"/d"}', "/d"],
    ['json:{"driver":"null-co"}', ""],
    ['json:{"driver":"nbd","server":{"type":"inet","host":"h","port":"1"}}', ""],
    ['json:{"file":{"filename":5}}', ""],
    ["json:{", ""],
    ["json:", ""],
    ["json:null", ""],
    ['json:{"__proto__":{"filename":"/x"}}', ""],
  ])("of %s is %j", (name, path) => {
    expect(imagePath(name)).toBe(path);
  });

  it("is looked for in text of bounded length and depth, whatever comes", () => {
    const deep = '{"file":'.repeat(5000) + '{"filename":"/x"}' + "}".repeat(5000);
    expect(imagePath(`json:${deep}`)).toBe("");
    expect(imagePath(`json:{"filename":"/${"x".repeat(70_000)}"}`)).toBe("");
    const layers = "blkdebug::".repeat(100_000);
    expect(imagePath(`${layers}/x`).length).toBeLessThan(layers.length);
  });
});
