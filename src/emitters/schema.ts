/**
 * The schema emitter: one value with all that clients and servers want to know of a schema. It knows nothing of those that
 * come with qapi-codegen; they take whatever has these properties.
 */
import type { Command, Schema } from "../schema/schema.js";
import {
  comment,
  defineEmitter,
  type Emitter,
  type GeneratedFile,
  group,
  hardline,
  indent,
  type Int64Mode,
  type Layout,
  line,
  literalKey,
  type Output,
  printDocument,
  stringLiteral,
} from "../emit/index.js";
import { commands } from "./commands.js";
import { events } from "./events.js";
import { array, longMap, MAP_OF, object, property } from "./map-of.js";
import { metadata } from "./metadata.js";
import { SUPPORT } from "./validators/support/support-file.js";
import { validators } from "./validators/validators.js";

/** Emits `schema/`, and a file that no index re-exports: all validators, which are loaded late. */
export const schema: Emitter = defineEmitter({
  name: "schema",
  requires: [commands, events, validators, metadata],
  emit(model, out) {
    emitValidators(model, out);
    const f = out.index("schema");
    for (const name of ["Commands", "Events", "Executor", "Metadata", "Validator"] as const) f.type(out.common(name));
    const { int64 } = out.options;
    const properties: readonly Layout[] = [
      `int64: ${stringLiteral(int64)}`,
      f.value(out.common("metadata")),
      ["events: ", nameSet(model.events.map(({ name }) => name))],
      ["validators: () =>", group(indent(line, `import(${stringLiteral(f.specifier(VALIDATORS))})`))],
    ];
    f.statement(declarations(int64));
    const { identifier } = out.common("schema");
    f.statement(
      `${comment("The schema, for clients and servers: it is what they are made with.")}\n` +
        `export const ${identifier}: ${out.common("QmpSchema").identifier} = ` +
        printDocument([object(properties, hardline), ";"]),
    );
  },
});

/** All validators by the names on the wire, in a file of their own: nothing imports it but {@link schema}, and late. */
function emitValidators({ commands, events }: Schema, out: Output): void {
  const f = out.file(VALIDATORS, { hasLongNames: true });
  f.value(MAP_OF);
  const all = f.type(out.common("SchemaValidators"));
  const commandType = f.type(out.common("CommandValidators"));
  const validator = f.type(out.common("Validator"));
  const ofCommands = commands.map((command) => property(command.name, commandValidators(command, f, out)));
  const ofEvents = events.map((event) => validatorProperty(event.name, f.value(out.names.of(event, "validate"))));
  f.statement(`type EventValidator = ${validator}<unknown>;`);
  f.statement(mapConstant("commands", all, commandType, ofCommands));
  f.statement(mapConstant("events", all, "EventValidator", ofEvents));
}

const VALIDATORS = "internal/all-validators.ts";

/** `{ arguments: validateNetdevAddArguments, returns: validateNetdevAddReturns }` */
function commandValidators(command: Command, f: GeneratedFile, out: Output): Layout {
  const { successResponse } = command;
  const returns = successResponse ? out.names.of(command, "validateReturns") : NO_RETURNS;
  return object([
    validatorProperty("arguments", f.value(out.names.of(command, "validateArguments"))),
    validatorProperty("returns", f.value(returns)),
  ]);
}

/** Where no reply comes, none is right but that of commands that return nothing. */
const NO_RETURNS = { identifier: "validateNoReturns", path: SUPPORT.empty };

function validatorProperty(name: string, validator: string): Layout {
  // The comma is behind it in any case.
  return [`${literalKey(name)}:`, group(indent(line, validator))];
}

/** `export const events: SchemaValidators["events"] = mapOf<Type>({ ... });` */
function mapConstant(name: string, of: string, type: string, properties: readonly Layout[]): string {
  return `export const ${name}: ${of}["${name}"] =\n  ${printDocument([longMap(type, properties), ";"], 1)}`;
}

/** `new Set(["SHUTDOWN"])` */
function nameSet(names: readonly string[]): Layout {
  return ["/* @__PURE__ */ new Set(", array(names.map(stringLiteral)), ")"];
}

function declarations(int64: Int64Mode): string {
  return `\
/** What clients and servers want to know of the schema. */
export interface QmpSchema {
  /** For the type checker alone: it is never there. */
  readonly types?:
    | {
        readonly commands: Commands;
        readonly events: Events;
        readonly executor: Executor;
      }
    | undefined;
  /** How 64-bit integers are held. */
  readonly int64: ${stringLiteral(int64)};
  /** What is unusual about definitions, by their names. */
  readonly metadata: ReadonlyMap<string, Metadata>;
  /** The names of all events. */
  readonly events: ReadonlySet<string>;
  /**
   * Loads all validators. They are most of the code, and what does not call this
   * need not load them.
   */
  readonly validators: () => Promise<SchemaValidators>;
}

/** All validators, by the names on the wire. */
export interface SchemaValidators {
  readonly commands: ReadonlyMap<string, CommandValidators>;
  readonly events: ReadonlyMap<string, Validator<unknown>>;
}

/** The validators of a command. */
export interface CommandValidators {
  /** Strict, if not told otherwise. */
  readonly arguments: Validator<unknown>;
  /** Tolerant. Where no reply comes, it takes nothing but an empty object. */
  readonly returns: Validator<unknown>;
}`;
}
