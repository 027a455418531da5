import { expect, test } from "vitest";
import { PendingCommand } from "../../src/runtime/command.js";
import { InFlight } from "../../src/runtime/in-flight.js";

function command(id: number, oob = false): PendingCommand {
  const request = { name: "ring", args: undefined, id, oob, hasReply: true, isTyped: true, text: "" };
  return new PendingCommand(request, { timeout: Infinity }, () => undefined);
}

test("keeps commands in the order in which they were sent, and finds them by their ids", () => {
  const inFlight = new InFlight();
  const [first, second, third] = [command(3, true), command(1), command(2)];
  for (const one of [first, second, third]) inFlight.add(one);
  expect(inFlight.get(1)).toBe(second);
  expect(inFlight.get(4)).toBeUndefined();
  expect(inFlight.all()).toEqual([first, second, third]);
  expect(inFlight.oldest()).toBe(second);
  for (const one of inFlight.all()) if (one !== first) inFlight.delete(one);
  inFlight.delete(second);
  expect(inFlight.all()).toEqual([first]);
  expect(inFlight.oldest()).toBe(first);
  inFlight.delete(first);
  expect([inFlight.size, inFlight.oldest()]).toEqual([0, undefined]);
});
