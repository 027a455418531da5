/**
 * Messages from text: one a line.
 */
import { ProtocolError } from "./errors.js";
import { Pieces } from "./pieces.js";

/** Who takes messages. Each method may pause, resume or close the reader. What it throws is thrown by `push` or `resume`. */
export interface MessageReceiver {
  /** A message, without the end of its line. */
  message(text: string): void;
  /** A message is longer than the limit, whether or not its end has come. The reader is closed: nothing comes any more. */
  tooLong(error: ProtocolError): void;
}

/** How much of what is incomplete is told. */
const SHOWN = 200;
const CARRIAGE_RETURN = 0x0d;

/**
 * Takes text in pieces of any size, and hands over the messages in it: each a line that ends with LF or CRLF. Empty lines are
 * skipped. Where a line is just `{`, the message lasts until a line that is just `}`: so QEMU writes with `pretty=on`.
 *
 * It takes linear time, and memory for little more than one message and one piece, unless it is paused.
 */
export class LineReader {
  readonly #maxLength: number;
  readonly #receiver: MessageReceiver;
  /** What has come, from the piece on that is being read. */
  #first: Piece | undefined;
  #last: Piece | undefined;
  /** Where to go on in the first piece. */
  #position = 0;
  /** The beginning of a line whose end has not come. */
  readonly #line = new Pieces();
  /** The lines of a message of several, each with its end; it has begun if there are any. */
  readonly #lines = new Pieces();
  #isReading = false;
  #isPaused = false;
  #isClosed = false;

  /** @param maxLength - The most UTF-16 code units that a message may have, the end of its line not counted. */
  constructor(maxLength: number, receiver: MessageReceiver) {
    this.#maxLength = maxLength;
    this.#receiver = receiver;
  }

  /** Whether messages are held back. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Reads what came next. While the reader is paused, it is kept: who pauses the reader pauses what it reads from. */
  push(text: string): void {
    if (this.#isClosed || text === "") return;
    const piece: Piece = { text, next: undefined };
    if (this.#last === undefined) this.#first = piece;
    else this.#last.next = piece;
    this.#last = piece;
    this.#read();
  }

  /** Hands over no further message, not even one that has come already, until {@link LineReader.resume}. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Goes on, and hands over what was kept before it returns (unless it is called while a message is handed over). */
  resume(): void {
    this.#isPaused = false;
    this.#read();
  }

  /** Hands over nothing any more, and forgets what was kept. */
  close(): void {
    this.#isClosed = true;
    this.#first = this.#last = undefined;
    this.#line.clear();
    this.#lines.clear();
  }

  /** The first 200 characters of a message whose end has not come, if there is one. What waits for `resume` does not count. */
  get incomplete(): string | undefined {
    const text = this.#lines.start(SHOWN);
    const start = (text + this.#line.start(SHOWN - text.length)).trimEnd();
    return start === "" ? undefined : start;
  }

  #read(): void {
    // Called by a receiver: the loop that called that goes on.
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#first !== undefined && !this.#isPaused) this.#readTo(this.#first);
    } finally {
      this.#isReading = false;
    }
  }

  /** Reads one line from a piece, or to the end of the piece. All is consistent when a receiver is called. */
  #readTo({ text, next }: Piece): void {
    const start = this.#position;
    const feed = text.indexOf("\n", start);
    if (feed !== -1) {
      this.#position = feed + 1;
      this.#endLine(text, start, feed);
      return;
    }
    this.#position = 0;
    this.#first = next;
    if (next === undefined) this.#last = undefined;
    if (start === text.length) return;
    this.#line.add(start === 0 ? text : text.slice(start));
    const isReturn = text.charCodeAt(text.length - 1) === CARRIAGE_RETURN;
    this.#isTooLong(this.#lines.length + this.#line.length - (isReturn ? 1 : 0), "");
  }

  #endLine(text: string, start: number, feed: number): void {
    if (this.#line.length > 0) {
      this.#line.add(text.slice(start, feed));
      const line = this.#line.take();
      this.#takeLine(line, 0, line.length);
    } else {
      this.#takeLine(text, start, feed);
    }
  }

  /** Takes a line, which is a part of a text. */
  #takeLine(text: string, start: number, feed: number): void {
    const end = feed > start && text.charCodeAt(feed - 1) === CARRIAGE_RETURN ? feed - 1 : feed;
    if (end === start) return;
    const line = text.slice(start, end);
    if (this.#isTooLong(this.#lines.length + line.length, line)) return;
    if (this.#lines.length === 0 && line !== "{") {
      this.#receiver.message(line);
      return;
    }
    this.#lines.add(line);
    if (line === "}") this.#receiver.message(this.#lines.take());
    else this.#lines.add("\n");
  }

  /** Whether a message is too long, and if so, tells it and closes the reader. */
  #isTooLong(length: number, line: string): boolean {
    if (length <= this.#maxLength) return false;
    const received = this.#lines.start(SHOWN) + this.#line.start(SHOWN) + line.slice(0, SHOWN);
    this.close();
    this.#receiver.tooLong(
      new ProtocolError("size", `the peer sent a message of more than ${this.#maxLength} characters`, received),
    );
    return true;
  }
}

/** What has come, and what came after it. */
interface Piece {
  readonly text: string;
  next: Piece | undefined;
}
