/**
 * Schemas of QEMU's releases, which come with qapi-codegen: `qemu@10.2` stands for one wherever a schema is named. Each is an image
 * (docs/image.md) in the folder `images/` of the package, compressed with Brotli.
 */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../diagnostic.js";
import { suggestion } from "../syntax/suggestion.js";

/** What speaks a protocol with a schema of its own: the machine, the agent in a guest, the daemon for storage without a machine. */
export const PRODUCTS = ["qemu", "qga", "storage-daemon"] as const;

const NAME = new RegExp(`^(${PRODUCTS.join("|")})@(.*)$`, "s");
const FILE = new RegExp(`^(${PRODUCTS.join("|")})-(\\d+)\\.(\\d+)\\.json\\.br$`);

/** An image that comes with qapi-codegen. */
export interface Release {
  /** What it is called: `qemu@10.2`. */
  readonly name: string;
  /** Where it is: an absolute path. */
  readonly file: string;
}

/** An image with what it is ordered by. */
interface Image extends Release {
  readonly product: string;
  readonly major: number;
  readonly minor: number;
}

/**
 * Whether a schema is named as those of releases are. Then it is never a path: what a command means does not depend on what there
 * is in a directory. `./qemu@10.2` is a path.
 */
export function isReleaseName(schema: string): boolean {
  return NAME.test(schema);
}

/** The image that a name for which {@link isReleaseName} is true stands for, or why there is none. */
export function findRelease(schema: string): Release | { readonly diagnostics: readonly [Diagnostic] } {
  const [, product = "", version = ""] = NAME.exec(schema) ?? [];
  const images = imagesOf(product);
  const newest = images.at(-1);
  if (newest === undefined) {
    const code = "missing-schema";
    const message = `there is no '${schema}': the schemas of QEMU's releases are missing, which come with qapi-codegen in 'images/'`;
    return { diagnostics: [{ code, message, hint: "install qapi-codegen again" }] };
  }
  const found = version === "latest" ? newest : images.find(({ name }) => name === schema);
  if (found !== undefined) return found;
  const names = images.map(({ name }) => name);
  const near = nearest(version, images);
  const hint = `there are: ${names.join(", ")}${near === undefined ? "" : `; did you mean '${near.name}'?`}`;
  const message = `there is no '${schema}' among the schemas that come with qapi-codegen`;
  return { diagnostics: [{ code: "missing-schema", message, hint }] };
}

/** The release that somebody may have meant with a path at which there is nothing: `quemu@10.2`, `qemu`. */
export function releaseMeantBy(path: string): string | undefined {
  const [, word = "", version = ""] = /^([^@/\\]+)(?:@(.*))?$/s.exec(path) ?? [];
  const product = suggestion(word, PRODUCTS);
  if (product === undefined) return undefined;
  const images = imagesOf(product);
  return (nearest(version, images) ?? images.at(-1))?.name;
}

/** The images of a product, the oldest release first. */
function imagesOf(product: string): readonly Image[] {
  const folder = imagesFolder();
  if (folder === undefined) return [];
  const images: Image[] = [];
  for (const file of readdirSync(folder)) {
    const [, of, major, minor] = FILE.exec(file) ?? [];
    if (of !== product || major === undefined || minor === undefined) continue;
    const name = `${product}@${major}.${minor}`;
    images.push({ name, file: join(folder, file), product, major: Number(major), minor: Number(minor) });
  }
  return images.sort((a, b) => a.major - b.major || a.minor - b.minor);
}

/** `images/` of the package that this file is in, be it bundled or not. */
function imagesFolder(): string | undefined {
  let directory = import.meta.dirname;
  for (let step = 0; step < MOST_STEPS; step++) {
    const folder = join(directory, "images");
    if (existsSync(folder) && existsSync(join(directory, "package.json"))) return folder;
    directory = dirname(directory);
  }
  return undefined;
}

/** How far this file, or the bundle that it is in, is below the package. */
const MOST_STEPS = 4;

/** The release that is the fewest steps away from `version`, the newer one of two; none where it is no version. */
function nearest(version: string, images: readonly Image[]): Image | undefined {
  const [, major, minor = "0"] = /^v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.|$)/.exec(version) ?? [];
  if (major === undefined) return undefined;
  const wanted = steps(Number(major), Number(minor));
  const distances = images.map((image) => Math.abs(steps(image.major, image.minor) - wanted));
  return images[distances.lastIndexOf(Math.min(...distances))];
}

/** QEMU has had three releases a year, .0 to .2, since 3.0; before, they were more. */
function steps(major: number, minor: number): number {
  return major * 3 + Math.min(minor, 2);
}
