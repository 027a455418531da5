/**
 * From a command to what its handler makes of it, validated on the way in and out.
 */
import { messageOf, QmpError, ValidationError } from "../errors.js";
import type { JsonObject } from "../message.js";
import type { Schema, SchemaValidators, Validator } from "../schema.js";
import { checkedArguments } from "./arguments.js";
import type { BuiltIn, Caller } from "./built-in.js";
import { CommandError, HandlerError } from "./command-error.js";
import type { Request } from "./request.js";
import type { Outcome } from "./session.js";

/** A handler, or the fallback, without its types. */
export type Run<Context> = (args: JsonObject, call: Context) => unknown;

/** What commands are executed with. */
export interface DispatcherParts<Peer, Context> {
  readonly schema: Schema;
  readonly validators: SchemaValidators;
  readonly validates: { readonly arguments: boolean; readonly returns: boolean };
  readonly builtIn: ReadonlyMap<string, BuiltIn>;
  readonly handlerOf: (command: string) => Run<Context> | undefined;
  /** What a handler is told of a request. */
  readonly contextOf: (request: Request, peer: Peer) => Context;
  readonly onProblem: (problem: Error) => void;
}

/** Executes commands. */
export class Dispatcher<Peer extends Caller, Context> {
  readonly #parts: DispatcherParts<Peer, Context>;

  constructor(parts: DispatcherParts<Peer, Context>) {
    this.#parts = parts;
  }

  /**
   * The outcome comes at once where the handler's does, so that what is executed out of band is done before anything else.
   *
   * @throws CommandError, and nothing else.
   */
  execute(request: Request, peer: Peer): Outcome | Promise<Outcome> {
    const { command, args, oob } = request;
    const { schema, builtIn, handlerOf, contextOf } = this.#parts;
    const handler = handlerOf(command);
    const standard = handler === undefined ? builtIn.get(command) : undefined;
    if (handler === undefined && standard === undefined) throw this.#notFound(command);
    const { allowOob = false, successResponse: hasReply = true } = schema.metadata.get(command) ?? {};
    if (oob && !allowOob) throw new CommandError("GenericError", `${command} is not executed out of band`);
    if (standard !== undefined) return { ...standard(args, peer), hasReply };
    if (handler === undefined) throw this.#notFound(command);
    const checked = checkedArguments(command, args, this.#parts);
    const returns = this.#run(handler, command, checked, contextOf(request, peer));
    if (!(returns instanceof Promise)) return this.#outcome(command, returns, hasReply);
    return returns.then((value) => this.#outcome(command, value, hasReply));
  }

  #notFound(command: string): CommandError {
    const isKnown = this.#parts.validators.commands.has(command);
    const why = isKnown ? `nobody here handles the command ${command}` : `there is no command ${command}`;
    return new CommandError("CommandNotFound", why);
  }

  #run(handler: Run<Context>, command: string, args: JsonObject, context: Context): unknown {
    const refuse = (error: unknown): never => {
      throw this.#refusal(command, error);
    };
    try {
      const returns = handler(args, context);
      return isThenable(returns) ? Promise.resolve(returns).catch(refuse) : returns;
    } catch (error) {
      return refuse(error);
    }
  }

  #refusal(command: string, error: unknown): CommandError {
    if (error instanceof CommandError) return error;
    // What another server has said, to a handler that asks it.
    if (error instanceof QmpError) return new CommandError(error.class, error.description);
    this.#parts.onProblem(new HandlerError(command, error));
    return new CommandError("GenericError", messageOf(error));
  }

  #outcome(command: string, returns: unknown = {}, hasReply: boolean): Outcome {
    if (hasReply) this.#check(command, returns);
    return { returns, hasReply };
  }

  #check(command: string, returns: unknown): void {
    const { validators, validates, onProblem } = this.#parts;
    const validator: Validator | undefined = validators.commands.get(command)?.returns;
    if (validator === undefined || !validates.returns) return;
    const { issues } = validator(returns);
    if (issues === undefined) return;
    const problem = new ValidationError("returns", command, issues, returns);
    onProblem(problem);
    throw new CommandError("GenericError", problem.message);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
