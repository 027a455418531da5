/** docs/seeds.md: all of the documents is in it, and what it says that tests show, tests show that are there and are run. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSeeds, type Reference, referencesIn, SEEDS_PAGE, type SeedDocument } from "./support/docs/seeds-page.js";
import { hasTest, hasWhole } from "./support/docs/test-titles.js";

const documents = readSeeds();
const ci = readFileSync(".ci/run", "utf8");

it("has the five documents", () => {
  expect(documents.map(({ lines }) => lines)).toEqual([722, 134, 941, 236, 125]);
});

describe.each(documents)("$title", (document) => {
  it("leaves no line of the document out, and keeps its order", () => {
    expect(linesMissing(document)).toEqual([]);
    const first = document.statements.map(({ ranges }) => ranges[0]?.[0] ?? 0);
    expect(first).toEqual(first.toSorted((a, b) => a - b));
  });

  it("has tests for each statement, or says why not", () => {
    const wrong = document.statements.filter(
      ({ text, shownBy, reason }) => text === "" || shownBy.length > 0 === (reason !== undefined),
    );
    expect(wrong).toEqual([]);
  });
});

it("names no test that is not there or is not run whenever all is checked, wherever on the page", () => {
  const references = referencesIn(readFileSync(SEEDS_PAGE, "utf8"));
  expect(references.length).toBeGreaterThan(300);
  expect(references.filter((reference) => !isThere(reference) || !isRun(reference))).toEqual([]);
});

/** What libvirt's document and the proposal define, each by its name there. */
const STRUCTURES = [
  ...["VIR_DOMAIN_EVENT_ID_GRAPHICS", "virDomainEventGraphicsPhase", "virDomainEventGraphicsAddressType"],
  ...["virDomainEventGraphicsAddress", "virDomainEventGraphicsSubject", "virConnectDomainEventGraphicsCallback"],
  ...["remote_domain_event_graphics_address", "REMOTE_DOMAIN_EVENT_GRAPHICS_IDENTITY_MAX"],
  ...["remote_domain_event_graphics_identity", "remote_domain_event_graphics_msg"],
  ...["VIR_DOMAIN_EVENT_ID_IO_ERROR", "virDomainEventIOErrorAction", "virConnectDomainEventIOErrorCallback"],
  ...["VIR_DOMAIN_EVENT_ID_WATCHDOG", "virDomainEventWatchdogAction", "virConnectDomainEventWatchdogCallback"],
  ...["VIR_DOMAIN_EVENT_ID_RTC_CHANGE", "virConnectDomainEventRTCChangeCallback", "VIR_DOMAIN_EVENT_ID_REBOOT"],
  "event-test",
  ...["{ 'BlockIOEvent':", "[ 'block-io-event',", "[ 'block-io-event-connect',", "[ 'block-io-event-disconnect',"],
  ...["struct BlockIOEvent", "BlockIOEventFunc", "block_io_event_connect", "block_io_event_signal"],
  ...["block_io_event_disconnect", "qmp_block_io_event"],
  ...["libqmp_block_io_event_connect", "libqmp_block_io_event_disconnect"],
  ...["{ 'BlockDeviceAction':", "{ 'BlockDeviceOperation':", "{ 'BlockDeviceActionReason':"],
  ...["{ 'BlockDeviceEvent':", "[ 'block-device-event',", "struct BlockDeviceEvent", "BlockDeviceEventFunc"],
  ...["enum BlockDeviceAction", "enum BlockDeviceOperation", "enum BlockDeviceActionReason"],
  ...["block_device_event_connect", "block_device_event_disconnect", "qmp_block_device_event"],
  ...["libqmp_block_device_event_connect", "libqmp_block_device_event_disconnect"],
];

it.each(STRUCTURES)("has a test named after %s", (name) => {
  const titles = documents.flatMap(({ statements }) => statements.flatMap(({ shownBy }) => shownBy));
  expect(titles.filter(({ title }) => hasWhole(title, name))).not.toEqual([]);
});

it("notices what is not so", () => {
  const path = "test/seeds-doc.test.ts";
  expect(isThere({ title: "notices what is not so", path })).toBe(true);
  expect(isThere({ title: "$title › has tests for each statement, or says why not", path })).toBe(true);
  const seeds = "test/seeds/seeds.test.ts";
  expect(isThere({ title: "netdev_del › is refused: no id", path: seeds })).toBe(true);
  expect(isThere({ title: "netdev_del › is refused: no such mistake", path: seeds })).toBe(false);
  expect(isThere({ title: "netdev_del › is refused: no i", path: seeds })).toBe(false);
  // A suite is no test.
  expect(isThere({ title: "$title", path })).toBe(false);
  expect(isThere({ title: "has tests for each statement, or says why not", path })).toBe(false);
  expect(isThere({ title: "a step that there is not", path: ".ci/run" })).toBe(false);
  expect(isThere({ title: "notices what is not so", path: "test/no-such.test.ts" })).toBe(false);
  expect(isRun({ title: "", path: "test/support/docs/test-titles.ts" })).toBe(false);
  const gap = "## A document\n\nIt has 4 lines.\n\n| 1, 3–4 | a thing | no test: C code |\n";
  expect(readSeeds(gap).map(linesMissing)).toEqual([[2]]);
});

/** The lines of a document that no statement is in. */
function linesMissing({ lines, statements }: SeedDocument): readonly number[] {
  const ranges = statements.flatMap(({ ranges }) => ranges);
  return Array.from({ length: lines }, (_, index) => index + 1).filter(
    (line) => !ranges.some(([first, last]) => first <= line && line <= last),
  );
}

/** Whether there is a test of that title; a type that is tested by its compilation, or a step of `.ci/run`. */
function isThere({ title, path }: Reference): boolean {
  if (!existsSync(path)) return false;
  if (path === ".ci/run") return ci.includes(`step "${title}" `);
  if (path.endsWith(".test-d.ts")) return readFileSync(path, "utf8").includes(`export function ${title}(`);
  return hasTest(path, title);
}

/** Whether `.ci/run` runs the tests of a file: there is a step for those of each project of vitest.config.ts. */
function isRun({ path }: Reference): boolean {
  if (path === ".ci/run") return true;
  if (path.endsWith(".test-d.ts")) return ci.includes('step "typecheck"');
  if (!/^test\/.+\.test\.ts$/.test(path)) return false;
  const [, project = "test"] = /^test\/(trees|runtimes|package)\//.exec(path) ?? [];
  return new RegExp(`^ *tests "${project}" built ${project} --`, "m").test(ci);
}
