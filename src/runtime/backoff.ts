/**
 * How long to wait before the next attempt to connect.
 */

/**
 * The delay before an attempt, in milliseconds: it doubles with each, and is a random time between half of that and all of it,
 * so that the clients of a server that restarts do not come all at once.
 *
 * @param attempt - Which one of its row, from 1.
 */
export function backoff(
  attempt: number,
  minDelay: number,
  maxDelay: number,
  random: () => number = Math.random,
): number {
  // Beyond 2^30 there is no doubt: it only must not overflow.
  const whole = Math.min(maxDelay, minDelay * 2 ** Math.min(attempt - 1, 30));
  return whole / 2 + (random() * whole) / 2;
}
