/**
 * The arguments of a command, as the schema has them.
 */
import type { JsonObject } from "../message.js";
import type { Schema, SchemaValidators } from "../schema.js";
import { widen } from "../widen.js";
import { CommandError } from "./command-error.js";

/** What arguments are checked with. */
export interface ArgumentCheck {
  readonly schema: Schema;
  readonly validators: SchemaValidators;
  readonly validates: { readonly arguments: boolean };
}

/**
 * What a command was given, its 64-bit integers as the schema types them.
 *
 * @param args - Changed in place.
 * @throws CommandError when it is not as the schema says, if that is validated.
 */
export function checkedArguments(
  command: string,
  args: JsonObject,
  { schema, validators, validates }: ArgumentCheck,
): JsonObject {
  const validator = validators.commands.get(command)?.arguments;
  if (validator === undefined) return args;
  if (schema.int64 === "bigint") widen(args, validator.shape);
  const issue = validates.arguments ? validator(args, { maxIssues: 1 }).issues?.[0] : undefined;
  if (issue === undefined) return args;
  throw new CommandError("GenericError", `arguments: ${issue.message}`);
}
