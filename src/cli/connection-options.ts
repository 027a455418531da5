/** What commands that talk to a QEMU have in common: their options, and how they are read. */
import { UsageError, type Arguments, type Option } from "./options.js";
import { SCHEMA_OPTIONS } from "./schema-options.js";

type CommonName = "agent" | "timeout" | "help" | "version";

/** Options that every command with a connection has. */
export const CONNECTION_OPTIONS: Readonly<Record<CommonName, Option>> = {
  agent: { help: "talk to a guest agent, not to a monitor" },
  timeout: {
    value: "MS",
    help: "how many milliseconds connecting, the greeting and each reply may take;\ndefault: 10000, and no limit for replies (30000 with --agent)",
  },
  help: SCHEMA_OPTIONS.help,
  version: SCHEMA_OPTIONS.version,
};

/** How to connect again, for commands that stay. */
export const RECONNECT_OPTION: Option = { help: "connect again when the connection is lost" };

/** What `<address>` stands for, as the help says it. */
export const ADDRESS_NOTE = `<address> is where QEMU waits for clients: unix:PATH, tcp:HOST:PORT or tls:HOST:PORT. QEMU does
so with -qmp unix:PATH,server=on,wait=off, and serves one client at a time there.
`;

/** The address, and what stands behind it. */
export function readAddress(args: Arguments<never>): { readonly address: string; readonly rest: readonly string[] } {
  const [address, ...rest] = args.positionals;
  if (address === undefined || address === "") throw new UsageError("which QEMU? Name an address, as unix:PATH");
  return { address, rest };
}

/** The number that an option has for its value; undefined when it was not given. */
export function readCount(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^[1-9][0-9]{0,8}$/.test(given))
    throw new UsageError(`the value of '--${name}' is no number from 1 on: '${given}'`);
  return Number(given);
}
