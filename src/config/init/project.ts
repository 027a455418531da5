/** What there is in a directory in which qapi-codegen is to be used. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../../build/is-object.js";
import { diskHost } from "../../build/disk-host.js";
import { locate } from "../../build/locate.js";
import { findRelease, isReleaseName } from "../../build/release.js";
import { CONFIG_FILES, PACKAGE_KEY } from "../find.js";
import { BUNDLERS, EXTENSIONS } from "./bundler-edit.js";

/** A file of the project, with its text. */
export interface ProjectFile {
  /** Relative to the directory. */
  readonly path: string;
  readonly text: string;
}

/** The configuration of a bundler. */
export interface BundlerFile extends ProjectFile {
  /** The module of the plugin for it. */
  readonly plugin: string;
}

/** A project. */
export interface Project {
  readonly directory: string;
  /** Its `package.json`; undefined where there is none, or none that is understood. */
  readonly manifest: (ProjectFile & { readonly value: Readonly<Record<string, unknown>> }) | undefined;
  /** The configuration that there is already. */
  readonly config: string | undefined;
  readonly isTypeScript: boolean;
  readonly bundlers: readonly BundlerFile[];
}

/** Looks at a directory. */
export function readProject(directory: string): Project {
  const manifest = readManifest(directory);
  const config = CONFIG_FILES.find((name) => existsSync(join(directory, name)));
  const hasKey = manifest !== undefined && Object.hasOwn(manifest.value, PACKAGE_KEY);
  return {
    directory,
    manifest,
    config: config ?? (hasKey ? "package.json" : undefined),
    isTypeScript: existsSync(join(directory, "tsconfig.json")) || dependsOn(manifest?.value ?? {}, "typescript"),
    bundlers: [...BUNDLERS].flatMap(([name, plugin]) => {
      const path = EXTENSIONS.map((extension) => name + extension).find((file) => existsSync(join(directory, file)));
      return path === undefined ? [] : [{ path, plugin, text: readFileSync(join(directory, path), "utf8") }];
    }),
  };
}

/** Whether a `package.json` has a package among its dependencies. */
export function dependsOn(manifest: Readonly<Record<string, unknown>>, name: string): boolean {
  return ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].some((key) => {
    const dependencies = manifest[key];
    return isObject(dependencies) && Object.hasOwn(dependencies, name);
  });
}

function readManifest(directory: string): Project["manifest"] {
  const path = "package.json";
  if (!existsSync(join(directory, path))) return undefined;
  const text = readFileSync(join(directory, path), "utf8");
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { path, text, value } : undefined;
  } catch {
    return undefined;
  }
}

/** Where a schema of somebody who uses qapi-codegen may be. */
const USUAL_PLACES: readonly string[] = ["qapi", "qemu", "vendor/qemu", "third_party/qemu", "../qemu", "schema"];

/** The schema that is most likely meant: one that is there, else QEMU's newest release. */
export function guessSchema(directory: string): string {
  const isThere = (place: string): boolean =>
    ["qapi-schema.json", "qapi/qapi-schema.json"].some((file) => existsSync(join(directory, place, file)));
  const newest = findRelease("qemu@latest");
  return USUAL_PLACES.find(isThere) ?? ("name" in newest ? newest.name : "qapi");
}

/** The directory for what is made of a schema, as a path. */
export function guessOutput(directory: string, schema: string): string {
  const name = schema.startsWith("qga@") || /(?:^|[\\/])qga[\\/]?$/.test(schema) ? "qga" : "qmp";
  return existsSync(join(directory, "src")) ? `src/${name}` : name;
}

/** Why there is no schema of that name; undefined if there is one. */
export function schemaProblem(directory: string, schema: string): string | undefined {
  const found = isReleaseName(schema) ? findRelease(schema) : locate(join(directory, schema), diskHost);
  if (!("diagnostics" in found)) return undefined;
  const [{ message, hint }] = found.diagnostics;
  return hint === undefined ? message : `${message} (${hint})`;
}
