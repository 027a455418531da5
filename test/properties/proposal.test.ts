/** The notation of the proposal of 2011 is another way to write what today's language can say, but for signals. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { print } from "../../src/schema/print.js";
import { arbitraryProposal } from "../support/arbitrary-proposal.js";
import { findings, schemaOf } from "../support/harness.js";
import { plainModel, type PlainOptions } from "../support/plain-model.js";
import { parameters } from "../support/property.js";

const BUT_SIGNALS: PlainOptions = { implicit: false, signals: false };

test("a schema in the notation and the same one in today's language make the same model", () => {
  fc.assert(
    fc.property(arbitraryProposal, ({ proposal, today }) => {
      expect(plainModel(schemaOf(proposal), BUT_SIGNALS)).toEqual(plainModel(schemaOf(today), BUT_SIGNALS));
    }),
    parameters(300),
  );
});

test("what is printed of it is in today's language, and means the same", () => {
  fc.assert(
    fc.property(arbitraryProposal, ({ proposal }) => {
      const schema = schemaOf(proposal);
      const printed = Object.fromEntries(print(schema));
      expect(plainModel(schemaOf(printed), BUT_SIGNALS)).toEqual(plainModel(schema, BUT_SIGNALS));
      expect(findings(printed, { style: true }).filter((finding) => finding.includes("proposal-"))).toEqual([]);
    }),
    parameters(200),
  );
});

test("every command of an accessor has its signal, no other has one", () => {
  fc.assert(
    fc.property(arbitraryProposal, ({ proposal, today }) => {
      const { commands, byName } = schemaOf(proposal);
      for (const { name, signal } of commands) {
        const match = /^(.*)-(?:connect|disconnect)$/.exec(name);
        expect(signal?.name).toBe(match?.[1]);
        if (signal === undefined) continue;
        expect(byName.get(signal.event.name)).toBe(signal.event);
        expect([signal.connect.name, signal.disconnect.name]).toEqual([
          `${signal.name}-connect`,
          `${signal.name}-disconnect`,
        ]);
      }
      expect(schemaOf(today).commands.filter(({ signal }) => signal !== undefined)).toEqual([]);
    }),
    parameters(200),
  );
});
