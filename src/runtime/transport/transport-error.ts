/**
 * What goes wrong with transports, in words that say what to do.
 */
import type { Address } from "./address.js";

/** A connection could not be made, or broke. The cause is what Node.js said. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** Node's code of the error: `ECONNREFUSED`, `ERR_TLS_CERT_ALTNAME_INVALID`. */
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** An error of Node with what it is likely to come from. */
export function explain(error: unknown, address?: Address): TransportError {
  if (error instanceof TransportError) return error;
  const { code, message } = codeAndMessage(error);
  const advice = code === undefined ? undefined : (adviceAbout(code, address) ?? TLS_ADVICE.get(code));
  return new TransportError(advice === undefined ? message : `${message}: ${advice}`, code, error);
}

function codeAndMessage(error: unknown): { readonly code: string | undefined; readonly message: string } {
  if (!(error instanceof Error)) return { code: undefined, message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  // A name with several addresses, of which none could be connected to: the error itself says nothing.
  const reasons: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  const message =
    error.message === "" ? reasons.map((reason) => codeAndMessage(reason).message).join("; ") : error.message;
  return { code, message };
}

function adviceAbout(code: string, address: Address | undefined): string | undefined {
  if (address === undefined) return undefined;
  return address.kind === "unix" ? UNIX_ADVICE.get(code)?.(address.path) : NET_ADVICE.get(code);
}

const UNIX_ADVICE: ReadonlyMap<string, (path: string) => string> = new Map([
  ["ENOENT", (path) => `there is no such socket; is QEMU running, with -qmp unix:${path},server=on,wait=off?`],
  ["ECONNREFUSED", () => "nobody listens there; has QEMU ended, or is it no socket?"],
  ["EACCES", () => "it takes the right to write to the socket, and to enter its directory"],
  ["EADDRINUSE", () => "somebody listens there already, or it is no socket"],
]);

const NET_ADVICE: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nobody listens there; is QEMU running, with -qmp tcp:HOST:PORT,server=on,wait=off?"],
  ["ENOTFOUND", "there is no such host"],
  ["EADDRINUSE", "somebody listens there already"],
  ["EADDRNOTAVAIL", "this machine does not have this address"],
  ["EACCES", "this port takes privileges"],
]);

const NOT_TRUSTED = "give the certificate of the authority that signed it as `ca`";
const NOT_TLS = "the server does not speak TLS; was QEMU given tls-creds?";
const TLS_ADVICE: ReadonlyMap<string, string> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", NOT_TRUSTED],
  ["SELF_SIGNED_CERT_IN_CHAIN", NOT_TRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", NOT_TRUSTED],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", NOT_TRUSTED],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "if the certificate is meant for this server, say its name as `servername`"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", NOT_TLS],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "the server wants a certificate: give `cert` and `key`"],
]);
