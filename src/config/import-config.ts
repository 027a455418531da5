/** Runs configurations that are code, in whatever language. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Jiti } from "jiti";
import { importModule } from "../build/import-module.js";
import { isObject } from "../build/is-object.js";

/** What Node has imported it keeps, and would give back again however the file has changed. */
const imported = new Set<string>();

/**
 * Imports a configuration, by Node's own means where these can, which is quickest; else by jiti. When it is imported again, it is
 * with all that it imports as it is then.
 *
 * @throws whatever the configuration throws.
 */
export async function importConfig(file: string): Promise<unknown> {
  if (!imported.has(file) && canImport(file)) {
    imported.add(file);
    return importModule(pathToFileURL(file).href);
  }
  return (await jitiFor(file)).import(file);
}

/** Where the first mistake is in a text that does not parse, `:3:6`, which Node does not say of modules; else nothing. */
export async function placeOfMistake(text: string, file: string): Promise<string> {
  const code = (await jitiFor(file)).transform({ source: text, filename: file, async: true });
  // What it makes of such a text is code that says so.
  const [, line, column] = /^exports\.__JITI_ERROR__ = .*"line":(\d+),"column":(\d+)/.exec(code) ?? [];
  return line === undefined || column === undefined ? "" : `:${line}:${column}`;
}

async function jitiFor(file: string): Promise<Jiti> {
  const { createJiti } = await import("jiti");
  // A cache on the disk would be one that nobody has asked for.
  return createJiti(file, { moduleCache: false, fsCache: false, interopDefault: false });
}

function canImport(file: string): boolean {
  const extension = extname(file);
  if (!extension.endsWith("ts")) return true;
  // Node 20 does not know the property, and where types are not stripped it is false.
  const canStrip = "typescript" in process.features && process.features.typescript !== false;
  // A file that Node takes for CommonJS it refuses, or says that it had to look twice.
  return canStrip && (extension === ".mts" || isInModule(file));
}

/** Whether the package that a file belongs to has modules of ECMAScript. */
function isInModule(file: string): boolean {
  for (let directory = dirname(file), last = file; directory !== last; last = directory, directory = dirname(last)) {
    const manifest = join(directory, "package.json");
    if (!existsSync(manifest)) continue;
    try {
      const value: unknown = JSON.parse(readFileSync(manifest, "utf8"));
      return isObject(value) && value["type"] === "module";
    } catch {
      return false;
    }
  }
  return false;
}
