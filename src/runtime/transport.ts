/**
 * What carries the bytes. The client knows nothing else of sockets, pipes and processes; those of Node are in transport/.
 */

/** A connection that carries text both ways. */
export interface Transport {
  /** Begins to hand over what comes. It is called once, and nothing that came before is lost. */
  open(receiver: Receiver): void;
  /** Sends text as UTF-8, or bytes as they are. What cannot be sent any more is dropped: `closed` tells of it. */
  write(data: string | Uint8Array): void;
  /** Stops handing over text until {@link Transport.resume}, so that the peer has to wait. */
  pause(): void;
  /** Hands over text again. */
  resume(): void;
  /** Ends the connection: what was written before goes out, if the peer takes it soon. `closed` is called when it is done. */
  close(): void;
}

/** Who takes what a transport carries. */
export interface Receiver {
  /** Text that came, decoded as UTF-8, in pieces of any size; U+FFFD stands for bytes that are not UTF-8. */
  text(text: string): void;
  /** Called once, after all text: the connection is closed. `reason` is absent when either side just ended it. */
  closed(reason?: Error): void;
}

/** Makes connections to one address. */
export interface Connector {
  /** Where to, for messages: `unix:/run/vm1.qmp`. */
  readonly address: string;
  /** Whether it can connect again after a connection was lost. */
  readonly canReconnect: boolean;
  /**
   * Makes a connection.
   *
   * @param signal - Ends the attempt; it is then rejected with the signal's reason and leaves nothing open.
   */
  connect(signal: AbortSignal): Promise<Transport>;
  /** Frees what it holds besides its connections: a socket that listens, a process. Called once, when the client is closed. */
  close?(): Promise<void>;
}
