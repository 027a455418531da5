/** What commands that take a schema have in common: its options, and how they are read. */
import type { DefinesOptions } from "../build/defines-file.js";
import type { ReadOptions } from "../build/read.js";
import type { Defines } from "../schema/condition.js";
import { SETTINGS } from "../config/settings.js";
import { UsageError, type Arguments, type Option } from "./options.js";

type CommonName = "root" | "names" | "color" | "help" | "version";

/** Options that every command with a schema has. */
export const SCHEMA_OPTIONS: Readonly<Record<CommonName, Option>> = {
  root: SETTINGS.root,
  names: SETTINGS.names,
  color: SETTINGS.color,
  help: SETTINGS.help,
  version: SETTINGS.version,
};

/** What `<schema>` stands for, as the help says it. */
export const SCHEMA_NOTE = `<schema> is a schema file, or a directory: that stands for its qapi-schema.json, else for
qapi/qapi-schema.json below it, else for every .json in it that no other includes.
It can also be an image of a schema, what a QEMU answers to query-qmp-schema, or the schema of a
release, which comes with qapi-codegen: qemu@10.2, qga@10.2, storage-daemon@10.2; qemu@latest.
`;

/** The schema on a command line; undefined where there is none. */
export function readSchema({ positionals }: { readonly positionals: readonly string[] }): string | undefined {
  const [schema, ...others] = positionals;
  if (schema === "") throw new UsageError("which schema? Name a file or a directory");
  if (others.length === 0) return schema;
  throw new UsageError(`one schema at a time: '${schema ?? ""}', or '${others.join("', '")}'?`);
}

/** Which schema the command line names. */
export function readSchemaOptions(args: Arguments<Record<"root" | "names", Option>>): ReadOptions {
  const schema = readSchema(args);
  if (schema === undefined) throw new UsageError("which schema? Name a file or a directory");
  const root = args.value("root");
  const names = args.value("names");
  return { schema, ...(root !== undefined && { root }), ...(names !== undefined && { names }) };
}

/** What `--define` and `--defines` say. */
export function readDefines(args: Arguments<Record<"define" | "defines", Option>>): Required<DefinesOptions> {
  return { defines: parseDefines(args.values("define")), definesFiles: args.values("defines") };
}

/** What texts such as `NAME=off` say. @throws UsageError */
export function parseDefines(texts: readonly string[]): Defines {
  const defines = new Map<string, boolean>();
  for (const text of texts) {
    const match = /^([A-Za-z_][A-Za-z0-9_]*)(?:=(on|off))?$/.exec(text);
    const name = match?.[1];
    if (name === undefined) throw new UsageError(`bad define '${text}': it takes NAME, NAME=on or NAME=off`);
    const isOn = match?.[2] !== "off";
    if (defines.get(name) === !isOn) throw new UsageError(`'${name}' is defined to be both on and off`);
    defines.set(name, isOn);
  }
  return defines;
}
