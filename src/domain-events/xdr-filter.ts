/**
 * What messages are made of: XDR (RFC 4506) as C has it, where one routine for each structure, a filter, goes both ways.
 *
 * A filter calls the methods of a {@link Stream} in the order in which things are on the wire. One that writes takes the values; one
 * that reads takes no notice of them, which are undefined then. Both return what is on the wire.
 */
import { WireError } from "./wire-error.js";
import { xdr } from "./xdr-library.js";

/** How many bytes of UTF-8 a string may have: `REMOTE_STRING_MAX` of the time when these messages were made. Newer libvirts take 4 MiB. */
export const MAX_STRING_BYTES = 65_536;

/** A message that is written or read. `name` is what the protocol calls a member. */
export interface Stream {
  /** 32 bits, signed. */
  int(name: string, value: number | undefined): number;
  /** 64 bits, signed. */
  hyper(name: string, value: bigint | undefined): bigint;
  /** UTF-8 of at most {@link MAX_STRING_BYTES} bytes, none of them zero: C would see an end there. */
  string(name: string, value: string | undefined): string;
  /** `length` bytes. */
  opaque(name: string, length: number, value: Uint8Array | undefined): Uint8Array;
  /** At most `max` of something. */
  list<T>(
    name: string,
    max: number,
    values: readonly T[] | undefined,
    filter: (stream: Stream, value: T | undefined) => T,
  ): readonly T[];
  /** A structure in a structure. */
  struct<T>(name: string, value: T | undefined, filter: (stream: Stream, value: T | undefined) => T): T;
  /** That something is wrong with a member. */
  error(name: string, expected: string, received: string): WireError;
}

const { Int, UnsignedInt, Hyper } = xdr;
const Text = new xdr.String(MAX_STRING_BYTES);
const TEXT = `text of at most ${MAX_STRING_BYTES} bytes`;
const INT = "a signed 32-bit integer";
const HYPER = "a signed 64-bit integer, as a bigint";
/** How much memory there is at first, in bytes: enough for most messages. */
const INITIAL_SIZE = 512;

const utf8 = new TextEncoder();
/** A mark of the order of bytes is a character like others: what was sent is received. */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What both directions have: where in the message they are. */
abstract class Place {
  /** Each ends as a path does before a name. */
  #prefix = "";

  error(name: string, expected: string, received: string, options?: ErrorOptions): WireError {
    return new WireError(`${this.#prefix}${name}`, expected, received, options);
  }

  /** What goes wrong is not caught: nothing is read or written after that. */
  protected within<T>(name: string, step: () => T): T {
    const outer = this.#prefix;
    this.#prefix = `${outer}${name}.`;
    const result = step();
    this.#prefix = outer;
    return result;
  }

  /** @throws WireError for what the library throws. */
  protected attempt<T>(name: string, expected: string, step: () => T): T {
    try {
      return step();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message.replace(/^XDR (Read|Write) Error: /, "") : String(cause);
      throw this.error(name, expected, `something else (${reason})`, { cause });
    }
  }
}

/** Writes a message. */
export class Encoder extends Place implements Stream {
  readonly #writer = new xdr.XdrWriter(INITIAL_SIZE);

  /** What was written, in memory of its own. */
  finish(): Uint8Array {
    return new Uint8Array(this.#writer.finalize());
  }

  int(name: string, value: number | undefined): number {
    if (value === undefined) throw this.error(name, INT, "nothing");
    this.attempt(name, INT, () => Int.write(value, this.#writer));
    return value;
  }

  hyper(name: string, value: bigint | undefined): bigint {
    if (typeof value !== "bigint") throw this.error(name, HYPER, kindOf(value));
    this.attempt(name, HYPER, () => Hyper.write(value, this.#writer));
    return value;
  }

  string(name: string, value: string | undefined): string {
    if (typeof value !== "string") throw this.error(name, TEXT, kindOf(value));
    if (value.includes("\0")) throw this.error(name, TEXT, "a zero byte in it");
    // Half a character has no UTF-8; the encoder would replace it.
    if (/\p{Surrogate}/u.test(value)) throw this.error(name, TEXT, "half a surrogate pair in it");
    // The library would count characters in what it says.
    const bytes = value.length > MAX_STRING_BYTES ? undefined : utf8.encode(value);
    if (bytes === undefined || bytes.length > MAX_STRING_BYTES)
      throw this.error(name, TEXT, `${(bytes ?? value).length} ${bytes === undefined ? "characters" : "bytes"}`);
    this.attempt(name, TEXT, () => Text.write(bytes, this.#writer));
    return value;
  }

  opaque(name: string, length: number, value: Uint8Array | undefined): Uint8Array {
    const expected = `${length} bytes`;
    if (value === undefined) throw this.error(name, expected, "nothing");
    this.attempt(name, expected, () => new xdr.Opaque(length).write(value, this.#writer));
    return value;
  }

  list<T>(
    name: string,
    max: number,
    values: readonly T[] | undefined,
    filter: (stream: Stream, value: T | undefined) => T,
  ): readonly T[] {
    const length = values?.length;
    if (values === undefined || length === undefined) throw this.error(name, atMost(max), "nothing");
    if (length > max) throw this.error(name, atMost(max), `${length}`);
    this.attempt(name, atMost(max), () => UnsignedInt.write(length, this.#writer));
    // Not map, which leaves out the holes that there may be in an array.
    for (let index = 0; index < length; index++) this.struct(`${name}[${index}]`, values[index], filter);
    return values;
  }

  struct<T>(name: string, value: T | undefined, filter: (stream: Stream, value: T | undefined) => T): T {
    return this.within(name, () => filter(this, value));
  }
}

/** Reads a message. */
export class Decoder extends Place implements Stream {
  readonly #reader: InstanceType<typeof xdr.XdrReader>;

  constructor(bytes: Uint8Array) {
    super();
    this.#reader = this.attempt("", "a Uint8Array", () => new xdr.XdrReader(bytes));
  }

  /** @throws WireError if something is left. */
  finish(): void {
    this.attempt("", "nothing behind its last member", () => this.#reader.ensureInputConsumed());
  }

  int(name: string): number {
    return this.attempt(name, INT, () => Int.read(this.#reader));
  }

  hyper(name: string): bigint {
    return this.attempt(name, HYPER, () => Hyper.read(this.#reader).toBigInt());
  }

  string(name: string): string {
    const bytes = this.attempt(name, TEXT, () => Text.read(this.#reader));
    const text = this.attempt(name, `${TEXT}, in UTF-8`, () => strictUtf8.decode(bytes));
    if (text.includes("\0")) throw this.error(name, TEXT, "a zero byte in it");
    return text;
  }

  opaque(name: string, length: number): Uint8Array {
    return this.attempt(name, `${length} bytes`, () => new xdr.Opaque(length).read(this.#reader));
  }

  list<T>(
    name: string,
    max: number,
    _: readonly T[] | undefined,
    filter: (stream: Stream, value: T | undefined) => T,
  ): readonly T[] {
    const length = this.attempt(name, atMost(max), () => UnsignedInt.read(this.#reader));
    if (length > max) throw this.error(name, atMost(max), `${length}`);
    return Array.from({ length }, (_, index) => this.struct(`${name}[${index}]`, undefined, filter));
  }

  struct<T>(name: string, _: T | undefined, filter: (stream: Stream, value: T | undefined) => T): T {
    return this.within(name, () => filter(this, undefined));
  }
}

function atMost(count: number): string {
  return `a list of at most ${count}`;
}

function kindOf(value: unknown): string {
  return value === undefined || value === null ? "nothing" : `a ${typeof value}`;
}
