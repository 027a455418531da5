/** Certificates for tests: made by the program `openssl`, good for two days. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes an authority, and certificates of a server, at 127.0.0.1, and of a client that it has signed. Their files are called as QEMU
 * wants it (`-object tls-creds-x509,dir=...`): `ca-cert.pem`, `server-cert.pem`, `server-key.pem`, `client-cert.pem`, `client-key.pem`.
 *
 * @param directory - It is made.
 * @param clientSubject - Who the client is.
 */
export function makeCertificates(directory: string, clientSubject = "/CN=client"): void {
  mkdirSync(directory);
  const openssl = (...args: readonly string[]): void => {
    const { status, stderr, error } = spawnSync("openssl", args, { cwd: directory, encoding: "utf8" });
    if (status !== 0) throw new Error(`openssl: ${error?.message ?? stderr}`);
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const authority = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"];
  const extensions = authority.flatMap((extension) => ["-addext", extension]);
  openssl("req", "-x509", ...key, "-keyout", "ca-key.pem", "-out", "ca-cert.pem", "-subj", "/CN=ca", ...extensions);
  for (const [role, subject] of [
    ["server", "/CN=server"],
    ["client", clientSubject],
  ] as const) {
    writeFileSync(
      join(directory, `${role}.ext`),
      `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\n` +
        `extendedKeyUsage=${role}Auth\nsubjectAltName=IP:127.0.0.1\n`,
    );
    openssl("req", ...key, "-keyout", `${role}-key.pem`, "-out", `${role}.csr`, "-subj", subject);
    const signed = ["-CA", "ca-cert.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-extfile", `${role}.ext`];
    openssl("x509", "-req", "-in", `${role}.csr`, ...signed, "-days", "2", "-out", `${role}-cert.pem`);
  }
}
