/** Machines of real QEMUs, and clients that are connected to them. */
import type { Duplex } from "node:stream";
import { expect, onTestFinished } from "vitest";
import { schema } from "../../generated/fixtures/machine/index.js";
import {
  type Client,
  type ClientOptions,
  type ClientState,
  connect,
  type Connector,
  type Signal,
} from "../../src/runtime/qmp.js";
import type { Qemu } from "./qemu.js";
import { DEADLINE, isListening, type Player, type Stage } from "./stage.js";

/** A client of a machine. */
export type MachineClient = Client<typeof schema>;

/** What machines are started with: they have nothing but what the test gives them, and do not run before they are told. */
export const BARE: readonly string[] = ["-nodefaults", "-display", "none", "-S"];

/** A machine that has started. */
export interface Machine {
  readonly player: Player;
  /** Where its monitor listens: `unix:PATH`. */
  readonly monitor: string;
}

/** Starts a machine. Its monitor's socket is called `qmp`, whichever machine it is: one that is started later may replace it. */
export async function startMachine(stage: Stage, { executable }: Qemu, args: readonly string[]): Promise<Machine> {
  const path = stage.path("qmp");
  const monitor = ["-qmp", `unix:${path},server=on,wait=off`];
  const player = await stage.startAndWait(executable, [...BARE, ...monitor, ...args], () => isListening(path));
  return { player, monitor: `unix:${path}` };
}

/** Connects to a machine. The test fails if anything was reported to nobody. */
export async function connectTo(
  where: string | Connector | Duplex,
  options: ClientOptions = {},
): Promise<MachineClient> {
  const problems: Error[] = [];
  const qmp = await connect(schema, where, {
    commandTimeout: DEADLINE,
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  onTestFinished(async () => {
    await qmp.close();
    expect(problems).toEqual([]);
  });
  return qmp;
}

/** The next state of a kind that a client has. */
export async function nextState(
  client: { readonly stateChanged: Signal<ClientState> },
  name: ClientState["state"],
): Promise<ClientState> {
  for await (const state of client.stateChanged.events({ signal: AbortSignal.timeout(DEADLINE) })) {
    if (state.state === name) return state;
  }
  throw new Error(`it was never ${name}`);
}
