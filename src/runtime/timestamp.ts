/** The time, as events have it. */
import type { UnknownEvent } from "./client-api.js";

/** The time now, to the millisecond. */
export function timestampNow(): UnknownEvent["timestamp"] {
  const now = Date.now();
  return { seconds: Math.floor(now / 1000), microseconds: (now % 1000) * 1000 };
}
