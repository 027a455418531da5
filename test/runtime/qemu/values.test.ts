/** What real QEMUs send comes whole and exact, however large it is. */
import { describe, expect, test } from "vitest";
import { parseJson } from "../../../src/runtime/qmp.js";
import { eachQemu } from "../../support/each-qemu.js";
import { connectTo, type MachineClient, startMachine } from "../../support/machine.js";
import { askForSchema } from "../../support/qemu.js";
import { newStage } from "../../support/stage.js";

eachQemu("values", 7, (qemu) => {
  async function machine(args: readonly string[]): Promise<MachineClient> {
    const { monitor } = await startMachine(newStage(), qemu, args);
    return connectTo(monitor);
  }

  test("64-bit integers are exact", async () => {
    const qmp = await machine(["-device", "virtio-rng-pci,id=rng0"]);
    const get = async (path: string, property: string): Promise<unknown> => qmp.execute("qom-get", { path, property });
    expect(await get("/machine/peripheral/rng0", "max-bytes")).toBe(9223372036854775807n);
    expect(await get("/machine/peripheral/rng0", "period")).toBe(65536);

    // And those that are sent. This one counts whole kilohertz only, and no number has this value.
    const value = 200_000_000_000_001_000n;
    expect(BigInt(Number(value))).not.toBe(value);
    const [cpu] = await qmp.executeUntyped("query-cpus-fast").then((cpus) => cpus as readonly { "qom-path": string }[]);
    const path = cpu?.["qom-path"] ?? "";
    expect(await qmp.execute("qom-set", { path, property: "tsc-frequency", value })).toEqual({});
    expect(await get(path, "tsc-frequency")).toBe(value);
  });

  test("query-qmp-schema comes whole, and says the same as without a client", async () => {
    const qmp = await machine([]);
    const answer = await qmp.executeUntyped("query-qmp-schema");
    const line = askForSchema(qemu)
      .split("\n")
      .find((message) => message.includes('"meta-type"'));
    expect(JSON.stringify(answer).length).toBeGreaterThan(150_000);
    expect({ return: answer }).toEqual(parseJson(line ?? ""));
  });

  describe("what it supports, and how it differs from the schema of the tests", () => {
    test("supports", async () => {
      const qmp = await machine([]);
      const isNew = qemu.major >= 10;
      expect(await qmp.supports("netdev_add/arg-type/type=stream")).toBe(true);
      expect(await qmp.supports("netdev_add/arg-type/type=stream/reconnect-ms")).toBe(isNew);
      expect(await qmp.supports("NETDEV_VHOST_USER_CONNECTED/arg-type/chardev-id")).toBe(isNew);
      expect(await qmp.supports("no-such-command")).toBe(false);
    });

    test("compare", async () => {
      const qmp = await machine([]);
      const { missing, added, changed } = await qmp.compare();
      const isNew = qemu.major >= 10;
      expect(missing.includes("NETDEV_VHOST_USER_CONNECTED")).toBe(!isNew);
      expect(missing.includes("netdev_add/arg-type/type=stream/reconnect")).toBe(qemu.major < 8);
      const news = ["NETDEV_VHOST_USER_CONNECTED", "NETDEV_VHOST_USER_DISCONNECTED"];
      const builds = ["vmnet-host", "vmnet-shared", "vmnet-bridged"].map((type) => `netdev_add/arg-type/type=${type}`);
      const others = [...news, ...builds, "netdev_add/arg-type/type=stream/reconnect"];
      expect(missing.filter((path) => !others.includes(path))).toEqual([]);
      expect(changed).toEqual([]);
      expect(added).toContain("query-version");
      expect(added).not.toContain("set_link");
    });
  });
});
