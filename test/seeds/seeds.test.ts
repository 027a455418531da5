/** Every message of the documents that this project grew from, against the validators of `fixtures/net`. */
import { describe, expect, test } from "vitest";
import * as net from "../../generated/fixtures/net/index.js";
import { pascalCase } from "../../src/emit/naming.js";
import { COMMANDS } from "./commands.js";
import { EVENTS } from "./events.js";

/** The pair of validators of what `stem` names. */
function validators(stem: string): { is: (value: unknown) => unknown; validate: (value: unknown) => unknown } {
  const exports: Readonly<Record<string, unknown>> = net;
  const is = exports[`is${stem}`];
  const validate = exports[`validate${stem}`];
  if (typeof is !== "function" || typeof validate !== "function") throw new Error(`no validators of ${stem}`);
  return { is: (value) => is(value) as unknown, validate: (value) => validate(value) as unknown };
}

function expectAccepted(stem: string, message: unknown): void {
  const { is, validate } = validators(stem);
  expect(validate(message)).toEqual({ value: message });
  expect(is(message)).toBe(true);
}

function expectRefused(stem: string, message: unknown): void {
  const { is, validate } = validators(stem);
  expect(is(message)).toBe(false);
  const result = validate(message);
  expect(result).toHaveProperty("issues.0.path");
  expect(result).not.toHaveProperty("value");
}

describe.each(EVENTS)("$event: $name", ({ event, message, newer, wrong }) => {
  const stem = `${pascalCase(event)}Event`;

  test("is accepted", () => {
    expectAccepted(stem, message);
  });
  test.each(newer)("is accepted with $name", (variant) => {
    expectAccepted(stem, variant.message);
  });
  test.each(wrong)("is refused: $name", (variant) => {
    expectRefused(stem, variant.message);
  });
  test("is not another event", () => {
    for (const other of new Set(EVENTS.map((seed) => seed.event))) {
      if (other !== event) expectRefused(`${pascalCase(other)}Event`, message);
    }
  });
});

describe.each(COMMANDS)("$command", ({ command, alsoRight, wrong, newerReturns, wrongReturns, ...seed }) => {
  const argumentsStem = `${pascalCase(command)}Arguments`;
  const returnsStem = `${pascalCase(command)}Returns`;

  test("is accepted, and so is its reply", () => {
    expectAccepted(argumentsStem, seed.arguments);
    expectAccepted(returnsStem, seed.returns);
  });
  test.each(alsoRight)("is accepted with $name", (variant) => {
    expectAccepted(argumentsStem, variant.message);
  });
  test.each(wrong)("is refused: $name", (variant) => {
    expectRefused(argumentsStem, variant.message);
  });
  test.each(newerReturns)("its reply is accepted: $name", (variant) => {
    expectAccepted(returnsStem, variant.message);
  });
  test.each(wrongReturns)("its reply is refused: $name", (variant) => {
    expectRefused(returnsStem, variant.message);
  });
});
