import { describe, expect, it } from "vitest";
import { events } from "../../src/emitters/events.js";
import { compileErrors } from "../support/compile.js";
import { emitted, emittedFiles } from "../support/emitted.js";

const SCHEMA = `
##
# @LINK_UP:
#
# A link came up
#
# @netdev-id: which one
#
# Since: 9.0
##
{ 'event': 'LINK_UP', 'data': { 'netdev-id': 'str', '*speed': 'int' } }
{ 'event': 'STOP' }
{ 'struct': 'Info', 'data': { 'a': 'str' } }
{ 'event': 'BOXED', 'boxed': true, 'data': 'Info' }
{ 'event': '2_D', 'data': 'Info' }`;

describe("events", () => {
  it("are as on the wire, with the types that their data names", () => {
    expect(emitted(SCHEMA, events)).toBe(`\
import type { Info } from "../types/test.js";
import type { Timestamp } from "./timestamp.js";

/**
 * A link came up
 *
 * @since 9.0
 * @see \`test.json:11\`
 */
export interface LinkUpEvent {
  event: "LINK_UP";
  data: {
    /** which one */
    "netdev-id": string;
    speed?: number | bigint;
  };
  timestamp: Timestamp;
}

export interface StopEvent {
  event: "STOP";
  timestamp: Timestamp;
}

export interface BoxedEvent {
  event: "BOXED";
  data: Info;
  timestamp: Timestamp;
}

export interface _2DEvent {
  event: "2_D";
  data: Info;
  timestamp: Timestamp;
}
`);
  });

  it("have no data where it would be empty, as QEMU sends none", () => {
    const text =
      "{ 'struct': 'None', 'data': {} } { 'event': 'A', 'data': 'None' } { 'event': 'B', 'data': {} } " +
      "{ 'event': 'C', 'boxed': true, 'data': 'None' }";
    expect(emitted(text, events)).not.toContain("data");
  });

  it("may have a union as data", () => {
    const text =
      "{ 'enum': 'K', 'data': [ 'a' ] } { 'union': 'U', 'base': { 'k': 'K' }, 'discriminator': 'k', 'data': {} } " +
      "{ 'event': 'A', 'boxed': true, 'data': 'U' }";
    expect(emitted(text, events)).toContain('  event: "A";\n  data: U;\n');
  });

  it("are all in a map and a union", () => {
    const index = emitted(SCHEMA, events, "events/index.ts");
    expect(index).toContain(
      'export interface Events {\n  LINK_UP: LinkUpEvent;\n  STOP: StopEvent;\n  BOXED: BoxedEvent;\n  "2_D": _2DEvent;\n}',
    );
    expect(index).toContain("export type QmpEvent = Events[keyof Events];");
    expect(index).toContain('export * from "./test.js";\nexport * from "./timestamp.js";\n');
  });

  it("narrow on their name", () => {
    const code = (member: string): string => `import type { QmpEvent } from "./index.js";
export function f(event: QmpEvent): string | undefined {
  return event.event === "LINK_UP" ? event.data["netdev-id"] : event.event === "BOXED" ? event.data.${member} : undefined;
}
`;
    const errors = (member: string): readonly string[] =>
      compileErrors(new Map([...emittedFiles(SCHEMA, [events]), ["user.ts", code(member)]]));
    expect(errors("a")).toEqual([]);
    expect(errors("b")).toEqual(["user.ts(3): Property 'b' does not exist on type 'Info'."]);
  });

  it("may be none", () => {
    expect(emitted("{ 'pragma': {} }", events, "events/index.ts")).toContain("export interface Events {}\n");
  });
});
