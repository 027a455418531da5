/**
 * Restarts back-ends of interfaces, once for each loss.
 */
import { SlotHandle } from "../runtime/slots.js";
import type { DomainEventSource, Monitor, Origin, RestartBackend, RestartOptions } from "./api.js";
import type { InterfaceDisconnectedDomainEvent } from "./events.js";

/**
 * Calls a function once for each loss of a back-end: see `Domain.restartBackend`.
 *
 * @param failed - Told of what the function throws.
 */
export function restartBackends<Connection extends Monitor>(
  source: DomainEventSource<Connection>,
  restart: RestartBackend<Connection>,
  { netdev: only }: RestartOptions,
  failed: (origin: Origin<Connection>, cause: unknown) => void,
): SlotHandle {
  /** Back-ends that are lost, by their netdevs. */
  const lost = new Map<string, InterfaceDisconnectedDomainEvent>();
  const restarting = new Set<string>();

  async function restartWhileLost(netdev: string, origin: Origin<Connection>): Promise<void> {
    restarting.add(netdev);
    let done: InterfaceDisconnectedDomainEvent | undefined;
    for (let loss = lost.get(netdev); loss !== undefined && loss !== done; loss = lost.get(netdev)) {
      done = loss;
      try {
        await restart(loss, origin);
      } catch (error) {
        failed(origin, error);
      }
      if (!disconnected.connected) return;
    }
    restarting.delete(netdev);
  }

  const connected = source.on("interfaceConnected", ({ netdev }) => void lost.delete(netdev));
  const disconnected = source.on("interfaceDisconnected", (loss, origin) => {
    const { netdev } = loss;
    if ((only !== undefined && only !== netdev) || lost.has(netdev)) return;
    lost.set(netdev, loss);
    if (!restarting.has(netdev)) void restartWhileLost(netdev, origin);
  });
  return new SlotHandle(() => {
    connected.disconnect();
    disconnected.disconnect();
  });
}
