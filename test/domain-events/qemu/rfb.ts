/** A client of VNC, by the RFB protocol (RFC 6143) and what QEMU has added to it: it comes as far as its first look at the screen. */
import { createCipheriv } from "node:crypto";
import { once } from "node:events";
import type { NetConnectOpts, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls, type SecureContextOptions } from "node:tls";
import { DEADLINE } from "../../support/stage.js";
import { ByteReader } from "./byte-reader.js";
import { dial, type Dialled } from "./dial.js";

/** How a client shows who it is: the numbers of the protocol. */
const SECURITY = { none: 1, vnc: 2, vencrypt: 19 } as const;
/** What follows VeNCrypt's TLS, with certificates. */
const X509 = { none: 260, vnc: 261, sasl: 263 } as const;

/** What a client has to show. */
export type Credentials =
  | { readonly security: "none" }
  | { readonly security: "vnc"; readonly password: string }
  | { readonly security: "x509"; readonly certificates: SecureContextOptions; readonly sasl?: SaslClient | undefined };

/** The client's side of a mechanism that needs no more than its first message. */
export interface SaslClient {
  readonly mechanism: string;
  readonly message: string;
}

/** What a server thinks of a client. */
export type Verdict = "welcome" | "refused";

/** A client of VNC. */
export class RfbClient {
  /** Where it is. */
  readonly local: Omit<Dialled, "socket">;
  readonly #socket: Socket;
  #stream: Duplex;
  #reader: ByteReader;

  private constructor({ socket, host, port }: Dialled) {
    this.local = { host, port };
    this.#socket = socket;
    this.#stream = socket;
    this.#reader = new ByteReader(socket);
  }

  /** Connects, and says nothing yet. */
  static async connect(where: NetConnectOpts): Promise<RfbClient> {
    return new RfbClient(await dial(where));
  }

  /** Agrees on the version, shows who it is, and begins, if it may. */
  async begin(credentials: Credentials): Promise<Verdict> {
    this.#write(await this.#reader.read(12)); // "RFB 003.008\n"
    const { security } = credentials;
    await this.#chooseSecurity(security === "x509" ? SECURITY.vencrypt : SECURITY[security]);
    if (security === "vnc") await this.#answerChallenge(credentials.password);
    else if (security === "x509") await this.#encrypt(credentials);
    if ((await this.#reader.read(4)).readUInt32BE() !== 0) {
      await this.#reader.end();
      return "refused";
    }
    this.#write(Uint8Array.of(1)); // ClientInit: others may look on.
    const init = await this.#reader.read(24);
    await this.#reader.read(init.readUInt32BE(20)); // The desktop's name.
    return "welcome";
  }

  /** Goes. */
  end(): void {
    this.#socket.destroy();
  }

  async #chooseSecurity(security: number): Promise<void> {
    const [count = 0] = await this.#reader.read(1);
    const offered = [...(await this.#reader.read(count))];
    if (!offered.includes(security)) throw new Error(`the server offers ${offered.join(", ")}, not ${security}`);
    this.#write(Uint8Array.of(security));
  }

  /** Encrypts what the server sends with the password, of which eight characters count. */
  async #answerChallenge(password: string): Promise<void> {
    const challenge = await this.#reader.read(16);
    const key = Buffer.alloc(8);
    key.write(password, "latin1");
    // VNC has the bits of each byte the other way round.
    for (const [index, byte] of key.entries()) key[index] = mirrored(byte);
    // DES thrice, the second time backwards, with one key is DES, which today's OpenSSL does not have by itself.
    const cipher = createCipheriv("des-ede3-ecb", Buffer.concat([key, key, key]), null);
    this.#write(cipher.setAutoPadding(false).update(challenge));
  }

  /** VeNCrypt 0.2: TLS, and behind it SASL if that is asked for. */
  async #encrypt({ certificates, sasl }: Extract<Credentials, { security: "x509" }>): Promise<void> {
    this.#write(await this.#reader.read(2)); // The version, 0.2
    await this.#expectByte(0);
    const [count = 0] = await this.#reader.read(1);
    const offered = Array.from({ length: count }, () => 0);
    for (const index of offered.keys()) offered[index] = (await this.#reader.read(4)).readUInt32BE();
    const chosen = sasl === undefined ? X509.none : X509.sasl;
    if (!offered.includes(chosen)) throw new Error(`the server offers ${offered.join(", ")}, not ${chosen}`);
    this.#write(uint32(chosen));
    await this.#expectByte(1);

    this.#socket.removeAllListeners("data");
    const secure = connectTls({ socket: this.#socket, host: "127.0.0.1", ...certificates });
    this.#reader = new ByteReader(secure);
    this.#stream = secure;
    await once(secure, "secureConnect", { signal: AbortSignal.timeout(DEADLINE) });
    if (sasl !== undefined) await this.#authenticate(sasl);
  }

  async #authenticate({ mechanism, message }: SaslClient): Promise<void> {
    const mechanisms = (await this.#read32()).toString();
    if (!mechanisms.split(",").includes(mechanism))
      throw new Error(`the server offers ${mechanisms}, not ${mechanism}`);
    this.#write(uint32(mechanism.length), Buffer.from(mechanism));
    this.#write(uint32(message.length + 1), Buffer.from(`${message}\0`));
    await this.#read32(); // What the mechanism has to say.
    await this.#expectByte(1); // It is all that it wanted to know.
  }

  /** Bytes behind their number, which has 32 bits. */
  async #read32(): Promise<Buffer> {
    return this.#reader.read((await this.#reader.read(4)).readUInt32BE());
  }

  async #expectByte(expected: number): Promise<void> {
    const [byte] = await this.#reader.read(1);
    if (byte !== expected) throw new Error(`the server says ${byte}, not ${expected}`);
  }

  #write(...parts: readonly Uint8Array[]): void {
    this.#stream.write(Buffer.concat(parts));
  }
}

function mirrored(byte: number): number {
  let result = 0;
  for (let bit = 0; bit < 8; bit += 1) result |= ((byte >> bit) & 1) << (7 - bit);
  return result;
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
