/**
 * What both entries export: `qapi-codegen/qmp` for Node.js, and `qapi-codegen/qmp/core`, which imports nothing of it.
 */
export type {
  Accessor,
  ArgumentsOf,
  Change,
  Client,
  ClientState,
  Comparison,
  EventsOptions,
  EventStream,
  Greeting,
  QmpClient,
  ReturnsOf,
  Signal,
  SignalArguments,
  SignalEvent,
  UnknownEvent,
  UntypedExecuteOptions,
  WaitOptions,
} from "./client-api.js";
export {
  ConnectError,
  ConnectionLostError,
  OverflowError,
  ProtocolError,
  QmpError,
  SlotError,
  TimeoutError,
  UnsupportedError,
  ValidationError,
} from "./errors.js";
export { parseJson, stringifyJson } from "./json.js";
export type { ClientOptions, ReconnectOptions, Validate } from "./options.js";
export type * from "./schema.js";
export { CommandError, type ErrorClass, HandlerError } from "./server/command-error.js";
export type {
  AccessorArguments,
  Call,
  ConnectedSignals,
  DataOf,
  Emitter,
  Fallback,
  Handler,
  Handlers,
  Listening,
  ListeningServer,
  QmpServer,
  ServerClient,
  ServerOptions,
} from "./server/server-api.js";
export type * from "./shape.js";
export type { SlotHandle } from "./slots.js";
export type { Connector, Receiver, Transport } from "./transport.js";
export type { AbortSignalLike } from "./waiting.js";
