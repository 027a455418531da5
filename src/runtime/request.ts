/**
 * From a call to the message that is sent.
 */
import type { CommandRequest } from "./command.js";
import { ValidationError } from "./errors.js";
import { stringifyJson } from "./json.js";
import type { Schema, SchemaValidators } from "./schema.js";

/** A call of `execute`. */
export interface Call {
  readonly name: string;
  readonly args: unknown;
  readonly oob: boolean;
  /** Whether it is a command of the schema. */
  readonly isTyped: boolean;
}

/**
 * The message for a call.
 *
 * @param validators - Absent where arguments are not validated.
 * @throws ValidationError when the arguments are not as the schema says; TypeError when the command is none of the schema's,
 * may not be executed out of band, or has arguments that are no JSON.
 */
export function requestOf(call: Call, id: number, schema: Schema, validators?: SchemaValidators): CommandRequest {
  const { name, args, oob, isTyped } = call;
  if (isTyped) checkCall(call, schema, validators);
  const verb = oob ? "exec-oob" : "execute";
  // Arguments before the id: an error that the server finds while it reads them then comes without an id, which it must anyway.
  const passed = args === undefined ? "" : `,"arguments":${stringifyJson(args)}`;
  const text = `{"${verb}":${JSON.stringify(name)}${passed},"id":${id}}\n`;
  const hasReply = schema.metadata.get(name)?.successResponse !== false;
  return { name, args, id, oob, hasReply, isTyped, text };
}

function checkCall({ name, args, oob }: Call, schema: Schema, validators: SchemaValidators | undefined): void {
  if (oob && schema.metadata.get(name)?.allowOob !== true) {
    throw new TypeError(`${name} is not executed out of band: the schema does not say allow-oob of it`);
  }
  if (validators === undefined) return;
  const validator = validators.commands.get(name)?.arguments;
  if (validator === undefined) {
    throw new TypeError(`the schema has no command ${JSON.stringify(name)}: executeUntyped takes others too`);
  }
  const { issues } = validator(args ?? {});
  if (issues !== undefined) throw new ValidationError("arguments", name, issues, args);
}
