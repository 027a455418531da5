/**
 * The reference manuals that documentation links to: those of QEMU, which have an anchor for each definition.
 */
import type { Definition, Schema } from "../schema/schema.js";

/** A page of reference documentation. */
export interface Manual {
  /** Its address, without a fragment, as it can stand in a `{@link}`. */
  readonly page: string;
  /** What the page is called. */
  readonly title: string;
  /** What QEMU's documentation calls the schema, which is a part of the anchors; absent where the schema is not QEMU's. */
  readonly namespace?: Namespace;
}

type Namespace = "QGA" | "QMP" | "QSD";

const QEMU: Readonly<Record<Namespace, Manual>> = {
  QGA: {
    page: "https://www.qemu.org/docs/master/interop/qemu-ga-ref.html",
    title: "QEMU Guest Agent Protocol Reference",
    namespace: "QGA",
  },
  QMP: {
    page: "https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html",
    title: "QEMU QMP Reference Manual",
    namespace: "QMP",
  },
  QSD: {
    page: "https://www.qemu.org/docs/master/interop/qemu-storage-daemon-qmp-ref.html",
    title: "QEMU Storage Daemon QMP Reference Manual",
    namespace: "QSD",
  },
};

/**
 * The manual of a schema.
 *
 * @param choice - The address of a page to link to, or `none`. Default: QEMU's page for a schema of QEMU, no manual for any other.
 * @throws Error when `choice` is neither `none` nor the address of a page: see {@link isManual}.
 */
export function manualOf(schema: Schema, choice?: string): Manual | undefined {
  if (choice === "none") return undefined;
  const namespace = namespaceOf(schema);
  const known = namespace === undefined ? undefined : QEMU[namespace];
  if (choice === undefined) return known;
  const page = pageOf(choice);
  if (page === undefined) throw new Error(`${JSON.stringify(choice)} is not the address of a manual`);
  return known === undefined ? { page, title: "Reference manual" } : { ...known, page };
}

/** Whether a text says which manual to link to: `none`, or an absolute address that begins with `http`. */
export function isManual(choice: string): boolean {
  return choice === "none" || pageOf(choice) !== undefined;
}

/** An address as it can stand in a `{@link}`: without its fragment and what TSDoc or a comment would end at. */
function pageOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  url.hash = "";
  return url.href.replace(/[^\w.~:/?=&%+,;-]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/**
 * Which of QEMU's schemas this is: told by what only they define, and have defined since they exist. The storage daemon's is a
 * part of the monitor's, without all that has to do with a machine.
 */
function namespaceOf(schema: Schema): Namespace | undefined {
  const { byName } = schema.whole ?? schema;
  const defines = (...names: readonly string[]): boolean => {
    for (const name of names) if (byName.get(name)?.kind !== "command") return false;
    return true;
  };
  if (defines("guest-sync", "guest-info", "guest-shutdown")) return "QGA";
  if (!defines("query-version", "query-commands")) return undefined;
  if (defines("system_reset", "query-status")) return "QMP";
  return defines("qmp_capabilities", "blockdev-add", "block-export-add") ? "QSD" : undefined;
}

/**
 * The address of what a manual says about a definition; `undefined` where it says nothing.
 *
 * The anchors are those that QEMU's documentation has had since 10.1, of a kind, the namespace, the module and the name:
 * `command-QMP-net.netdev_add`. Where a definition of an earlier release has been moved or removed, the address still leads to
 * the page.
 */
export function addressIn(
  { page, namespace }: Manual,
  { kind, name, module, implicit }: Definition,
): string | undefined {
  // Before 2.6 much stood in the root file. It has been moved to others since, so that there is no such anchor.
  if (implicit === true || (namespace !== undefined && namespace !== "QGA" && module.isRoot)) return undefined;
  const stem = stemOf(module.name);
  const shownIn = namespace === "QMP" ? (MISPLACED.get(stem) ?? stem) : stem;
  const object = kind === "struct" || kind === "union" ? "object" : kind;
  const prefix = namespace === undefined ? object : `${object}-${namespace}`;
  return `${page}#${anchor(`${prefix}-${shownIn}.${name}`)}`;
}

/** Modules whose definitions the manual shows as another one's: theirs begin with a comment and include that one behind it. */
const MISPLACED: ReadonlyMap<string, string> = new Map([["block", "block-core"]]);

/** As Sphinx makes an identifier for HTML of any text. */
function anchor(text: string): string {
  return text.replace(/[^A-Za-z0-9._]+/g, "-").replace(/-$/, "");
}

/** The name of a file without its folders and its extension. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
}
