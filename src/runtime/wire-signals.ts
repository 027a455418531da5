/**
 * What signals are called on the wire, by servers that have them and by clients that use them.
 */

/** The capability by which a server says in its greeting that it has signals. */
export const SIGNALS = "signals";

/** The command that drops the default connection of a session. It is there only before `qmp_capabilities`. */
export const DISCONNECT_DEFAULT_SIGNALS = "disconnect-default-signals";

/** The accessor that every event has without a declaration: `block-io-error` of BLOCK_IO_ERROR. */
export function implicitAccessor(event: string): string {
  return event.toLowerCase().replaceAll("_", "-");
}

/** The command that connects a signal by an accessor. It returns the tag of the connection. */
export function connectCommand(accessor: string): string {
  return `${accessor}-connect`;
}

/** The command that takes the tag of such a connection, and ends it. */
export function disconnectCommand(accessor: string): string {
  return `${accessor}-disconnect`;
}
