/** What `query-qmp-schema` would return for our model, in the format of the data. */
import { introspect } from "../src/schema/introspection/introspect.js";
import type { Schema } from "../src/schema/schema.js";
import { isObject, type Json, type JsonObject, parseJson, stringAt } from "./json.js";

export function introspectionJson(schema: Schema, masked: boolean, version: number): JsonObject {
  const unmasked = answer(schema, false, version);
  if (!masked) return { format: 1, masked, schema: unmasked };
  const numbered = answer(schema, true, version);
  return { format: 1, masked, schema: numbered, names: namesOf(numbered, unmasked) };
}

function answer(schema: Schema, masked: boolean, version: number): readonly Json[] {
  // A schema that does not describe the answer, as that of the guest agent, does not tell this.
  const enumMembers = version >= 602;
  // Through text, so that it is compared as others get it.
  return introspect(schema, { masked, conditions: "keep", enumMembers }).map((info) => parseJson(JSON.stringify(info)));
}

/** The names of types that have numbers instead: both answers list the same in the same order. */
function namesOf(numbered: readonly Json[], unmasked: readonly Json[]): JsonObject {
  const names: Record<string, Json> = {};
  for (const [index, info] of numbered.entries()) {
    const number = stringAt(valueOf(info), "name");
    const name = stringAt(valueOf(unmasked[index]), "name");
    if (number !== undefined && name !== undefined && /^\d+$/.test(number)) names[number] = name;
  }
  return names;
}

/** What is in the wrapping that a condition makes. */
function valueOf(info: Json | undefined): Json | undefined {
  return isObject(info) && info["$value"] !== undefined ? info["$value"] : info;
}
