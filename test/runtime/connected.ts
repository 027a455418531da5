/** A client that is connected to a server in memory. */
import { type Client, type ClientOptions, connect } from "../../src/runtime/core.js";
import type { Schema } from "../../src/runtime/schema.js";
import { door, type DoorSchema } from "./door-schema.js";
import { FakeServer } from "./fake-peer.js";

/** A client of the schema of a door. */
export type DoorClient = Client<Schema<DoorSchema>>;

/** The two ends, and what the client has reported. */
export interface Connected {
  readonly qmp: DoorClient;
  readonly server: FakeServer;
  readonly problems: readonly Error[];
}

/** Connects; nothing is held back any more. */
export async function connected(options: ClientOptions = {}): Promise<Connected> {
  const server = new FakeServer();
  const problems: Error[] = [];
  const qmp = await connect(door, server, { onProblem: (problem) => problems.push(problem), ...options });
  await nextTurn();
  return { qmp, server, problems };
}

/** Lets timers that are due run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** When events happen. */
export const timestamp = { seconds: 1, microseconds: 2 } as const;

/** An event as it comes. */
export function opened(name: string, width: number | bigint = 1): object {
  return { event: "DOOR_OPENED", data: { door: name, width }, timestamp };
}
