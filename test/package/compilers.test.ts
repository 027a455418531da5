/** Projects in TypeScript that have installed the package: what it declares and what it generates are right under the strictest flags. */
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { applicationText, PRINTED } from "../support/application.js";
import { RESOLUTIONS, STRICTEST } from "../support/strictest.js";
import { linesOf, makeProject } from "./run.js";

/** What a user would write with each of the entries. */
const ENTRIES = `
import { check, defineEmitter, load, memoryHost, type Schema } from "qapi-codegen";
import { connect, type Client } from "qapi-codegen/qmp";
import { isNetdevStreamConnectedEvent, schema, type QmpEvent } from "./qmp/index.js";

export const mine: ReturnType<typeof defineEmitter> = defineEmitter({ name: "mine", emit: () => undefined });

export function schemaOf(text: string): Schema | undefined {
  return check(load("a.json", memoryHost({ "a.json": text }))).schema;
}

export async function first(address: string): Promise<QmpEvent | undefined> {
  const qmp: Client<typeof schema> = await connect(schema, address);
  for await (const event of qmp.events("NETDEV_STREAM_CONNECTED")) {
    if (isNetdevStreamConnectedEvent(event)) return event;
  }
  return undefined;
}
`;

/** Ready types: nothing is generated, and an event is validated all the same. */
const READY = `
import { defineConfig, type Config } from "qapi-codegen/config";
import { schema, type Events, type Netdev } from "qapi-codegen/qemu-10.2";
import { isNetdev, isNetdevStreamConnectedEvent } from "qapi-codegen/qemu-10.2/validators/net";
import { connectAgent, type Client } from "qapi-codegen/qmp";
import { schema as agent } from "qapi-codegen/qga-10.2";

export const config: Config = defineConfig({ schema: "qemu@10.2", output: "src/qmp" });
export const clientOf = (address: string): Promise<Client<typeof agent>> => connectAgent(agent, address);

const netdev: Netdev = { type: "user", id: "net1" };
const event: Events["NETDEV_STREAM_CONNECTED"] = {
  event: "NETDEV_STREAM_CONNECTED",
  data: { "netdev-id": "net0", addr: { type: "unix", path: "/run/passt.sock" } },
  timestamp: { seconds: 1750000240, microseconds: 0 },
};
console.log(isNetdev(netdev), isNetdevStreamConnectedEvent(event), isNetdevStreamConnectedEvent({ ...event, data: {} }));
console.log(typeof schema);
`;

describe.each(["typescript", "typescript-newest"])("%s", (compiler) => {
  it.each(["nodenext", "bundler"] as const)("%s", (resolution) => {
    const compilerOptions = {
      ...STRICTEST,
      ...RESOLUTIONS[resolution],
      lib: ["ES2024", "ESNext.Disposable", "DOM"],
      types: ["node"],
      noEmit: false,
      outDir: "build",
      rootDir: ".",
    };
    const folder = makeProject(`${compiler} ${resolution}`, {
      "app.ts": applicationText("ts", ".js"),
      "entries.ts": ENTRIES,
      "ready.ts": READY,
      "tsconfig.json": JSON.stringify({ compilerOptions, include: ["*.ts"] }),
    });
    linesOf(folder, ["qapi-codegen", inject("schema"), "-o", "qmp"]);
    const tsc = join(inject("workbench"), "node_modules", compiler, "bin/tsc");
    expect(linesOf(folder, ["node", tsc, "-p", "."])).toEqual([""]);
    expect(linesOf(folder, ["node", "build/app.js"])).toEqual(PRINTED);
    expect(linesOf(folder, ["node", "build/ready.js"])).toEqual(["true true false", "object"]);
  });
});
