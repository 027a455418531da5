/**
 * Where things are: the files of the output.
 *
 * Folders are named for the emitters, files for the modules of the schema: `types/net.ts`, `validators/net.ts`.
 */
import type { Module, Schema } from "../schema/schema.js";
import type { Exported } from "./generated-file.js";

/** The names that an output exports only for a schema that has signals: others may call their types so. */
const SIGNALS = {
  SignalAccessor: { identifier: "SignalAccessor", path: "schema/index.ts" },
  Signals: { identifier: "Signals", path: "schema/index.ts" },
} as const;

/** The names that an output exports whatever the schema says, and where. */
const COMMON = {
  AbortSignalLike: { identifier: "AbortSignalLike", path: "commands/executor.ts" },
  Check: { identifier: "Check", path: "validators/validation.ts" },
  CommandValidators: { identifier: "CommandValidators", path: "schema/index.ts" },
  Commands: { identifier: "Commands", path: "commands/index.ts" },
  Empty: { identifier: "Empty", path: "commands/executor.ts" },
  Events: { identifier: "Events", path: "events/index.ts" },
  ExecuteOptions: { identifier: "ExecuteOptions", path: "commands/executor.ts" },
  ExecuteParameters: { identifier: "ExecuteParameters", path: "commands/executor.ts" },
  Executor: { identifier: "Executor", path: "commands/executor.ts" },
  OutOfBandOptions: { identifier: "OutOfBandOptions", path: "commands/executor.ts" },
  Issue: { identifier: "Issue", path: "validators/validation.ts" },
  knownQType: { identifier: "knownQType", path: "validators/builtin.ts" },
  KnownTest: { identifier: "KnownTest", path: "validators/validation.ts" },
  Metadata: { identifier: "Metadata", path: "metadata/metadata.ts" },
  metadata: { identifier: "metadata", path: "metadata/metadata.ts" },
  QmpEvent: { identifier: "QmpEvent", path: "events/index.ts" },
  QmpSchema: { identifier: "QmpSchema", path: "schema/index.ts" },
  QType: { identifier: "QType", path: "types/builtin.ts" },
  Result: { identifier: "Result", path: "validators/validation.ts" },
  schema: { identifier: "schema", path: "schema/index.ts" },
  SchemaValidators: { identifier: "SchemaValidators", path: "schema/index.ts" },
  StandardSchema: { identifier: "StandardSchema", path: "validators/validation.ts" },
  Timestamp: { identifier: "Timestamp", path: "events/timestamp.ts" },
  ValidateOptions: { identifier: "ValidateOptions", path: "validators/validation.ts" },
  ValidationMode: { identifier: "ValidationMode", path: "validators/validation.ts" },
  Validator: { identifier: "Validator", path: "validators/validation.ts" },
} as const;

/** A name that an output exports whatever the schema says, or, `Signals` and `SignalAccessor`, if the schema has signals. */
export type CommonName = keyof typeof COMMON | keyof typeof SIGNALS;

/** Those that every output exports. */
export const COMMON_NAMES: readonly string[] = Object.keys(COMMON);

/** Those of a schema that has signals. */
export const SIGNAL_NAMES: readonly string[] = Object.keys(SIGNALS);

const PLACES: Readonly<Record<CommonName, Exported>> = { ...COMMON, ...SIGNALS };

/** Files of the emitters' own, which no module's file may be. */
const OWN_FILES: readonly string[] = ["index", "builtin", "executor", "timestamp", "validation"];

/** Names that Windows keeps for devices, whatever their extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** The places of an output. */
export interface Places {
  /**
   * Tells the file of a module in a folder: `types/net.ts`.
   *
   * @param extension - Default: `.ts`.
   */
  inFolder(folder: string, extension?: string): (module: Module) => string;
  /** The module whose file `path` is; absent for the emitters' own files. */
  module(path: string): Module | undefined;
}

/** A name that does not depend on the schema. */
export function common(name: CommonName): Exported {
  return PLACES[name];
}

/** Works out the places of a schema. */
export function allocatePlaces(schema: Schema): Places {
  const stems = allocateStems(schema.modules);
  const folders = new Map<string, (module: Module) => string>();
  const modules = new Map<string, Module>();

  function inFolder(folder: string, extension = ".ts"): (module: Module) => string {
    const known = folders.get(folder + extension);
    if (known !== undefined) return known;
    const paths = new Map<Module, string>();
    for (const [module, stem] of stems) {
      const path = `${folder}/${stem}${extension}`;
      paths.set(module, path);
      modules.set(path, module);
    }
    const pathOf = (module: Module): string => {
      const path = paths.get(module);
      if (path === undefined) throw new Error(`${module.name} is not a module of the schema`);
      return path;
    };
    folders.set(folder + extension, pathOf);
    return pathOf;
  }

  return { inFolder, module: (path) => modules.get(path) };
}

/**
 * The path of each module's files in a folder, without the extension: `net`, `qapi/common`.
 *
 * Names of modules are not to be trusted: no path leaves its folder, is a file that is another's, or differs from another
 * one by case only. Modules that come later give way, by a trailing underscore.
 */
export function allocateStems(modules: readonly Module[]): ReadonlyMap<Module, string> {
  const taken = new Set<string>(OWN_FILES);
  const folders = new Map<string, string>();
  const stems = new Map<Module, string>();
  for (const module of modules) {
    const segments = module.name
      .replace(/\.json$/i, "")
      .split(/[\\/]/)
      .map(safeSegment)
      .filter((segment) => segment !== "");
    let stem = segments.pop() ?? "schema";
    let folder = "";
    for (const segment of segments) {
      const wanted = `${folder}${segment}/`;
      folder = folders.get(wanted.toLowerCase()) ?? wanted;
      folders.set(wanted.toLowerCase(), folder);
    }
    while (taken.has((folder + stem).toLowerCase())) stem += "_";
    taken.add((folder + stem).toLowerCase());
    stems.set(module, folder + stem);
  }
  return stems;
}

/**
 * A part of a path that means the same on every system: letters, digits, `_`, `-`. Dots go too, so that no file is called
 * `net.d.ts`, `net.test.ts` or `..`.
 */
function safeSegment(segment: string): string {
  if (/^\.*$/.test(segment)) return "";
  const safe = segment.slice(0, 100).replace(/[^A-Za-z0-9_-]/g, "-");
  return DEVICE.test(safe) ? `${safe}_` : safe;
}
