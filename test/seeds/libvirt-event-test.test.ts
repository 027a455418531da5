/** libvirt's example program, event-test: registrations of the old kind and of the new one, side by side on one domain. */
import { expect, it } from "vitest";
import type { DomainEventId, LifecycleCallback } from "../../src/domain-events/domain-events.js";
import { managed } from "./manager.js";

const IDS: readonly DomainEventId[] = ["lifecycle", "reboot", "rtcChange", "watchdog", "ioError", "graphics"];

it("event-test: two registrations for the lifecycle, of the old kind and of the new, and one for each other event", async () => {
  const { qemu, domain, domains, heard } = await managed();
  const printed: string[] = [];
  const old: LifecycleCallback = (_, { name }, event, detail) =>
    printed.push(`old: ${name} ${String(event)} ${String(detail)}`);
  expect(domain.register(old)).toBe(true);
  const handles = IDS.map((id) => domain.on(id, (event, origin) => printed.push(`${origin.domain.name} ${event.id}`)));
  // And one for all domains there are.
  const all = domains.on("lifecycle", (event, origin) => printed.push(`all: ${origin.domain.name} ${event.id}`));

  qemu.emit("STOP");
  qemu.emit("RESUME");
  qemu.emit("RESET", { guest: true, reason: "guest-reset" });
  qemu.emit("RTC_CHANGE", { offset: 60, "qom-path": "/machine/rtc" });
  qemu.emit("WATCHDOG", { action: "none" });
  const error = { device: "ide0", "qom-path": "", operation: "write", action: "report", reason: "no space" } as const;
  qemu.emit("BLOCK_IO_ERROR", { ...error, nospace: true });
  const end = { host: "192.0.2.1", service: "5900", family: "ipv4", websocket: false } as const;
  qemu.emit("VNC_CONNECTED", { server: end, client: { ...end, service: "40312" } });
  await heard();
  expect(printed).toEqual([
    ...["old: guest 3 0", "guest lifecycle", "all: guest lifecycle"],
    ...["old: guest 4 0", "guest lifecycle", "all: guest lifecycle"],
    ...["guest reboot", "guest rtcChange", "guest watchdog", "guest ioError", "guest graphics"],
  ]);

  // Each is taken back as it was given: the old one by what it is, the new ones by their handles.
  printed.length = 0;
  expect(domain.deregister(old)).toBe(true);
  expect(domain.deregister(old)).toBe(false);
  qemu.emit("STOP");
  await heard();
  expect(printed).toEqual(["guest lifecycle", "all: guest lifecycle"]);
  expect(handles.map((handle) => domain.off(handle))).toEqual(IDS.map(() => true));
  expect(all.disconnect()).toBe(true);
  qemu.emit("RESUME");
  await heard();
  expect(printed).toHaveLength(2);
});

it("the same callback is registered once in the old way, and as often as wished in the new one", async () => {
  const { qemu, domain, heard } = await managed();
  let calls = 0;
  const callback = (): unknown => (calls += 1);
  expect([domain.register(callback), domain.register(callback)]).toEqual([true, false]);
  domain.on("lifecycle", callback);
  domain.on("lifecycle", callback);
  qemu.emit("STOP");
  await heard();
  expect(calls).toBe(3);
});
