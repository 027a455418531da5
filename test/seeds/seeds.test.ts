/** Every message of the documents that this project grew from, against the validators of `fixtures/net`. */
import { describe, expect, test } from "vitest";
import * as net from "../../generated/fixtures/net/index.js";
import { pascalCase } from "../../src/emit/naming.js";
import { COMMANDS } from "./commands.js";
import { EVENTS } from "./events.js";

type Validator = (value: unknown) => unknown;

/** The validator that `net` exports under a name. */
function validator(name: string): Validator {
  const exported: unknown = Object.entries(net).find(([key]) => key === name)?.[1];
  if (!isValidator(exported)) throw new Error(`there is no ${name}`);
  return exported;
}

function isValidator(value: unknown): value is Validator {
  return typeof value === "function";
}

function expectAccepted(stem: string, message: unknown): void {
  expect(validator(`validate${stem}`)(message)).toEqual({ value: message });
  expect(validator(`is${stem}`)(message)).toBe(true);
}

function expectRefused(stem: string, message: unknown): void {
  expect(validator(`is${stem}`)(message)).toBe(false);
  const result = validator(`validate${stem}`)(message);
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
