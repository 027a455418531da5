/** The schema of the proposal of 2011, and one more signal, the data of which have what its accessor takes. */
import type { Schema, SignalAccessor } from "../../src/runtime/schema.js";
import { event, str, struct, validator } from "./door-schema.js";

interface Timestamp {
  seconds: number;
  microseconds: number;
}

interface BlockIoEvent {
  event: "BLOCK_IO_EVENT";
  data: { device: string; action: string; operation: string };
  timestamp: Timestamp;
}

interface BlockDeviceEvent {
  event: "BLOCK_DEVICE_EVENT";
  data: { action: string; operation: string; reason: string };
  timestamp: Timestamp;
}

interface BlockJobEvent {
  event: "BLOCK_JOB_EVENT";
  data: { device: string; state: string };
  timestamp: Timestamp;
}

interface Connect<Arguments> {
  arguments: Arguments;
  returns: string;
}
interface Disconnect<Arguments> {
  arguments: { tag: string } & Partial<Arguments>;
  returns: Record<string, never>;
}

/** What the compiler would make of it. */
export interface ProposalSchema {
  readonly commands: {
    "block-io-event-connect": { arguments?: Record<string, never>; returns: string };
    "block-io-event-disconnect": Disconnect<object>;
    "block-device-event-connect": Connect<{ device: string }>;
    "block-device-event-disconnect": Disconnect<{ device: string }>;
    "block-job-event-connect": Connect<{ device: string; state?: string }>;
    "block-job-event-disconnect": Disconnect<{ device: string; state?: string }>;
  };
  readonly events: {
    BLOCK_IO_EVENT: BlockIoEvent;
    BLOCK_DEVICE_EVENT: BlockDeviceEvent;
    BLOCK_JOB_EVENT: BlockJobEvent;
  };
  readonly executor: object;
  readonly signals: {
    "block-io-event": { event: BlockIoEvent };
    "block-device-event": { arguments: { device: string }; event: BlockDeviceEvent };
    "block-job-event": { arguments: { device: string; state?: string }; event: BlockJobEvent };
  };
}

const nothing = validator(struct({}));

function connecting(members: Parameters<typeof struct>[0]) {
  return { arguments: validator(struct(members), "arguments"), returns: validator(str) };
}

function disconnecting(members: Parameters<typeof struct>[0]) {
  return { arguments: validator(struct({ tag: str, ...members }), "arguments"), returns: nothing };
}

/** The schema. */
export const proposal: Schema<ProposalSchema> = {
  int64: "mixed",
  metadata: new Map(),
  events: new Set(["BLOCK_IO_EVENT", "BLOCK_DEVICE_EVENT", "BLOCK_JOB_EVENT"]),
  signals: new Map<string, SignalAccessor>([
    ["block-io-event", { event: "BLOCK_IO_EVENT", arguments: [] }],
    ["block-device-event", { event: "BLOCK_DEVICE_EVENT", arguments: ["device"] }],
    ["block-job-event", { event: "BLOCK_JOB_EVENT", arguments: ["device", "state"] }],
  ]),
  validators: () =>
    Promise.resolve({
      commands: new Map([
        ["block-io-event-connect", connecting({})],
        ["block-io-event-disconnect", disconnecting({})],
        ["block-device-event-connect", connecting({ device: str })],
        ["block-device-event-disconnect", disconnecting({ "*device": str })],
        ["block-job-event-connect", connecting({ device: str, "*state": str })],
        ["block-job-event-disconnect", disconnecting({ "*device": str, "*state": str })],
      ]),
      events: new Map([
        ["BLOCK_IO_EVENT", event(struct({ device: str, action: str, operation: str }))],
        ["BLOCK_DEVICE_EVENT", event(struct({ action: str, operation: str, reason: str }))],
        ["BLOCK_JOB_EVENT", event(struct({ device: str, state: str }))],
      ]),
    }),
};
