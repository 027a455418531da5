/** Messages against bytes that were written by hand, from RFC 4506. Tests are named for the structures of libvirt's protocol. */
import { describe, expect, expectTypeOf, it } from "vitest";
import type { DomainIdentity } from "../../src/domain-events/api.js";
import {
  CrashedDetail,
  GraphicsAddressType,
  GraphicsPhase,
  IoErrorAction,
  Lifecycle,
  PmSuspendedDetail,
  ResumedDetail,
  ShutdownDetail,
  StartedDetail,
  StoppedDetail,
  SuspendedDetail,
  WatchdogAction,
  type DomainEventOf,
} from "../../src/domain-events/events.js";
import {
  decodeDomainEvent,
  encodeDomainEvent,
  WireError,
  type WireEventId,
  type WireEvents,
} from "../../src/domain-events/xdr.js";

const VM: DomainIdentity = { name: "vm1", uuid: "c7a5fdbd-edaf-9455-926a-d65c16db1809", id: 7 };

/** Three letters and a zero, sixteen bytes, a number. */
const DOM = "00000003 766d3100  c7a5fdbd edaf9455 926ad65c 16db1809  00000007";

const LIFECYCLE = Object.values(Lifecycle);

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex"));
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** That an event has just these bytes behind those of the domain, and that they are read as what was written. */
function expectBytes(event: WireEvents[WireEventId], hex: string): void {
  const bytes = bytesOf(DOM + hex);
  expect(hexOf(encodeDomainEvent(event, VM))).toBe(hexOf(bytes));
  expect(decodeDomainEvent(event.id, bytes)).toEqual({ event, domain: VM });
}

/** What is wrong, as `path: expected ..., got ...`. */
function wrong(step: () => unknown): string {
  try {
    step();
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    if (error instanceof WireError) return error.message;
  }
  throw new Error("nothing is wrong");
}

function graphics(more: Partial<WireEvents["graphics"]> = {}): WireEvents["graphics"] {
  const end = { family: GraphicsAddressType.ipv4, node: "127.0.0.1", service: "5900" };
  return {
    id: "graphics",
    phase: GraphicsPhase.connect,
    local: end,
    remote: end,
    authScheme: "none",
    subject: [],
    ...more,
  };
}

function identities(count: number): WireEvents["graphics"]["subject"] {
  return Array.from({ length: count }, (_, index) => ({ type: "t", name: `n${index}` }));
}

describe("remote_domain_event_graphics_msg", () => {
  it("has the phase, both ends, the scheme and the subject behind the domain", () => {
    expectBytes(
      {
        id: "graphics",
        phase: GraphicsPhase.initialize,
        local: { family: GraphicsAddressType.ipv4, node: "10.0.0.1", service: "5900" },
        remote: { family: GraphicsAddressType.ipv6, node: "fe80::1", service: "47666" },
        authScheme: "vencrypt+sasl",
        subject: [
          { type: "x509dname", name: "CN=joé" },
          { type: "saslUsername", name: "joe@LIBVIRT.ORG" },
        ],
      },
      `00000001
       00000000  00000008 31302e30 2e302e31            00000004 35393030
       00000001  00000007 66653830 3a3a3100            00000005 34373636 36000000
       0000000d 76656e63 72797074 2b736173 6c000000
       00000002
       00000009 78353039 646e616d 65000000             00000007 434e3d6a 6fc3a900
       0000000c 7361736c 55736572 6e616d65             0000000f 6a6f6540 4c494256 4952542e 4f524700`,
    );
  });

  it("may have no subject, and texts without a letter", () => {
    const nowhere = { family: GraphicsAddressType.unix, node: "", service: "" };
    expectBytes(
      graphics({ local: nowhere, remote: nowhere, authScheme: "" }),
      "00000000  00000002 00000000 00000000  00000002 00000000 00000000  00000000  00000000",
    );
  });

  it.each(Object.entries(GraphicsPhase))("virDomainEventGraphicsPhase: %s is %i", (_, phase) => {
    const end = "00000000 00000000 00000000";
    const nowhere = { family: GraphicsAddressType.ipv4, node: "", service: "" };
    const event = graphics({ phase, local: nowhere, remote: nowhere, authScheme: "" });
    expectBytes(event, `0000000${phase} ${end} ${end} 00000000 00000000`);
  });

  it.each(Object.entries(GraphicsAddressType))("virDomainEventGraphicsAddressType: %s is %i", (_, family) => {
    const bytes = encodeDomainEvent(graphics({ remote: { family, node: "", service: "" } }), VM);
    expect(decodeDomainEvent("graphics", bytes).event.remote.family).toBe(family);
  });

  it("does not say when it happened", () => {
    const timestamp = { seconds: 1290000000, microseconds: 5 };
    const event: DomainEventOf<"graphics"> = { ...graphics(), timestamp };
    const bytes = encodeDomainEvent(event, VM);
    expect(hexOf(bytes)).toBe(hexOf(encodeDomainEvent(graphics(), VM)));
    const read = decodeDomainEvent("graphics", bytes).event;
    expect(read).toEqual(graphics());
    expectTypeOf(read).not.toHaveProperty("timestamp");
  });
});

describe("the other messages", () => {
  it("remote_domain_event_io_error_msg: path, alias, action", () => {
    expectBytes(
      { id: "ioError", srcPath: "/vm1.img", devAlias: "virtio-disk0", action: IoErrorAction.pause },
      "00000008 2f766d31 2e696d67  0000000c 76697274 696f2d64 69736b30  00000001",
    );
  });

  it.each(Object.entries(IoErrorAction))("virDomainEventIOErrorAction: %s is %i", (_, action) => {
    const hex = action === -1 ? "ffffffff" : `0000000${action}`;
    expectBytes({ id: "ioError", srcPath: "", devAlias: "", action }, `00000000 00000000 ${hex}`);
  });

  it.each(Object.entries(WatchdogAction))("remote_domain_event_watchdog_msg: %s is %i", (_, action) => {
    expectBytes({ id: "watchdog", action }, action === -1 ? "ffffffff" : `0000000${action}`);
  });

  it.each<[bigint, string]>([
    [0n, "00000000 00000000"],
    [3600n, "00000000 00000e10"],
    [-1n, "ffffffff ffffffff"],
    [2n ** 53n + 1n, "00200000 00000001"],
    [2n ** 63n - 1n, "7fffffff ffffffff"],
    [-(2n ** 63n), "80000000 00000000"],
  ])("remote_domain_event_rtc_change_msg: an offset of %d is a hyper", (utcoffset, hex) => {
    expectBytes({ id: "rtcChange", utcoffset }, hex);
  });

  it("remote_domain_event_reboot_msg: the domain alone", () => {
    expectBytes({ id: "reboot" }, "");
  });

  it.each<[WireEvents["lifecycle"], string]>([
    [{ id: "lifecycle", event: Lifecycle.started, detail: StartedDetail.wakeup }, "00000002 00000004"],
    [{ id: "lifecycle", event: Lifecycle.suspended, detail: SuspendedDetail.watchdog }, "00000003 00000003"],
    [{ id: "lifecycle", event: Lifecycle.resumed, detail: ResumedDetail.unpaused }, "00000004 00000000"],
    [{ id: "lifecycle", event: Lifecycle.stopped, detail: StoppedDetail.failed }, "00000005 00000005"],
    [{ id: "lifecycle", event: Lifecycle.shutdown, detail: ShutdownDetail.host }, "00000006 00000002"],
    [{ id: "lifecycle", event: Lifecycle.pmSuspended, detail: PmSuspendedDetail.disk }, "00000007 00000001"],
    [{ id: "lifecycle", event: Lifecycle.crashed, detail: CrashedDetail.crashloaded }, "00000008 00000001"],
  ])("remote_domain_event_lifecycle_msg: %o", (event, hex) => {
    expectBytes(event, hex);
  });
});

describe("remote_nonnull_domain", () => {
  it.each<[number, string]>([
    [-1, "ffffffff"],
    [2 ** 31 - 1, "7fffffff"],
    [-(2 ** 31), "80000000"],
  ])("has an id of 32 bits: %d", (id, hex) => {
    const bytes = encodeDomainEvent({ id: "reboot" }, { ...VM, id });
    expect(hexOf(bytes)).toBe(DOM.replace(/00000007$/, hex).replace(/ /g, ""));
    expect(decodeDomainEvent("reboot", bytes).domain.id).toBe(id);
  });

  it.each([2 ** 31, -(2 ** 31) - 1, 1.5, NaN, Infinity])("has no other: %d", (id) => {
    expect(wrong(() => encodeDomainEvent({ id: "reboot" }, { ...VM, id }))).toMatch(
      /^dom\.id: expected a signed 32-bit integer, got /,
    );
  });

  it("has the sixteen bytes of a UUID, whatever the case of its letters", () => {
    const bytes = encodeDomainEvent({ id: "reboot" }, { ...VM, uuid: VM.uuid.toUpperCase() });
    expect(hexOf(bytes)).toBe(hexOf(bytesOf(DOM)));
    expect(decodeDomainEvent("reboot", bytes).domain.uuid).toBe(VM.uuid);
  });

  it.each(["", "c7a5fdbd", VM.uuid.replaceAll("-", ""), `${VM.uuid}0`, VM.uuid.replace("c", "g"), `{${VM.uuid}}`])(
    "has no other: %j",
    (uuid) => {
      expect(wrong(() => encodeDomainEvent({ id: "reboot" }, { ...VM, uuid }))).toMatch(
        /^dom\.uuid: expected a UUID, as /,
      );
    },
  );
});

describe("REMOTE_DOMAIN_EVENT_GRAPHICS_IDENTITY_MAX", () => {
  it("lets 20 identities pass", () => {
    const event = graphics({ subject: identities(20) });
    expect(decodeDomainEvent("graphics", encodeDomainEvent(event, VM)).event).toEqual(event);
  });

  it("lets no more be written", () => {
    expect(wrong(() => encodeDomainEvent(graphics({ subject: identities(21) }), VM))).toBe(
      "subject: expected a list of at most 20, got 21",
    );
  });

  it.each([
    [21, "21"],
    [0xffffffff, "4294967295"],
  ])("lets no more be read: %d", (count, received) => {
    const bytes = encodeDomainEvent(graphics(), VM);
    new DataView(bytes.buffer).setUint32(bytes.length - 4, count);
    expect(wrong(() => decodeDomainEvent("graphics", bytes))).toBe(
      `subject: expected a list of at most 20, got ${received}`,
    );
  });

  it("says which identity is wrong", () => {
    const subject = [...identities(3), { type: "saslUsername", name: "joe\0" }];
    expect(wrong(() => encodeDomainEvent(graphics({ subject }), VM))).toBe(
      "subject[3].name: expected text of at most 65536 bytes, got a zero byte in it",
    );
  });
});

describe("remote_nonnull_string", () => {
  const ioError = (srcPath: string) => ({ id: "ioError", srcPath, devAlias: "", action: IoErrorAction.none }) as const;
  const written = (srcPath: string) => () => encodeDomainEvent(ioError(srcPath), VM);
  const read = (hex: string) => () => decodeDomainEvent("ioError", bytesOf(DOM + hex));

  it("REMOTE_STRING_MAX: has up to 65536 bytes", () => {
    for (const text of ["a".repeat(65_536), "é".repeat(32_768), "€".repeat(21_845) + "a", "😀".repeat(16_384)])
      expect(decodeDomainEvent("ioError", written(text)()).event.srcPath).toBe(text);
  });

  it.each<[string, string]>([
    ["a".repeat(65_537), "65537 characters"],
    ["é".repeat(32_769), "65538 bytes"],
    ["😀".repeat(16_385), "65540 bytes"],
  ])("REMOTE_STRING_MAX: has no more, as bytes of UTF-8", (text, received) => {
    expect(wrong(written(text))).toBe(`srcPath: expected text of at most 65536 bytes, got ${received}`);
  });

  it.each([
    ["00010001", "saw 65537 length String, max allowed is 65536"],
    ["ffffffff", "saw 4294967295 length String, max allowed is 65536"],
    ["00010000 61616161", "attempt to read outside the boundary of the buffer"],
    ["00000001 61", "invalid padding"],
    ["00000001 61000001", "invalid padding"],
    ["00000001 61010000", "invalid padding"],
  ])("is not read where it is broken: %s", (hex, reason) => {
    expect(wrong(read(hex))).toBe(`srcPath: expected text of at most 65536 bytes, got something else (${reason})`);
  });

  it.each(["\0", "a\0", "\0a", "a\0b"])("has no zero bytes, at which C would end it: %j", (text) => {
    const message = "srcPath: expected text of at most 65536 bytes, got a zero byte in it";
    expect(wrong(written(text))).toBe(message);
    const hex = Buffer.from(text).toString("hex");
    expect(wrong(read(`0000000${text.length}${hex.padEnd(8, "0")}`))).toBe(message);
  });

  it.each(["\ud83d", "a\ude00", "\ude00\ud83d"])("is text: %j is written nowhere", (text) => {
    expect(wrong(written(text))).toBe("srcPath: expected text of at most 65536 bytes, got half a surrogate pair in it");
  });

  it.each([
    ["a byte that begins nothing", "ff000000", 1],
    ["a character that ends early", "c3000000", 1],
    ["more bytes than needed", "c0af0000", 2],
    ["half a surrogate pair", "eda08000", 3],
    ["beyond the last character", "f4908080", 4],
  ])("is UTF-8: %s is not read", (_, hex, length) => {
    expect(wrong(read(`0000000${length}${hex}`))).toMatch(
      /^srcPath: expected text of at most 65536 bytes, in UTF-8, got something else/,
    );
  });

  it("keeps a mark of the order of bytes", () => {
    expect(decodeDomainEvent("ioError", written("\ufeffa")()).event.srcPath).toBe("\ufeffa");
  });
});

describe("numbers that stand for nothing", () => {
  const end = "00000000 00000000 00000000";

  it("become `unknown` where there is one", () => {
    const watchdog = decodeDomainEvent("watchdog", bytesOf(`${DOM} 00000063`)).event;
    expect(watchdog).toEqual({ id: "watchdog", action: WatchdogAction.unknown });
    const ioError = decodeDomainEvent("ioError", bytesOf(`${DOM} 00000000 00000000 7fffffff`)).event;
    expect(ioError.action).toBe(IoErrorAction.unknown);
    const family = `${DOM} 00000000 00000007 00000000 00000000 ${end} 00000000 00000000`;
    expect(decodeDomainEvent("graphics", bytesOf(family)).event.local.family).toBe(GraphicsAddressType.unknown);
  });

  it("are mistakes where there is none", () => {
    const phase = bytesOf(`${DOM} 00000007 ${end} ${end} 00000000 00000000`);
    expect(wrong(() => decodeDomainEvent("graphics", phase))).toBe("phase: expected one of 0, 1, 2, got 7");
    const defined = bytesOf(`${DOM} 00000000 00000000`);
    expect(wrong(() => decodeDomainEvent("lifecycle", defined))).toBe(
      `event: expected one of ${LIFECYCLE.join(", ")}, got 0`,
    );
    const detail = bytesOf(`${DOM} 00000004 00000001`);
    expect(wrong(() => decodeDomainEvent("lifecycle", detail))).toBe("detail: expected one of 0, got 1");
  });

  it("are never written", () => {
    const event = (more: object) => Object.assign(graphics(), more);
    expect(wrong(() => encodeDomainEvent(event({ phase: 7 }), VM))).toBe("phase: expected one of 0, 1, 2, got 7");
    const remote = { family: 7, node: "", service: "" };
    expect(wrong(() => encodeDomainEvent(event({ remote }), VM))).toBe(
      "remote.family: expected one of 0, 1, 2, 3, -1, got 7",
    );
    const resumed: WireEvents["lifecycle"] = {
      id: "lifecycle",
      event: Lifecycle.resumed,
      detail: ResumedDetail.unpaused,
    };
    const mixed = Object.assign(resumed, { detail: 1 });
    expect(wrong(() => encodeDomainEvent(mixed, VM))).toBe("detail: expected one of 0, got 1");
  });
});

describe("what is no message", () => {
  it("has something behind its end", () => {
    expect(wrong(() => decodeDomainEvent("reboot", bytesOf(`${DOM} 00000000`)))).toBe(
      "message: expected nothing behind its last member, got something else " +
        "(invalid XDR contract typecast - source buffer not entirely consumed)",
    );
  });

  it("ends early", () => {
    const bytes = encodeDomainEvent(graphics({ subject: identities(2) }), VM);
    for (let length = 0; length < bytes.length; length++)
      expect(wrong(() => decodeDomainEvent("graphics", bytes.subarray(0, length)))).toContain("got something else");
  });

  it("is no bytes at all", () => {
    // @ts-expect-error: what JavaScript may pass
    expect(wrong(() => decodeDomainEvent("reboot", "abcd"))).toMatch(/^message: expected a Uint8Array, got /);
  });

  it("has members missing, or of another kind", () => {
    // @ts-expect-error: what JavaScript may pass
    const encoded = (event: object) => () => encodeDomainEvent(event, VM);
    expect(wrong(encoded({ id: "graphics", phase: 0 }))).toBe(
      "local.family: expected a signed 32-bit integer, got nothing",
    );
    expect(wrong(encoded({ id: "watchdog", action: "reset" }))).toBe(
      "action: expected a signed 32-bit integer, got something else (not a number)",
    );
    expect(wrong(encoded({ id: "rtcChange", utcoffset: 3600 }))).toBe(
      "offset: expected a signed 64-bit integer, as a bigint, got a number",
    );
    expect(wrong(encoded({ id: "ioError", srcPath: null }))).toBe(
      "srcPath: expected text of at most 65536 bytes, got nothing",
    );
    for (const subject of [null, {}, { length: -1 }, { length: "2" }, 7])
      expect(wrong(encoded({ ...graphics(), subject }))).toMatch(/^subject: /);
    expect(wrong(() => encodeDomainEvent({ id: "rtcChange", utcoffset: 2n ** 63n }, VM))).toMatch(/^offset: /);
  });

  it("is one of an event without a message", () => {
    const expected = "expected an event of the ids lifecycle, reboot, rtcChange, watchdog, ioError, graphics";
    for (const id of ["interfaceConnected", "constructor", "__proto__", "toString"]) {
      // @ts-expect-error: what JavaScript may pass
      expect(wrong(() => encodeDomainEvent({ id }, VM))).toBe(`message: ${expected}, got ${JSON.stringify(id)}`);
      // @ts-expect-error: what JavaScript may pass
      expect(wrong(() => decodeDomainEvent(id, new Uint8Array()))).toContain(expected);
    }
    expectTypeOf<WireEventId>().toEqualTypeOf<
      "lifecycle" | "reboot" | "rtcChange" | "watchdog" | "ioError" | "graphics"
    >();
  });
});

it("a message has memory of its own", () => {
  const bytes = encodeDomainEvent({ id: "reboot" }, VM);
  expect(bytes.buffer.byteLength).toBe(bytes.length);
  expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
  const { domain } = decodeDomainEvent("reboot", bytes);
  bytes.fill(0);
  expect(domain).toEqual(VM);
});
