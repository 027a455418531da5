/** Real QEMUs, driven by an application with ready types: those of the release that is nearest. */
import { expect, test } from "vitest";
import { eachQemu } from "../support/each-qemu.js";
import { startMachine } from "../support/machine.js";
import { newStage } from "../support/stage.js";
import { App, seenOf } from "./app.js";

eachQemu("ready types", 7, (qemu) => {
  test("are those that it speaks", async () => {
    const [version = ""] = /\d+\.\d+/.exec(qemu.name) ?? [];
    const app = new App(qemu.major < 10 ? "qemu-7.2" : "qemu-10.2");
    try {
      expect(app.compile("nodenext")).toBe("");
      const { monitor, player } = await startMachine(newStage(), qemu, []);
      expect(await app.run(monitor)).toEqual(seenOf(version));
      await player.ended;
      expect(player.process.exitCode).toBe(0);
    } finally {
      app.remove();
    }
  });
});
