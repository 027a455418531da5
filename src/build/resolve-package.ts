/** Where the module of a package is that is installed for a directory, which need not be that of this module. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isObject } from "./is-object.js";

/**
 * The path of the module that `specifier` means in `directory`: `qapi-codegen-zod`, `@me/emitters/zod`.
 *
 * @throws Error as Node has it when there is none.
 */
export function resolvePackage(specifier: string, directory: string): string {
  const require = createRequire(join(directory, "module.js"));
  try {
    return require.resolve(specifier);
  } catch (error) {
    // It is there, but not for `require`; and Node has nothing that asks for `import` on behalf of another directory.
    const found = codeOf(error) === NOT_EXPORTED ? resolveImport(specifier, require) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

const NOT_EXPORTED = "ERR_PACKAGE_PATH_NOT_EXPORTED";

/** What `exports` of a `package.json` are asked for. */
const CONDITIONS: readonly string[] = ["node", "import", "module-sync", "default"];

function resolveImport(specifier: string, require: NodeJS.Require): string | undefined {
  const [, name = "", subpath = ""] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
  for (const folder of require.resolve.paths(specifier) ?? []) {
    const file = join(folder, name, "package.json");
    if (!existsSync(file)) continue;
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    const target = isObject(manifest) ? targetOf(manifest["exports"], `.${subpath}`) : undefined;
    return target === undefined ? undefined : join(folder, name, target);
  }
  return undefined;
}

/** What `exports` have for a subpath; patterns are not looked at. */
function targetOf(exports: unknown, subpath: string): string | undefined {
  const bySubpath = isObject(exports) && Object.hasOwn(exports, subpath) ? exports[subpath] : undefined;
  return conditionOf(bySubpath ?? (subpath === "." ? exports : undefined));
}

/** The target for the first condition that holds, as they stand in the file. */
function conditionOf(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (!isObject(target)) return undefined;
  for (const [condition, value] of Object.entries(target)) {
    const found = CONDITIONS.includes(condition) ? conditionOf(value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
