/** The images in the package, against the trees that they were made of: those below folders that are called as `qemu-10.2/src`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { read } from "../../src/build/read.js";
import { check } from "../../src/schema/check.js";
import { toImage } from "../../src/schema/image/to-image.js";
import type { Schema } from "../../src/schema/schema.js";
import { plainModel } from "../support/plain-model.js";
import { readSchema, roots } from "./schemas.js";

const IMAGES = join(import.meta.dirname, "../../images");

/** The path of the tree's schema for each image: `qemu-10.2/src/qga` for `qga-10.2`. */
const trees = new Map(
  roots.flatMap(([name, path]): readonly [string, string][] => {
    const [, version, folder] = /(?:^|\/)qemu-(\d+\.\d+)\/src\/(qapi|qga|storage-daemon\/qapi)$/.exec(name) ?? [];
    if (version === undefined || folder === undefined) return [];
    const product = folder === "qapi" ? "qemu" : folder.replace("/qapi", "");
    return [[`${product}-${version}`, path]];
  }),
);

const images = readdirSync(IMAGES).map((file) => file.replace(/\.json\.br$/, ""));

function released(image: string): Schema {
  const found = read({ schema: image.replace(/-(?=[\d.]+$)/, "@") });
  if ("diagnostics" in found) throw new Error(found.diagnostics.map(({ message }) => message).join("; "));
  const { schema } = check(found.loaded);
  if (schema === undefined) throw new Error(`${image} has mistakes`);
  return schema;
}

test("there is a tree for every image, and an image for every tree", () => {
  expect([...trees.keys()].sort()).toEqual([...images].sort());
});

describe.each(images)("%s", (image) => {
  const path = trees.get(image);
  if (path === undefined) throw new Error(`there is no tree for ${image}`);
  const schema = readSchema(path);

  test("is what `npm run update-image` makes of the tree", () => {
    const text = brotliDecompressSync(readFileSync(join(IMAGES, `${image}.json.br`))).toString();
    expect(text === toImage(schema, { docs: "versions" }), `${image} is stale: npm run update-image`).toBe(true);
  });

  test("has the tree's model but for its documentation", () => {
    const readAgain = plainModel(released(image), { docs: false });
    expect(readAgain).toEqual(plainModel(schema, { docs: false }));
  });

  test("has no sentence of its documentation", () => {
    const text = brotliDecompressSync(readFileSync(join(IMAGES, `${image}.json.br`))).toString();
    const lines = new Set(
      schema.modules
        .flatMap(({ definitions, docs }) => [...docs, ...definitions.flatMap(({ doc }) => doc ?? [])])
        .flatMap(({ sections }) => sections.flatMap((section) => section.text.split("\n")))
        .map((line) => line.trim())
        .filter((line) => line.split(" ").length > 3),
    );
    expect(lines.size).toBeGreaterThan(100);
    expect([...lines].filter((line) => text.includes(JSON.stringify(line).slice(1, -1)))).toEqual([]);
  });
});
