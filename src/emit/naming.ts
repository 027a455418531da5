/**
 * Identifiers for what a schema names.
 *
 * Wire names never change in data; only TypeScript identifiers are made from them. All exports of an output share one
 * namespace, since `index.ts` re-exports everything, so one allocator hands out all identifiers, in a fixed order: names
 * that the output is built around, then types (which keep their own names), then made-up names. Who comes later gives way,
 * by a trailing underscore. The order does not depend on which emitters run: a name is the same in every output.
 */
import type { Branch, Definition, Definitions, Event, Module, Schema, Union } from "../schema/schema.js";
import type { Exported } from "./generated-file.js";
import { COMMON_NAMES, SIGNAL_NAMES, allocatePlaces, type Places } from "./places.js";

/**
 * What an identifier is for.
 *
 * * `type`: an enum, struct, union or alternate, under its own name; a branch of a union with its discriminator.
 * * `base`: the common members of a union that are written in place.
 * * `event`: the whole event as it is on the wire.
 * * `arguments`: a command's arguments that are written in place.
 * * `stub`: the function that executes a command.
 * * `is`, `validate`: the validators of a type or an event.
 * * `known`: of an enum, the test for values that the schema knows.
 * * `isArguments`, `validateArguments`, `isReturns`, `validateReturns`: the validators of a command.
 */
export type Role =
  | "type"
  | "base"
  | "event"
  | "arguments"
  | "stub"
  | "is"
  | "validate"
  | "known"
  | "isArguments"
  | "validateArguments"
  | "isReturns"
  | "validateReturns";

/** The names in one role, and which file of a module exports them. */
interface RoleNames {
  readonly names: Map<Named, Name>;
  readonly path: (module: Module) => string;
}

/** What has identifiers. */
export type Named = Definition | Branch;

/** An identifier of the output, and the file that exports it. */
export interface Name extends Exported {
  /** The identifier that it would have had, where another one had it already or TypeScript does not allow it. */
  readonly insteadOf?: string;
}

/** All identifiers of an output. */
export interface Names {
  /**
   * The identifier of `node` in `role`.
   *
   * @throws Error when the node has none in that role: a mistake in the emitter.
   */
  of(node: Named, role: Role): Name;
  /** Whether some export of the output has this identifier, or every file reserves it. */
  has(identifier: string): boolean;
  /** What of the schema an export of the file at `path` stands for; undefined for one that is not made from the schema. */
  node(identifier: string, path: string): Named | undefined;
  /**
   * New names for what an emitter exports for each definition, one each: `wanted`, or with underscores behind it if that is
   * taken. They are those of the whole schema, so that they are the same where only a part of it is emitted.
   *
   * ```ts
   * const parser = out.names.family("parsers", (node) => `parse${pascalCase(node.name)}`);
   * parser(definition).identifier; // "parseNetdev"
   * ```
   *
   * @param folder - The folder that has a file for each module which exports them.
   * @param wanted - The name for a definition; undefined for those that get none.
   * @returns The name of a definition. It throws an Error for one that has none: a mistake in the emitter.
   */
  family(folder: string, wanted: (node: Definition) => string | undefined): (node: Definition) => Name;
  /**
   * A new name for an emitter's own export: `wanted`, or with underscores behind it if that is taken. What is asked for first
   * gets its name first, so an emitter has to ask in the same order each time.
   *
   * @param path - The file that exports it.
   */
  add(wanted: string, path: string): Name;
}

/** Globals that validators of a type `Finite` or `NaN` would hide from whoever imports them. */
const GLOBAL_FUNCTIONS: readonly string[] = ["isFinite", "isNaN"];

/** What `await import()` would call on a module that exports it, and wait for. */
const AWAITED: readonly string[] = ["then"];

/** What TypeScript does not allow as the name of a type, or of a function in a module. */
const RESERVED: readonly string[] = (
  "abstract any arguments as async await bigint boolean break case catch class const continue debugger declare default " +
  "delete do else enum eval export exports extends false finally for function if implements import in infer instanceof " +
  "interface is keyof let module namespace never new null number object of package private protected public readonly " +
  "require return satisfies set static string super switch symbol this throw true try type typeof undefined unique " +
  "unknown using var void while with yield"
).split(" ");

/**
 * Works out the identifiers of a schema.
 *
 * @param prefix - What they begin with, in the case that fits: `Qga` gives the type `QgaFoo`, the function `qgaFoo` and the
 * validator `isQgaFoo`. Letters, digits and `_`, a letter first; empty for none.
 */
export function allocateNames(schema: Schema, prefix = "", places: Places = allocatePlaces(schema)): Names {
  const pascalPrefix = prefix.charAt(0).toUpperCase() + prefix.slice(1);
  const pascal = (name: string): string => pascalPrefix + pascalCase(name);
  const typeName = (name: string): string => {
    const identifier = typeIdentifier(name);
    return prefix === "" ? identifier : pascalPrefix + identifier.charAt(0).toUpperCase() + identifier.slice(1);
  };
  const camelPrefix =
    prefix === prefix.toUpperCase() ? prefix.toLowerCase() : prefix.charAt(0).toLowerCase() + prefix.slice(1);
  const camel = (name: string): string => (prefix === "" ? camelCase(name) : camelPrefix + pascalCase(name));
  const taken = new Set<string>([...COMMON_NAMES, ...GLOBAL_FUNCTIONS, ...AWAITED, ...RESERVED]);
  const inFolder = (folder: string): RoleNames => ({ names: new Map(), path: places.inFolder(folder) });
  const roles: Readonly<Record<Role, RoleNames>> = {
    type: inFolder("types"),
    base: inFolder("types"),
    event: inFolder("events"),
    arguments: inFolder("commands"),
    stub: inFolder("commands"),
    is: inFolder("validators"),
    validate: inFolder("validators"),
    known: inFolder("validators"),
    isArguments: inFolder("validators"),
    validateArguments: inFolder("validators"),
    isReturns: inFolder("validators"),
    validateReturns: inFolder("validators"),
  };

  function add(name: string, path: string): Name {
    const wanted = name === "" || isDigit(name.charAt(0)) ? `_${name}` : name;
    let identifier = wanted;
    const count = taken.size;
    while (taken.add(identifier).size === count) identifier += "_";
    return identifier === wanted ? { identifier, path } : { identifier, path, insteadOf: wanted };
  }

  function allocate(node: Named, role: Role, name: string): void {
    const path = roles[role].path(node.kind === "branch" ? node.parent.module : node.module);
    roles[role].names.set(node, add(name, path));
  }

  // Of a selection, what is left out has names, too: what is in it is called as it is in the whole.
  const all: Definitions = schema.whole ?? schema;
  if (all.commands.some(({ signal }) => signal !== undefined)) for (const name of SIGNAL_NAMES) taken.add(name);
  const types = [...all.enums, ...all.structs, ...all.unions, ...all.alternates];
  for (const type of types) allocate(type, "type", typeName(type.name));
  for (const event of all.events) allocate(event, "event", pascal(event.name) + (isCalledEvent(event) ? "" : "Event"));
  for (const union of all.unions) allocateParts(union);
  const commands = all.commands.map((command) => ({ command, stem: pascal(command.name) }));
  for (const { command, stem } of commands) allocate(command, "arguments", `${stem}Arguments`);
  for (const command of all.commands) allocate(command, "stub", camel(command.name));
  for (const type of types) allocateValidators(type, "type", "is", "validate");
  for (const event of all.events) allocateValidators(event, "event", "is", "validate");
  for (const node of all.enums) allocate(node, "known", `known${find(node, "type").identifier}`);
  for (const { command, stem } of commands) {
    allocate(command, "isArguments", `is${stem}Arguments`);
    allocate(command, "validateArguments", `validate${stem}Arguments`);
    allocate(command, "isReturns", `is${stem}Returns`);
    allocate(command, "validateReturns", `validate${stem}Returns`);
  }

  function allocateParts(union: Union): void {
    const stem = find(union, "type").identifier;
    if (union.base.kind === "anonymous") allocate(union, "base", `${stem}Base`);
    for (const branch of union.branches) allocate(branch, "type", stem + pascalCase(branch.name));
  }

  function allocateValidators(node: Named, of: Role, is: Role, validate: Role): void {
    const stem = find(node, of).identifier;
    allocate(node, is, `is${stem}`);
    allocate(node, validate, `validate${stem}`);
  }

  function find(node: Named, role: Role): Name {
    return nameIn(roles[role], node, role);
  }

  const families: RoleNames[] = [];
  function family(folder: string, wanted: (node: Definition) => string | undefined): (node: Definition) => Name {
    const made = inFolder(folder);
    families.push(made);
    for (const node of all.definitions) {
      const name = wanted(node);
      if (name !== undefined) made.names.set(node, add(name, made.path(node.module)));
    }
    return (node) => nameIn(made, node, folder);
  }

  let exports: ReadonlyMap<string, NamedExport> | undefined;
  function node(identifier: string, path: string): Named | undefined {
    exports ??= exportsByIdentifier([...Object.values(roles), ...families]);
    const found = exports.get(identifier);
    return found?.path === path ? found.node : undefined;
  }

  return { of: find, has: (identifier) => taken.has(identifier), node, family, add };
}

function nameIn({ names }: RoleNames, node: Named, what: string): Name {
  const name = names.get(node);
  if (name === undefined) throw new Error(`${node.kind} ${node.name} has no name as ${what}`);
  return name;
}

/** What a file exports for a part of the schema. */
interface NamedExport {
  readonly node: Named;
  readonly path: string;
}

/** No two exports of an output have the same identifier, so this is the other way round. */
function exportsByIdentifier(roles: readonly RoleNames[]): ReadonlyMap<string, NamedExport> {
  const exports = new Map<string, NamedExport>();
  for (const { names } of roles)
    for (const [node, { identifier, path }] of names) exports.set(identifier, { node, path });
  return exports;
}

/**
 * `NETDEV_STREAM_CONNECTED`, `netdev-stream-connected`: `NetdevStreamConnected`. Digits that would meet stay apart.
 *
 * @example
 * ```ts
 * import { pascalCase } from "qapi-codegen";
 *
 * pascalCase("NETDEV_STREAM_CONNECTED"); // => "NetdevStreamConnected"
 * ```
 */
export function pascalCase(name: string): string {
  let result = "";
  for (const word of name.split(SEPARATOR)) {
    if (word === "") continue;
    if (isDigit(word.charAt(0)) && isDigit(result.charAt(result.length - 1))) result += "_";
    const rest = word.slice(1);
    result += word.charAt(0).toUpperCase() + (word === word.toUpperCase() ? rest.toLowerCase() : rest);
  }
  return result;
}

const SEPARATOR = /[^A-Za-z0-9]+/;

/**
 * `netdev_add`: `netdevAdd`.
 *
 * @example
 * ```ts
 * import { camelCase } from "qapi-codegen";
 *
 * camelCase("netdev_add"); // => "netdevAdd"
 * ```
 */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** The type's own name where that is an identifier: `Foo-Bar` and `__com.example_Foo` are none. */
function typeIdentifier(name: string): string {
  return /^[A-Za-z0-9_$]+$/.test(name) && !name.startsWith("__") ? name : pascalCase(name);
}

/** Whether its name ends as those of its kind do, which an identifier need not say twice: `BLOCK_IO_EVENT`. */
function isCalledEvent({ name }: Event): boolean {
  return /[A-Z0-9]_EVENT$/.test(name);
}

function isDigit(character: string): boolean {
  return character !== "" && character >= "0" && character <= "9";
}
