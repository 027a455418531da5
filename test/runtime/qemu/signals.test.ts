/** Signals with real QEMUs, which do not have them on the wire: the suite that servers of ours go through as well. */
import { describe } from "vitest";
import { schema } from "../../../generated/fixtures/machine/index.js";
import { connectorFor } from "../../../src/runtime/transport/connector-for.js";
import { eachQemu } from "../../support/each-qemu.js";
import { startMachine } from "../../support/machine.js";
import { newStage } from "../../support/stage.js";
import { testSignals } from "../signals-suite.js";

const TABLETS = ["tablet0", "tablet1", "tablet2", "tablet3"].flatMap((id) => ["-device", `usb-tablet,id=${id}`]);

eachQemu("signals", 7, (qemu) => {
  describe.each([true, false])("with the default connection: %s", (defaultConnection) => {
    testSignals({
      defaultConnection,
      async start() {
        const stage = newStage();
        const { monitor } = await startMachine(stage, qemu, ["-device", "qemu-xhci,id=usb0", ...TABLETS]);
        return { schema, connector: connectorFor(monitor) };
      },
    });
  });
});
