/** docs/proposal.md: what it shows in the notation of the proposal is what it shows in the language of today. */
import { expect, test } from "vitest";
import { blocksOf } from "./support/docs/page.js";
import { schemaOf } from "./support/harness.js";
import { plainModel } from "./support/plain-model.js";

const blocks = blocksOf("docs/proposal.md").filter(({ language }) => language === "json");

test.each([0, 2])("block %i in the notation and the one behind it are the same", (index) => {
  const [proposal, today] = blocks.slice(index, index + 2).map(({ text }) => schemaOf(text));
  if (proposal === undefined || today === undefined) throw new Error("the page lacks an example");
  const options = { implicit: false, signals: false };
  expect(plainModel(proposal, options)).toEqual(plainModel(today, options));
  expect(proposal.commands.every(({ signal }) => signal !== undefined)).toBe(true);
  expect(today.commands.some(({ signal }) => signal !== undefined)).toBe(false);
});

test("there is no other example", () => {
  expect(blocks).toHaveLength(4);
});
