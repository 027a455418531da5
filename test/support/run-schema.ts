/** The value `schema` of generated code that runs. */
import type { EmitOptions } from "../../src/emit/options.js";
import type { Schema as Model } from "../../src/schema/schema.js";
import type { Schema, Validator } from "../../src/runtime/schema.js";
import type { Shape } from "../../src/runtime/shape.js";
import { runValidators } from "./run-validators.js";

/** What a client asks of a schema, for what it has. */
export interface LoadedSchema {
  readonly schema: Schema;
  event(name: string): Checked;
  arguments(command: string): Checked;
  returns(command: string): Checked;
}

/** A validator. */
export interface Checked {
  readonly shape: Shape;
  /** The issues; undefined when there are none. */
  readonly issues: (value: unknown) => unknown;
}

/** The `schema` of an output, with its validators loaded. */
export async function runSchema(model: Model, options?: EmitOptions): Promise<LoadedSchema> {
  const schema = (await runValidators(model, options)).get("schema");
  if (!isSchema(schema)) throw new Error("the output has no schema");
  const { commands, events } = await schema.validators();
  return {
    schema,
    event: (name) => checked(events.get(name), name),
    arguments: (name) => checked(commands.get(name)?.arguments, name),
    returns: (name) => checked(commands.get(name)?.returns, name),
  };
}

function checked(validator: Validator | undefined, name: string): Checked {
  if (validator === undefined) throw new Error(`the schema has no ${name}`);
  return { shape: validator.shape, issues: (value) => validator(value).issues };
}

/** Whether it is one, as far as can be seen; that its types are right, the compiler is asked. */
function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && "validators" in value && typeof value.validators === "function";
}
