/**
 * The conversations in QEMU's documentation are right, but for those that are not: the lists are exact. All are validated as
 * on the wire: arguments strictly, replies and events as what a newer QEMU may send.
 */
import { describe, expect, test } from "vitest";
import { runValidators } from "../support/run-validators.js";
import { validateExamples } from "./qmp-examples.js";
import { readSchema, roots } from "./schemas.js";

/** Why a message is wrong: where it is (example and message of a definition), the path of its first mistake, in words. */
type Faults = readonly (readonly [place: string, fault: string, reason: string])[];

const BLOCK_10_2: Faults = [
  ["query-block 1.2", "0.inserted.node-name", "leaves out a member that is not optional"],
  ["query-blockstats 1.2", "not JSON", "commas are missing"],
  ["query-named-block-nodes 1.2", "0.children", "leaves out a member that is not optional"],
];
const NOTATION: Faults = [
  ["qapi-schema.json#1 1.1", "not JSON", "explains the notation of examples"],
  ["qapi-schema.json#1 1.2", "not JSON", "explains the notation of examples"],
];
const BLOCK_7_2: Faults = [
  ["query-block 1.2", "0.inserted.cache", "leaves out a member that is not optional"],
  ["query-blockstats 1.2", "not JSON", "commas are missing"],
  ["query-named-block-nodes 1.2", "0.cache", "leaves out a member that is not optional"],
];

/** By the part of a path that tells the schema. */
const EXPECTED: Readonly<Record<string, Faults>> = {
  "qemu-10.2/src/qapi": [
    ...BLOCK_10_2,
    ...NOTATION,
    ["query-migrate 2.2", "ram.dirty-pages-rate", "leaves out a member that is not optional"],
    ["query-migrate 4.2", "ram.dirty-pages-rate", "leaves out a member that is not optional"],
    ["query-migrate 5.2", "ram.dirty-pages-rate", "leaves out a member that is not optional"],
    ["migrate 1.9", "channels.0.addr.offset", "an integer is written as a string, in hexadecimal"],
    ["query-dirty-rate 1.1", "not a message", "what would be returned, without the reply around it"],
    ["query-dirty-rate 2.1", "not a message", "what would be returned, without the reply around it"],
    ["set-vcpu-dirty-limit 1.1", "not JSON", "the object ends before the arguments"],
    ["set-vcpu-dirty-limit 1.2", "a reply to nothing", "the command could not be read"],
    ["cancel-vcpu-dirty-limit 1.1", "not JSON", "the object ends before the arguments"],
    ["cancel-vcpu-dirty-limit 1.2", "a reply to nothing", "the command could not be read"],
    ["query-cpus-fast 1.2", "0.qom-type", "leaves out a member that is not optional"],
    ["query-machines 1.2", "not JSON", "the list ends with a brace"],
    ["dumpdtb 1.1", "not JSON", "the object ends before the arguments"],
    ["dumpdtb 1.2", "a reply to nothing", "the command could not be read"],
    ["query-iothreads 1.2", "0.poll-max-ns", "leaves out a member that is not optional"],
    ["RTC_CHANGE 1.1", "data.qom-path", "leaves out a member that is not optional"],
    ["query-sev 1.2", "sev-type", "leaves out the discriminator"],
    ["query-sgx-capabilities 1.2", "sections", "the member has another name"],
    ["query-pci 1.2", "0.devices.0.irq_pin", "leaves out a member that is not optional"],
  ],
  "qemu-10.2/src/qga": NOTATION,
  "qemu-10.2/src/storage-daemon/qapi": [...BLOCK_10_2, ...NOTATION],
  "qemu-7.2/src/qapi": [
    ...BLOCK_7_2,
    ["query-rocker-of-dpa-flows 1.2", "not JSON", "a word in braces for what is left out"],
    ["query-spice 1.2", "not JSON", "words in brackets for what is left out"],
    ["query-migrate 1.4", "ram.skipped", "leaves out a member that is not optional"],
    ["query-migrate 1.8", "ram.skipped", "leaves out a member that is not optional"],
    ["query-migrate 1.10", "ram.skipped", "leaves out a member that is not optional"],
    ["query-migrate 1.12", "ram.skipped", "leaves out a member that is not optional"],
    ["query-hotpluggable-cpus 1.2", "not JSON", "a quote behind the end"],
    ["query-iothreads 1.2", "0.poll-max-ns", "leaves out a member that is not optional"],
    ["RTC_CHANGE 1.1", "data.qom-path", "leaves out a member that is not optional"],
    ["query-sgx-capabilities 1.2", "sections", "the member has another name"],
    ["query-pci 1.2", "0.devices.0.irq_pin", "leaves out a member that is not optional"],
    ["x-query-virtio-status 1.4", "disable-legacy-check", "leaves out a member that is not optional"],
  ],
  "qemu-7.2/src/storage-daemon/qapi": BLOCK_7_2,
};

const cases = Object.entries(EXPECTED).flatMap(([part, faults]) => {
  return roots.filter(([name]) => name.endsWith(`schemas/${part}`)).map(([name, path]) => ({ name, path, faults }));
});

describe.each(cases)("$name", ({ path, faults }) => {
  test("examples", async ({ annotate }) => {
    const schema = readSchema(path);
    const { examples, messages, validated, faults: found } = validateExamples(schema, await runValidators(schema));
    await annotate(
      `${String(examples)} examples, ${String(messages)} messages, ${String(validated)} of them validated`,
    );
    await annotate(`${String(found.size)} wrong: ${faults.map((fault) => fault.join(": ")).join("; ")}`);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(faults));
    // The guest agent has no examples but those of the notation.
    if (faults !== NOTATION) expect(validated).toBeGreaterThan(100);
  });
});
