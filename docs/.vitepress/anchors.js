import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * Looks whether the places that pages link to are there. VitePress itself looks for pages only.
 *
 * @param {string} directory - The site.
 * @param {string} base - What the paths of its pages begin with.
 * @throws Error with all links that lead to no place.
 */
export function checkAnchors(directory, base) {
  const names = readdirSync(directory).filter((name) => name.endsWith(".html"));
  const pages = new Map(names.map((name) => [`${base}${name}`, readFileSync(join(directory, name), "utf8")]));
  const dead = [];
  for (const [path, text] of pages) {
    for (const [, href] of text.matchAll(/<a [^>]*?href="([^"]*#[^"]+)"/g)) {
      const { pathname, hash, host } = new URL(href, new URL(path, "http://site"));
      if (host !== "site") continue;
      const page = pages.get(posix.join(pathname, pathname.endsWith("/") ? "index.html" : ""));
      if (page?.includes(` id="${decodeURIComponent(hash.slice(1))}"`) !== true) dead.push(`${path} links to ${href}`);
    }
  }
  if (dead.length > 0) throw new Error(`There is no such place:\n${dead.join("\n")}`);
}
