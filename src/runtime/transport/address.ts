/**
 * Addresses as text.
 */

/** Where a peer is, or is waited for. */
export type Address =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp" | "tls"; readonly host: string; readonly port: number };

const EXPECTED = "expected unix:PATH, tcp:HOST:PORT or tls:HOST:PORT";

/**
 * Reads `unix:PATH`, `tcp:HOST:PORT` or `tls:HOST:PORT`.
 *
 * A path is all that follows, colons included, and may be relative. IPv6 addresses are in brackets: `tcp:[::1]:4444`. A port is
 * a number up to 65535, where 0 makes sense only to listen on. Abstract sockets of Linux have no address: Node.js 20 gives their
 * names a length that QEMU does not, unless it is told `tight=off`.
 *
 * @throws TypeError that says what is wrong, what was expected, and what was there.
 */
export function parseAddress(text: string): Address {
  const colon = text.indexOf(":");
  const kind = text.slice(0, Math.max(0, colon));
  const rest = text.slice(colon + 1);
  if (kind === "unix") return { kind, path: pathIn(rest, text) };
  if (kind === "tcp" || kind === "tls") return { kind, ...hostAndPort(rest, text) };
  const hint = /^[./]/.test(text) ? `; for this path, write unix:${text}` : "";
  throw wrong(`${EXPECTED}${hint}`, text);
}

/** An address as text, which {@link parseAddress} reads again. */
export function formatAddress(address: Address): string {
  if (address.kind === "unix") return `unix:${address.path}`;
  const { kind, host, port } = address;
  return `${kind}:${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function pathIn(path: string, text: string): string {
  if (path === "") throw wrong("expected a path after unix:", text);
  if (path.startsWith("@"))
    throw wrong("abstract sockets are not supported; for a file of this name, write unix:./@NAME", text);
  if (path.includes("\0")) throw wrong("a path has no NUL characters", text);
  const option = /,(server|wait|nowait|abstract|tight|reconnect|reconnect-ms)(=|,|$)/.exec(path)?.[1];
  if (option !== undefined) throw wrong(`expected the path alone: ${option} is an option of QEMU`, text);
  return path;
}

function hostAndPort(rest: string, text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([^[\]]*)\]|([^[\]]*)):([^:]*)$/.exec(rest) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || digits === undefined)
    throw wrong("expected HOST:PORT, with IPv6 addresses in brackets", text);
  if (host === "") throw wrong("expected a host before the port", text);
  if (bracketed === undefined && host.includes(":"))
    throw wrong("expected IPv6 addresses in brackets: [::1]:4444", text);
  if (bracketed !== undefined && !host.includes(":"))
    throw wrong("expected an IPv6 address between the brackets", text);
  if (/[\s/\0]/.test(host)) throw wrong("a host has no spaces or slashes", text);
  if (!/^\d{1,5}$/.test(digits) || Number(digits) > 65535)
    throw wrong("expected a port, a number from 0 to 65535", text);
  return { host, port: Number(digits) };
}

/** The text is shown as JSON, cut: it may come from anywhere. */
function wrong(what: string, text: string): TypeError {
  const shown = JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}...` : text);
  return new TypeError(`${shown} is not an address: ${what}`);
}
