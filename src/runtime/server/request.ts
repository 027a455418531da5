/**
 * What clients send: which objects are commands, as QEMU decides it (`qmp_dispatch_check_obj` in its qapi/qmp-dispatch.c).
 */
import { isJsonObject, type JsonObject } from "../message.js";
import { CommandError } from "./command-error.js";

/** A command to execute. */
export interface Request {
  readonly command: string;
  readonly args: JsonObject;
  readonly oob: boolean;
}

/** Whether a message looks like a command to be executed out of band, so that it does not wait for its turn. */
export function looksOutOfBand(message: unknown): boolean {
  return isJsonObject(message) && Object.hasOwn(message, "exec-oob") && !Object.hasOwn(message, "execute");
}

/**
 * @param oob - Whether out-of-band execution has been negotiated.
 * @throws CommandError for what is no command.
 */
export function readRequest(message: unknown, oob: boolean): Request {
  if (!isJsonObject(message)) throw refusal("a message to a server is a JSON object");
  let key: "execute" | "exec-oob" | undefined;
  let command = "";
  let args: JsonObject = {};
  for (const [name, value] of Object.entries(message)) {
    if (name === "execute" || (name === "exec-oob" && oob)) {
      if (typeof value !== "string") throw refusal(`'${name}' takes the name of a command`);
      if (key !== undefined) throw refusal(`a message has either '${key}' or '${name}'`);
      key = name;
      command = value;
    } else if (name === "arguments") {
      if (!isJsonObject(value)) throw refusal("'arguments' takes an object");
      args = value;
    } else if (name !== "id") {
      throw refusal(`a message has no '${name}'`);
    }
  }
  if (key === undefined) throw refusal("what is to be executed? There is no 'execute'");
  return { command, args, oob: key === "exec-oob" };
}

function refusal(description: string): CommandError {
  return new CommandError("GenericError", description);
}
