import { commands } from "./commands.js";
import type { Emitter } from "../emit/index.js";
import { events } from "./events.js";
import { jsonSchema } from "./json-schema/json-schema.js";
import { metadata } from "./metadata.js";
import { schema } from "./schema.js";
import { types } from "./types.js";
import { validators } from "./validators/validators.js";

/** Those that come with qapi-codegen, by their names: for what an emitter `requires`. */
export const emitters: Readonly<
  Record<"types" | "events" | "commands" | "validators" | "metadata" | "schema" | "json-schema", Emitter>
> = { types, events, commands, validators, metadata, schema, "json-schema": jsonSchema };

/** The same, in the order in which they are listed and run. */
export const builtinEmitters: readonly Emitter[] = Object.values(emitters);

/** Those that run where none is chosen. */
export const defaultEmitters: readonly Emitter[] = [types, events, commands, validators, metadata, schema];
