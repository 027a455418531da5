/** What the events of scenario 1 were made for: passt, which connects a machine to the network, is killed and started again. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import type { NetdevStreamConnectedEvent } from "../../../generated/fixtures/machine/index.js";
import { eachQemu, skip } from "../../support/each-qemu.js";
import { connectTo, startMachine } from "../../support/machine.js";
import { DEADLINE, findProgram, newStage, type Player, type Stage } from "../../support/stage.js";

const passt = findProgram("passt");
if (passt === undefined) skip("netdev stream to passt", "there is no passt: see scripts/install-qemu.sh");
else {
  eachQemu("netdev stream to passt", 7, (qemu) => {
    test("passt is killed, and the slot starts it again", async () => {
      const stage = newStage();
      const first = await startPasst(stage, passt);
      const { monitor } = await startMachine(stage, qemu, []);
      const qmp = await connectTo(monitor);
      const addr = { type: "unix", path: stage.path("passt") } as const;
      const add = { type: "stream", id: "net0", server: false, addr } as const;
      const net0 = { "netdev-id": "net0" };
      await qmp.executeThenWait("netdev_add", add, "NETDEV_STREAM_CONNECTED", net0, { timeout: DEADLINE });

      const back = new Promise<NetdevStreamConnectedEvent>((resolve) => {
        qmp.signal("NETDEV_STREAM_DISCONNECTED", net0).connect(async () => {
          await qmp.execute("netdev_del", { id: "net0" });
          await startPasst(stage, passt);
          resolve(qmp.signal("NETDEV_STREAM_CONNECTED", net0).once({ timeout: DEADLINE }));
          await qmp.execute("netdev_add", add);
        });
      });
      await first.kill();
      expect((await back).data).toEqual({ "netdev-id": "net0", addr });
    });
  });
}

/** Starts passt. It is told all that it would else find out of the host's network: there need not be any. */
function startPasst(stage: Stage, executable: string): Promise<Player> {
  // It takes one peer at a time: to see whether it listens would keep the machine out. It writes this once it does.
  const pidFile = stage.path("passt.pid");
  rmSync(pidFile, { force: true });
  const isRoot = process.getuid?.() === 0;
  return stage.startAndWait(
    executable,
    [
      ...["--foreground", "--socket", stage.path("passt"), "--pid", pidFile, ...(isRoot ? ["--runas", "0"] : [])],
      ...["--ipv4-only", "--interface", "lo", "--dns", "none"],
      ...["--address", "10.0.2.15", "--netmask", "24", "--gateway", "10.0.2.2", "--mac-addr", "52:54:00:00:00:01"],
    ],
    () => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "",
  );
}
