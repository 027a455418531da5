/** Each line of schema in the proposal of 2011, read by the compiler. */
import { describe, expect, it } from "vitest";
import type { Command } from "../../src/schema/schema.js";
import { findings, schemaOf } from "../support/harness.js";
import { factOf } from "./fact-of.js";
import {
  BLOCK_DEVICE_ACCESSOR,
  BLOCK_DEVICE_EVENT,
  BLOCK_IO_ACCESSOR,
  BLOCK_IO_COMMANDS,
  BLOCK_IO_EVENT,
  PROPOSAL,
} from "./proposal.js";

const schema = schemaOf(PROPOSAL);

/** What a schema says of a definition: what it is, and its parts. */
function said(name: string, text: string = PROPOSAL): readonly string[] {
  const { definition, parts } = factOf(schemaOf(text), name);
  return [definition.replace(" (since ?)", ""), ...parts];
}

function commandOf(name: string, text: string = PROPOSAL): Command {
  const command = schemaOf(text).byName.get(name);
  if (command?.kind !== "command") throw new Error(`there is no command ${name}`);
  return command;
}

describe("the schema of BlockIOEvent", () => {
  it("{ 'BlockIOEvent': ... } is an event, called BLOCK_IO_EVENT on the wire", () => {
    expect(said("BLOCK_IO_EVENT")).toEqual(["event BLOCK_IO_EVENT", "device: str", "action: str", "operation: str"]);
    expect(schema.byName.has("BlockIOEvent")).toBe(false);
  });

  it("the suffix Event alone makes it one: without it, it is a structure", () => {
    const text = BLOCK_IO_EVENT.replace("BlockIOEvent", "BlockIO");
    expect(said("BlockIO", text)).toEqual(["struct BlockIO", "device: str", "action: str", "operation: str"]);
  });

  it("[ 'block-io-event', {}, {}, 'BlockIOEvent' ] is a signal accessor, since it returns an event", () => {
    const { signal } = commandOf("block-io-event-connect");
    expect([signal?.name, signal?.event.name]).toEqual(["block-io-event", "BLOCK_IO_EVENT"]);
    expect(schema.byName.has("block-io-event")).toBe(false);
    const ordinary = BLOCK_IO_ACCESSOR.replace("'BlockIOEvent'", "'str'");
    expect(commandOf("block-io-event", ordinary).signal).toBeUndefined();
  });

  it.each(["connect", "disconnect"] as const)(
    "the accessor is expanded into the function -%s, as it is written there",
    (end) => {
      const name = `block-io-event-${end}`;
      expect(said(name)).toEqual(said(name, BLOCK_IO_COMMANDS[end]));
      expect(commandOf(name, BLOCK_IO_COMMANDS[end]).signal).toBeUndefined();
      expect(commandOf(name).signal?.[end].name).toBe(name);
    },
  );

  it("[ 'block-io-event-connect', {}, {}, 'str' ] takes nothing and returns a string", () => {
    expect(said("block-io-event-connect")).toEqual(["command block-io-event-connect returns str"]);
  });

  it("[ 'block-io-event-disconnect', {'tag' : 'str'}, {}, 'none' ] takes the tag and returns nothing", () => {
    expect(said("block-io-event-disconnect")).toEqual(["command block-io-event-disconnect", "tag: str"]);
  });
});

describe("the schema of BlockDeviceEvent", () => {
  it.each([
    ["BlockDeviceAction", "report", "stop", "none"],
    ["BlockDeviceOperation", "read", "write"],
    ["BlockDeviceActionReason", "nospc", "io", "other"],
  ])("{ '%s': [ ... ] } is an enumeration, in the order of its values", (name, ...values) => {
    expect(said(name)).toEqual([`enum ${name}`, ...values]);
  });

  it("{ 'BlockDeviceEvent': ... } has members of the enumerations, and no device", () => {
    expect(said("BLOCK_DEVICE_EVENT")).toEqual([
      "event BLOCK_DEVICE_EVENT",
      "action: BlockDeviceAction",
      "operation: BlockDeviceOperation",
      "reason: BlockDeviceActionReason",
    ]);
  });

  it("[ 'block-device-event', { 'device': 'str' }, {}, 'BlockDeviceEvent' ] is an accessor with an argument", () => {
    expect(said("block-device-event-connect")).toEqual([
      "command block-device-event-connect returns str",
      "device: str",
    ]);
    expect(commandOf("block-device-event-connect").signal?.event.name).toBe("BLOCK_DEVICE_EVENT");
  });

  it("its -disconnect takes the argument of the accessor besides the tag, or the tag alone", () => {
    expect(said("block-device-event-disconnect")).toEqual([
      "command block-device-event-disconnect",
      "tag: str",
      "device?: str",
    ]);
  });
});

describe("around the lines", () => {
  it("a schema may have comments, and today's language beside it", () => {
    const text = `# A comment.\n${BLOCK_IO_EVENT}\n{ 'event': 'STOP' }\n${BLOCK_IO_ACCESSOR}\n`;
    expect(schemaOf(text).definitions.map(({ name }) => name)).toEqual([
      "BLOCK_IO_EVENT",
      "STOP",
      "block-io-event-connect",
      "block-io-event-disconnect",
    ]);
  });

  it("an accessor of an event that there is not is a mistake, and so is one with an argument `tag`", () => {
    expect(findings(BLOCK_IO_ACCESSOR)).toEqual([expect.stringMatching(/^1:\d+ (invalid-signal|unknown-type)\b/)]);
    const tagged = BLOCK_DEVICE_EVENT + BLOCK_DEVICE_ACCESSOR.replace("'device'", "'tag'");
    expect(findings(tagged)).toEqual([expect.stringMatching(/^\d+:\d+ invalid-signal: .*'tag'/)]);
  });

  it("to QEMU's compiler of today it is no schema: `check` says so of each line", () => {
    const codes = findings(PROPOSAL, { style: true }).map((finding) => /^\S+ ([\w-]+):/.exec(finding)?.[1]);
    expect(codes.filter((code) => code?.startsWith("proposal-"))).toEqual([
      "proposal-type",
      "proposal-command",
      ...["proposal-type", "proposal-type", "proposal-type", "proposal-type"],
      "proposal-command",
    ]);
  });
});
