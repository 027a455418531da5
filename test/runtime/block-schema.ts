/**
 * A schema with signals, as the compiler makes it of the proposal's examples, and with what else accessors and data may be.
 */
import type { Schema } from "../../src/runtime/schema.js";
import { schemaOf } from "../support/harness.js";
import { runSchema } from "../support/run-schema.js";

const TEXT = `
{ 'event': 'BLOCK_IO_EVENT', 'data': { 'device': 'str', 'action': 'str', 'operation': 'str' } }
{ 'command': 'block-io-event-connect', 'returns': 'str' }
{ 'command': 'block-io-event-disconnect', 'data': { 'tag': 'str' } }

{ 'enum': 'BlockDeviceAction', 'data': [ 'report', 'stop', 'none' ] }
{ 'enum': 'BlockDeviceOperation', 'data': [ 'read', 'write' ] }
{ 'enum': 'BlockDeviceActionReason', 'data': [ 'nospc', 'io', 'other' ] }
{ 'event': 'BLOCK_DEVICE_EVENT',
  'data': { 'action': 'BlockDeviceAction', 'operation': 'BlockDeviceOperation', 'reason': 'BlockDeviceActionReason' } }
{ 'command': 'block-device-event-connect', 'data': { 'device': 'str' }, 'returns': 'str' }
{ 'command': 'block-device-event-disconnect', 'data': { 'tag': 'str', '*device': 'str' } }

{ 'event': 'BLOCK_IO_ERROR', 'data': { 'device': 'str', '*node-name': 'str', 'operation': 'BlockDeviceOperation' } }
{ 'event': 'STOP' }
{ 'event': 'SHUTDOWN', 'data': { 'guest': 'bool', 'reason': 'str' } }

{ 'enum': 'Kind', 'data': [ 'disk', 'tape' ] }
{ 'struct': 'Disk', 'data': { 'size': 'uint64', '*parts': [ 'Part' ] } }
{ 'struct': 'Tape', 'data': { 'size': 'str' } }
{ 'struct': 'Part', 'data': { 'name': 'str', '*inner': 'Part' } }
{ 'union': 'Medium', 'base': { 'kind': 'Kind', '*free': 'number' }, 'discriminator': 'kind', 'data': { 'disk': 'Disk', 'tape': 'Tape' } }
{ 'alternate': 'PartOrName', 'data': { 'part': 'Part', 'name': 'str' } }
{ 'event': 'MEDIUM_CHANGED', 'data': { '*medium': 'Medium', '*at': 'PartOrName', '*tray-open': 'bool' } }
{ 'command': 'media-connect', 'data': { '*size': 'uint64' }, 'returns': 'str' }
{ 'command': 'media-disconnect', 'data': { 'tag': 'str', '*size': 'uint64' } }

{ 'event': 'TAKEN', 'data': { 'by': 'str' } }
{ 'struct': 'Taken', 'data': { 'done': 'bool' } }
{ 'command': 'taken-connect', 'data': { 'by': 'str' }, 'returns': 'Taken' }

{ 'struct': 'Wait', 'data': { 'waited': 'bool' } }
{ 'command': 'wait', 'returns': 'Wait' }
{ 'command': 'ring', 'allow-oob': true }
{ 'command': 'quit' }
`;

/** The types of the schema. */
export interface BlockSchema {
  readonly commands: {
    "block-io-event-connect": { arguments?: Empty; returns: string };
    "block-device-event-connect": { arguments: { device: string }; returns: string };
    "block-device-event-disconnect": { arguments: { tag: string; device?: string }; returns: Empty };
    "taken-connect": { arguments: { by: string }; returns: { done: boolean } };
    wait: { arguments?: Empty; returns: { waited: boolean } };
    ring: { arguments?: Empty; returns: Empty; oob: true };
    quit: { arguments?: Empty; returns: Empty };
  };
  readonly events: {
    BLOCK_IO_EVENT: BlockIoEvent;
    BLOCK_DEVICE_EVENT: BlockDeviceEvent;
    BLOCK_IO_ERROR: { event: "BLOCK_IO_ERROR"; data: { device: string; "node-name"?: string; operation: Operation } };
    STOP: { event: "STOP" };
    MEDIUM_CHANGED: MediumChangedEvent;
    TAKEN: { event: "TAKEN"; data: { by: string } };
  };
  readonly executor: { execute(command: string): Promise<unknown> };
  readonly signals: {
    "block-io-event": { event: BlockIoEvent };
    "block-device-event": { arguments: { device: string }; event: BlockDeviceEvent };
    media: { arguments?: { size?: number | bigint }; event: MediumChangedEvent };
  };
}

type Empty = Record<string, never>;
type Operation = "read" | "write";

interface BlockIoEvent {
  event: "BLOCK_IO_EVENT";
  data: { device: string; action: string; operation: string };
}

interface BlockDeviceEvent {
  event: "BLOCK_DEVICE_EVENT";
  data: { action: "report" | "stop" | "none"; operation: Operation; reason: "nospc" | "io" | "other" };
}

interface MediumChangedEvent {
  event: "MEDIUM_CHANGED";
  data: { medium?: Medium; at?: Part | string; "tray-open"?: boolean };
}

type Medium =
  | { kind: "disk"; free?: number; size: number | bigint; parts?: Part[] }
  | { kind: "tape"; free?: number; size: string };

interface Part {
  name: string;
  inner?: Part;
}

/** The value `schema` that the compiler makes of it. */
export async function blockSchema(int64: "mixed" | "bigint" = "mixed"): Promise<Schema<BlockSchema>> {
  const { schema } = await runSchema(schemaOf(TEXT), { int64 });
  return {
    int64: schema.int64,
    metadata: schema.metadata,
    events: schema.events,
    validators: schema.validators,
    signals: new Map([
      ["block-io-event", { event: "BLOCK_IO_EVENT", arguments: [] }],
      ["block-device-event", { event: "BLOCK_DEVICE_EVENT", arguments: ["device"] }],
      ["media", { event: "MEDIUM_CHANGED", arguments: ["size"] }],
    ]),
  };
}
