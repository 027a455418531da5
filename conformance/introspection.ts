/** What `query-qmp-schema` would return for our model, in the format of the data. */
import type { Schema } from "../src/schema/schema.js";
import type { JsonObject } from "./json.js";

export function introspectionJson(_schema: Schema, masked: boolean): JsonObject {
  return { format: 1, masked, schema: [] };
}
