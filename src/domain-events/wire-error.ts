/** What is wrong with a message. */

/** A message cannot be encoded or decoded: what is in it is not what the wire form has there. */
export class WireError extends Error {
  override readonly name = "WireError";
  /** Where in the message, by the names that libvirt's protocol has: `local.node`, `subject[3].name`. Empty: the whole of it. */
  readonly path: string;
  /** What should be there. */
  readonly expected: string;
  /** What is there instead, in a few words: never the text itself. */
  readonly received: string;

  constructor(path: string, expected: string, received: string, options?: ErrorOptions) {
    super(`${path === "" ? "message" : path}: expected ${expected}, got ${received}`, options);
    this.path = path;
    this.expected = expected;
    this.received = received;
  }
}
