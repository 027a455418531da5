/**
 * Every option of `qapi-codegen generate`, once: the command line and its help, the keys of a configuration and what is said of
 * bad ones, and the reference (docs/options.md) are made from this table.
 */
import { TARGETS } from "../build/generate.js";
import { DOCS_MODES, IMPORT_EXTENSIONS, INT64_MODES } from "../emit/options.js";
import { builtinEmitters, defaultEmitters } from "../emitters/index.js";
import type { RunConfig, SchemaConfig } from "./config.js";

/** What the value of an option is. */
export type Kind =
  /** A path; in a configuration relative to it. */
  | "path"
  /** Paths; on the command line one each time. */
  | "paths"
  /** Names, on the command line and in strings separated by commas. */
  | "names"
  /** Emitters: paths, names of packages; in a configuration the emitters themselves, too. */
  | "modules"
  /** Build options, each on or off. */
  | "defines"
  /** One of {@link Setting.choices}. */
  | "choice"
  /** What identifiers begin with. */
  | "prefix"
  /** The address of a page, or `none`. */
  | "manual"
  /** Yes or no. */
  | "switch";

/** Who can give an option: a schema of a configuration, the configuration as a whole, or the command line alone. */
export type Scope = "schema" | "run" | "command line";

/** One option. */
export interface Setting {
  readonly kind: Kind;
  readonly scope: Scope;
  /** One letter: `o` for `-o`. */
  readonly short?: string;
  /** What stands for the value in the help, `DIR`; absent: a switch. */
  readonly value?: string;
  /** Whether the command line takes it more than once. */
  readonly repeatable?: boolean;
  /** Of a switch: whether `--no-NAME` turns it off. */
  readonly negatable?: boolean;
  /** Of a choice: what there is, the default first. */
  readonly choices?: readonly [string, ...string[]];
  /** How it looks in a configuration, behind the key. */
  readonly example?: string;
  /** What it does, for the help; line breaks are where the help has them. */
  readonly help: string;
}

/** The long names of all options. */
export type SettingName =
  | "output"
  | "emit"
  | "emitter"
  | "only"
  | "define"
  | "defines"
  | "prefix"
  | "int64"
  | "docs"
  | "manual"
  | "target"
  | "import-extension"
  | "root"
  | "names"
  | "watch"
  | "check"
  | "dry-run"
  | "stdout"
  | "config"
  | "no-config"
  | "cache"
  | "format"
  | "quiet"
  | "color"
  | "help"
  | "version";

const DEFAULT_NAMES = defaultEmitters.map(({ name }) => name);
const OTHER_NAMES = builtinEmitters.map(({ name }) => name).filter((name) => !DEFAULT_NAMES.includes(name));

/** The options by their long names, in the order in which they are listed. */
export const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  output: {
    kind: "path",
    scope: "schema",
    short: "o",
    value: "DIR",
    example: '"src/qmp"',
    help: "the directory to write to; only generated files in it are ever touched",
  },
  emit: {
    kind: "names",
    scope: "schema",
    value: "NAMES",
    repeatable: true,
    example: '["types", "events"]',
    help: `what to make, separated by commas; default:\n${DEFAULT_NAMES.join(",")}; there ${OTHER_NAMES.length === 1 ? "is" : "are"} also\n${OTHER_NAMES.join(",")}`,
  },
  emitter: {
    kind: "modules",
    scope: "schema",
    value: "MODULE",
    repeatable: true,
    example: '["./my-emitter.js"]',
    help: "make what an emitter of others does, besides: a path (./my-emitter.js)\nor the name of a package; may be repeated",
  },
  only: {
    kind: "names",
    scope: "schema",
    value: "NAMES",
    repeatable: true,
    example: '["netdev_add", "query-*"]',
    help: "make it of these definitions and what they reach, of nothing else;\nseparated by commas, * stands for any text: 'netdev_add,query-*'",
  },
  define: {
    kind: "defines",
    scope: "schema",
    value: "NAME[=on|off]",
    repeatable: true,
    example: "{ CONFIG_VMNET: false }",
    help: "settle an 'if' condition of the schema: in this build NAME is on\n(the default) or off; may be repeated",
  },
  defines: {
    kind: "paths",
    scope: "schema",
    value: "FILE",
    repeatable: true,
    example: '["build/config-host.h"]',
    help: "settle conditions as FILE says: a C header (#define NAME is on, #undef\nNAME off) or a list (NAME, NAME=on, NAME=off); --define goes before it",
  },
  prefix: {
    kind: "prefix",
    scope: "schema",
    value: "TEXT",
    example: '"Qga"',
    help: "begin identifiers with TEXT: --prefix Qga makes the type QgaFoo\nand the function qgaFoo",
  },
  int64: {
    kind: "choice",
    scope: "schema",
    value: "MODE",
    choices: INT64_MODES,
    example: '"bigint"',
    help: "mixed (64-bit integers are numbers where that is exact, else bigints;\nthe default), bigint (always bigints) or number (always numbers)",
  },
  docs: {
    kind: "choice",
    scope: "schema",
    value: "MODE",
    choices: DOCS_MODES,
    example: '"brief"',
    help: "how much documentation to write: full (the default), brief or none",
  },
  manual: {
    kind: "manual",
    scope: "schema",
    value: "URL",
    example: '"none"',
    help: "the reference manual that documentation links to, or none;\ndefault: QEMU's own for the schemas of QEMU",
  },
  target: {
    kind: "choice",
    scope: "schema",
    value: "ts|js",
    choices: TARGETS,
    example: '"js"',
    help: "write TypeScript (the default), or JavaScript with declarations whose\nmaps lead editors to the schema",
  },
  "import-extension": {
    kind: "choice",
    scope: "schema",
    value: "EXT",
    choices: IMPORT_EXTENSIONS,
    example: '".ts"',
    help: "what imports end with: .js (the default), .ts for Deno and Bun,\nnone for bundlers",
  },
  root: {
    kind: "path",
    scope: "schema",
    value: "DIR",
    example: '"../qemu"',
    help: "the directory that includes may not leave;\ndefault: the source tree that the schema belongs to",
  },
  names: {
    kind: "path",
    scope: "schema",
    value: "SCHEMA",
    example: '"../qemu/qapi"',
    help: "for the answer of a QEMU to query-qmp-schema, which masks the names of\ntypes: give them back as SCHEMA has them",
  },
  watch: {
    kind: "switch",
    scope: "command line",
    short: "w",
    help: "go on, and make it again whenever the schema changes",
  },
  check: {
    kind: "switch",
    scope: "command line",
    help: "write nothing; exit with 1, and say what differs, where the output is\nnot what would be written",
  },
  "dry-run": { kind: "switch", scope: "command line", help: "write nothing; say what would be written" },
  stdout: {
    kind: "switch",
    scope: "command line",
    help: "write nothing; print what would be written to standard output",
  },
  config: {
    kind: "path",
    scope: "command line",
    value: "FILE",
    help: "the configuration; default: the nearest qapi.config.* from here up",
  },
  "no-config": { kind: "switch", scope: "command line", help: "look for no configuration" },
  cache: {
    kind: "switch",
    scope: "run",
    negatable: true,
    example: "false",
    help: "keep what makes the next run faster; default: yes",
  },
  format: {
    kind: "choice",
    scope: "run",
    value: "text|json",
    choices: ["text", "json"],
    example: '"json"',
    help: "how to print what is wrong with a schema: for people on standard\nerror (the default), or as JSON on standard output",
  },
  quiet: { kind: "switch", scope: "run", short: "q", example: "true", help: "print nothing but what is wrong" },
  color: {
    kind: "switch",
    scope: "run",
    negatable: true,
    example: "false",
    help: "use colours; default: on a terminal",
  },
  help: { kind: "switch", scope: "command line", short: "h", help: "print this and exit" },
  version: { kind: "switch", scope: "command line", short: "V", help: "print the version and exit" },
};

/** A key of a configuration that is an option of the command line. */
export type SettingKey = Exclude<keyof SchemaConfig, "schema"> | keyof RunConfig;

/** The options by the keys that they have in a configuration: camel case. */
export const SETTINGS_BY_KEY: ReadonlyMap<string, Setting> = new Map(
  Object.entries(SETTINGS).map(([name, setting]) => [keyOf(name), setting]),
);

/** `importExtension` for `import-extension`. */
export function keyOf(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `import-extension` for `importExtension`. */
export function nameOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
