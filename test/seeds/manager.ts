/** A manager's end of a machine: a server that stands in for QEMU 10.2, a client of it, and the domain that it is. */
import { onTestFinished } from "vitest";
import { type BlockInfo, schema } from "qapi-codegen/qemu-10.2";
import {
  type AttachOptions,
  type Domain,
  type DomainEvents,
  domainEvents,
} from "../../src/domain-events/domain-events.js";
import { type Client, connect, createServer, type Handlers, type ListeningServer } from "../../src/runtime/qmp.js";
import { memoryConnector } from "../runtime/server/memory-pair.js";

type Machine = typeof schema;

/** What a test has of it. */
export interface Managed {
  /** Says what QEMU would say. */
  readonly qemu: ListeningServer<Machine>;
  readonly connection: Client<Machine>;
  readonly domain: Domain<Client<Machine>>;
  readonly domains: DomainEvents;
  /** Resolved once all that was said has been heard. */
  readonly heard: () => Promise<void>;
}

/** The disk that has errors. */
const ide0 = {
  device: "ide0",
  locked: false,
  removable: false,
  type: "unknown",
  inserted: {
    "node-name": "disk",
    file: "/var/lib/images/guest.raw",
    backing_file_depth: 0,
    children: [],
    active: true,
    ro: false,
    drv: "raw",
    encrypted: false,
    detect_zeroes: "off",
    bps: 0,
    bps_rd: 0,
    bps_wr: 0,
    iops: 0,
    iops_rd: 0,
    iops_wr: 0,
    write_threshold: 0,
    cache: { writeback: true, direct: false, "no-flush": false },
    image: { filename: "/var/lib/images/guest.raw", format: "raw", "virtual-size": 512 },
  },
} satisfies BlockInfo;

const HANDLERS: Handlers<Machine> = {
  "query-name": () => ({ name: "guest" }),
  "query-uuid": () => ({ UUID: "c7a5fdbd-edaf-9455-926a-d65c16db1809" }),
  "query-block": () => [ide0],
  "query-named-block-nodes": () => [],
};

/** Starts all of it, until the test is over. */
export async function managed(options: AttachOptions = {}): Promise<Managed> {
  const fail = (problem: Error): void => {
    throw problem;
  };
  const qemu = await createServer(schema, HANDLERS, { onProblem: fail });
  const connection = await connect(schema, memoryConnector(qemu), { onProblem: fail });
  const domains = domainEvents({ onProblem: fail });
  const domain = await domains.attach(connection, options);
  onTestFinished(async () => {
    domains.close();
    await connection.close();
    await qemu.close();
  });
  // Events are told in the order in which they come: the last one comes behind what was said.
  const heard = (): Promise<void> =>
    new Promise((resolve) => {
      const last = domain.on("interfaceDisconnected", () => {
        last.disconnect();
        resolve();
      });
      qemu.emit("NETDEV_STREAM_DISCONNECTED", { "netdev-id": "last" });
    });
  return { qemu, connection, domain, domains, heard };
}
