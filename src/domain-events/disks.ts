/**
 * What QEMU says of the disks that it has: answers to `query-block` and `query-named-block-nodes`.
 */
import { parseJson } from "../runtime/json.js";
import { ownMember } from "../runtime/message.js";
import type { DiskNames } from "./read.js";

/** What is told of a disk. */
export interface Disk {
  readonly srcPath: string;
  readonly devAlias: string;
}

/** What QEMU has answered: lists, if it is as it should be. */
export interface BlockAnswers {
  /** To `query-block`. */
  readonly devices: unknown;
  /** To `query-named-block-nodes`. */
  readonly nodes: unknown;
}

/** Finds a disk, unless it is not there. */
export function diskIn({ devices, nodes }: BlockAnswers, names: DiskNames): Disk | undefined {
  const device = elementsOf(devices).find((each) => isDevice(each, names));
  const inserted = ownMember(device, "inserted");
  const node = inserted ?? elementsOf(nodes).find((each) => isNamed(ownMember(each, "node-name"), names.node));
  if (node === undefined) return undefined;
  const qdev = ownMember(device, "qdev");
  return { srcPath: pathOf(node), devAlias: aliasOf(names, typeof qdev === "string" ? qdev : "") };
}

/**
 * What a disk is called: the first that there is of the name of the block backend, the id of the device, its place in QEMU's object
 * model, and the name of the node.
 *
 * @param qdev - What `query-block` says of the device: its id or its place; empty if it is not known.
 */
export function aliasOf({ device, node, qomPath }: DiskNames, qdev: string): string {
  return device || idIn(qomPath) || idIn(qdev) || qdev || qomPath || node;
}

/** A device with an id is there by it, with its parts below: `/machine/peripheral/disk0/virtio-backend`. */
function idIn(qomPath: string): string {
  return /^\/machine\/peripheral\/([^/]+)/.exec(qomPath)?.[1] ?? "";
}

function isDevice(candidate: unknown, { device, node, qomPath }: DiskNames): boolean {
  if (device !== "") return ownMember(candidate, "device") === device;
  return (
    isNamed(ownMember(candidate, "qdev"), qomPath) ||
    isNamed(ownMember(ownMember(candidate, "inserted"), "node-name"), node)
  );
}

function isNamed(value: unknown, name: string): boolean {
  return name !== "" && value === name;
}

/** The path of an image, by what QEMU says of its node: `inserted` of `query-block`, or an element of `query-named-block-nodes`. */
function pathOf(node: unknown): string {
  const file = ownMember(node, "file");
  const name = typeof file === "string" && file !== "" ? file : ownMember(ownMember(node, "image"), "filename");
  return typeof name === "string" ? imagePath(name) : "";
}

/** What QEMU's name of an image begins with when it is none, but the options of all that it is made of. */
const PSEUDO = "json:";
/** Longer ones are not looked into: options are short, and QEMU's own buffer for names has 4096 bytes. */
const LONGEST_PSEUDO = 64 * 1024;
const MOST_LAYERS = 100;

/**
 * The path in QEMU's name of an image: `/disk.qcow2` is one. In `json:{"driver": "blkdebug", "image": {"driver": "file", "filename":
 * "/disk.qcow2"}}` it is the innermost file name, empty if there is none; and in
 * `blkdebug:CONFIGURATION:/disk.qcow2` what comes last.
 */
export function imagePath(name: string): string {
  let rest = name;
  for (let depth = 0; depth < MOST_LAYERS && rest.startsWith("blkdebug:"); depth++) {
    rest = rest.slice(rest.indexOf(":", "blkdebug:".length) + 1);
  }
  if (!rest.startsWith(PSEUDO)) return rest;
  return rest.length > LONGEST_PSEUDO ? "" : innermost(rest.slice(PSEUDO.length));
}

function innermost(json: string): string {
  let layer: unknown;
  try {
    layer = parseJson(json);
  } catch {
    return "";
  }
  for (let depth = 0; depth < MOST_LAYERS; depth++) {
    const below = ownMember(layer, "file") ?? ownMember(layer, "image");
    if (below === undefined) break;
    layer = below;
  }
  const name = ownMember(layer, "filename");
  return typeof name === "string" ? name : "";
}

function elementsOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}
