/** What commands that take a schema have in common: its options, and how they are read. */
import type { DefinesOptions } from "../build/defines-file.js";
import type { ReadOptions } from "../build/read.js";
import type { Defines } from "../schema/condition.js";
import { UsageError, type Arguments, type Option } from "./options.js";

type CommonName = "root" | "names" | "color" | "help" | "version";

/** Options that every command with a schema has. */
export const SCHEMA_OPTIONS: Readonly<Record<CommonName, Option>> = {
  root: {
    value: "DIR",
    help: "the directory that includes may not leave;\ndefault: the source tree that the schema belongs to",
  },
  names: {
    value: "SCHEMA",
    help: "for the answer of a QEMU to query-qmp-schema, which masks the names of\ntypes: give them back as SCHEMA has them",
  },
  color: { negatable: true, help: "use colours; default: on a terminal" },
  help: { short: "h", help: "print this and exit" },
  version: { short: "V", help: "print the version and exit" },
};

export const DEFINE_OPTION: Option = {
  value: "NAME[=on|off]",
  repeatable: true,
  help: "settle an 'if' condition of the schema: in this build NAME is on\n(the default) or off; may be repeated",
};

export const DEFINES_OPTION: Option = {
  value: "FILE",
  repeatable: true,
  help: "settle conditions as FILE says: a C header (#define NAME is on, #undef\nNAME off) or a list (NAME, NAME=on, NAME=off); --define goes before it",
};

/** What `<schema>` stands for, as the help says it. */
export const SCHEMA_NOTE = `<schema> is a schema file, or a directory: that stands for its qapi-schema.json, else for
qapi/qapi-schema.json below it, else for every .json in it that no other includes.
It can also be an image of a schema, what a QEMU answers to query-qmp-schema, or the schema of a
release, which comes with qapi-codegen: qemu@10.2, qga@10.2, storage-daemon@10.2; qemu@latest.
`;

/** Which schema the command line names. */
export function readSchemaOptions(args: Arguments<Record<"root" | "names", Option>>): ReadOptions {
  const [schema, ...others] = args.positionals;
  if (schema === undefined || schema === "") throw new UsageError("which schema? Name a file or a directory");
  if (others.length > 0) throw new UsageError(`one schema at a time: '${schema}', or '${others.join("', '")}'?`);
  const root = args.value("root");
  const names = args.value("names");
  return { schema, ...(root !== undefined && { root }), ...(names !== undefined && { names }) };
}

/** What `--define` and `--defines` say. */
export function readDefines(args: Arguments<Record<"define" | "defines", Option>>): Required<DefinesOptions> {
  return { defines: parseDefines(args.values("define")), definesFiles: args.values("defines") };
}

function parseDefines(texts: readonly string[]): Defines {
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
