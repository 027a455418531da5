/** A client of SPICE, by its protocol's first messages: it comes as far as the main channel. */
import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import type { NetConnectOpts, Socket } from "node:net";
import { ByteReader } from "./byte-reader.js";
import { dial, type Dialled } from "./dial.js";

/** How long the public key is that the server sends: of 1024 bits, as X.509 has it. */
const KEY_LENGTH = 162;
/** The number of the channel over which all others are agreed upon. */
const MAIN_CHANNEL = 1;

/** A client of SPICE. */
export class SpiceClient {
  /** Where it is. */
  readonly local: Omit<Dialled, "socket">;
  readonly #socket: Socket;
  readonly #reader: ByteReader;

  private constructor({ socket, host, port }: Dialled) {
    this.local = { host, port };
    this.#socket = socket;
    this.#reader = new ByteReader(socket);
  }

  /** Connects, and says nothing yet. */
  static async connect(where: NetConnectOpts): Promise<SpiceClient> {
    return new SpiceClient(await dial(where));
  }

  /** Asks for the main channel, and shows the password. */
  async begin(password: string): Promise<"welcome" | "refused"> {
    const hello = Buffer.alloc(18);
    hello.writeUInt8(MAIN_CHANNEL, 4);
    hello.writeUInt32LE(hello.length, 14); // Where capabilities would be, of which we have none.
    this.#socket.write(Buffer.concat([header(hello.length), hello]));

    const { length } = await this.#header();
    const reply = await this.#reader.read(length);
    if (reply.readUInt32LE() !== 0) throw new Error(`the server refuses the channel: ${reply.readUInt32LE()}`);
    const key = createPublicKey({ key: reply.subarray(4, 4 + KEY_LENGTH), format: "der", type: "spki" });
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    this.#socket.write(publicEncrypt({ key, padding, oaepHash: "sha1" }, Buffer.from(`${password}\0`)));
    if ((await this.#reader.read(4)).readUInt32LE() === 0) return "welcome";
    await this.#reader.end();
    return "refused";
  }

  /** Goes. */
  end(): void {
    this.#socket.destroy();
  }

  async #header(): Promise<{ readonly length: number }> {
    const bytes = await this.#reader.read(16);
    if (bytes.toString("latin1", 0, 4) !== "REDQ") throw new Error(`this is not SPICE: ${bytes.toString("hex")}`);
    return { length: bytes.readUInt32LE(12) };
  }
}

/** What goes before the first message of each side: the version, 2.2, and the message's length. */
function header(length: number): Uint8Array {
  const bytes = Buffer.from("REDQ\0\0\0\0\0\0\0\0\0\0\0\0", "latin1");
  bytes.writeUInt32LE(2, 4);
  bytes.writeUInt32LE(2, 8);
  bytes.writeUInt32LE(length, 12);
  return bytes;
}
