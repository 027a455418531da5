/** The notation of the proposal of 2011: what is recognised as it, what it means, and what is said of mistakes in it. */
import { describe, expect, test } from "vitest";
import { parse } from "../../src/syntax/parse.js";
import { eventName } from "../../src/syntax/proposal.js";
import { Source } from "../../src/syntax/source.js";
import { diagnosticsOf, findings, schemaOf } from "../support/harness.js";
import { plainModel } from "../support/plain-model.js";

/** Both texts mean the same, but that one has signals; the second one is in the language of today. */
function expectSame(proposal: string, today: string): void {
  const model = (text: string): unknown => plainModel(schemaOf(text), { implicit: false, signals: false });
  expect(model(proposal)).toEqual(model(today));
}

/** The codes of what `check` says. */
function codes(text: string): readonly string[] {
  return diagnosticsOf(text, { style: true }).map(({ code }) => code);
}

describe("each kind of entry is one of today's language", () => {
  test.each([
    [
      "an enum",
      "{ 'BlockDeviceOperation': [ 'read', 'write' ] }",
      "{ 'enum': 'BlockDeviceOperation', 'data': [ 'read', 'write' ] }",
    ],
    ["an enum without values", "{ 'Nothing': [] }", "{ 'enum': 'Nothing', 'data': [] }"],
    ["an enum, whatever it is called", "{ 'InputEvent': [ 'key' ] }", "{ 'enum': 'InputEvent', 'data': [ 'key' ] }"],
    [
      "a struct",
      "{ 'Point': { 'x': 'int', '*y': 'number' } }",
      "{ 'struct': 'Point', 'data': { 'x': 'int', '*y': 'number' } }",
    ],
    ["a struct without members", "{ 'Empty': {} }", "{ 'struct': 'Empty', 'data': {} }"],
    [
      "a member with more than a type",
      "{ 'Point': { 'x': { 'type': ['str'], 'if': 'CONFIG_X', 'features': [ 'unstable' ] } } }",
      "{ 'struct': 'Point', 'data': { 'x': { 'type': ['str'], 'if': 'CONFIG_X', 'features': [ 'unstable' ] } } }",
    ],
    [
      "an event",
      "{ 'BlockIOEvent': { 'device': 'str' } }",
      "{ 'event': 'BLOCK_IO_EVENT', 'data': { 'device': 'str' } }",
    ],
    ["an event without data", "{ 'StopEvent': {} }", "{ 'event': 'STOP_EVENT' }"],
    ["a command", "[ 'stop', {}, {}, 'none' ]", "{ 'command': 'stop' }"],
    [
      "a command with arguments of both kinds",
      "[ 'beep', { 'pitch': 'int' }, { 'seconds': 'int', 'loud': 'bool' }, 'none' ]",
      "{ 'command': 'beep', 'data': { 'pitch': 'int', '*seconds': 'int', '*loud': 'bool' } }",
    ],
    [
      "arguments that are marked as optional anyway",
      "[ 'beep', { '*pitch': 'int' }, { '*seconds': 'int' }, 'none' ]",
      "{ 'command': 'beep', 'data': { '*pitch': 'int', '*seconds': 'int' } }",
    ],
    ["a command with a result", "[ 'query-name', {}, {}, 'str' ]", "{ 'command': 'query-name', 'returns': 'str' }"],
    ["a command with a list", "[ 'query-names', {}, {}, ['str'] ]", "{ 'command': 'query-names', 'returns': ['str'] }"],
    [
      "a signal accessor",
      "{ 'PowerEvent': {} }\n[ 'power', { 'device': 'str' }, { 'port': 'int' }, 'PowerEvent' ]",
      `{ 'event': 'POWER_EVENT' }
{ 'command': 'power-connect', 'data': { 'device': 'str', '*port': 'int' }, 'returns': 'str' }
{ 'command': 'power-disconnect', 'data': { 'tag': 'str', '*device': 'str', '*port': 'int' } }`,
    ],
    [
      "the two commands of an accessor, written out",
      "[ 'power-connect', {}, {}, 'str' ]\n[ 'power-disconnect', {'tag' : 'str'}, {}, 'none' ]",
      "{ 'command': 'power-connect', 'returns': 'str' }\n{ 'command': 'power-disconnect', 'data': { 'tag': 'str' } }",
    ],
  ])("%s", (_, proposal, today) => {
    expectSame(proposal, today);
  });
});

describe("signals", () => {
  test("lead from both commands to the accessor's name, the event and each other", () => {
    const schema = schemaOf("[ 'power', { 'device': 'str' }, {}, 'PowerEvent' ]\n{ 'PowerEvent': { 'on': 'bool' } }");
    const [connect, disconnect] = schema.commands;
    const [event] = schema.events;
    expect(connect?.signal).toEqual({ kind: "signal", name: "power", event, connect, disconnect });
    expect(disconnect?.signal).toBe(connect?.signal);
    expect([connect?.implicit, disconnect?.implicit]).toEqual([undefined, true]);
  });

  test("are of events of today's language as well", () => {
    const { commands, events } = schemaOf("{ 'event': 'POWER_EVENT' }\n[ 'power', {}, {}, 'PowerEvent' ]");
    expect(commands.map(({ signal }) => signal?.event)).toEqual([events[0], events[0]]);
  });

  test("may be several of one event", () => {
    const text = "{ 'PowerEvent': {} }\n[ 'a', {}, {}, 'PowerEvent' ]\n[ 'b', { 'c': 'int' }, {}, 'PowerEvent' ]";
    const { commands } = schemaOf(text);
    expect(commands.map(({ name, signal }) => [name, signal?.name, signal?.event.name])).toEqual([
      ["a-connect", "a", "POWER_EVENT"],
      ["a-disconnect", "a", "POWER_EVENT"],
      ["b-connect", "b", "POWER_EVENT"],
      ["b-disconnect", "b", "POWER_EVENT"],
    ]);
  });

  test("are in whichever file", () => {
    const files = {
      "root.json": "{ 'include': 'event.json' }\n[ 'power', {}, {}, 'PowerEvent' ]",
      "event.json": "{ 'PowerEvent': {} }",
    };
    expect(schemaOf(files).commands[0]?.signal?.event.module.name).toBe("event.json");
  });

  test("lack their event where that is in a part of the file that cannot be read", () => {
    const text = "{ 'PowerEvent': { 'on' } }\n[ 'power', {}, {}, 'PowerEvent' ]";
    expect(findings(text)).toEqual(["1:24 syntax: expected ':', found '}' | }"]);
    const wrong =
      "{ 'PowerEvent': { 'on': true } }\n[ 'power', {}, {}, 'PowerEvent' ]\n{ 'struct': 'S', 'data': { 'e': 'PowerEvent' } }";
    expect(findings(wrong).map((finding) => finding.split(" ")[1])).toEqual(["wrong-value:"]);
  });
});

test.each([
  ["BlockIOEvent", "BLOCK_IO_EVENT"],
  ["BlockIoEvent", "BLOCK_IO_EVENT"],
  ["BlockDeviceEvent", "BLOCK_DEVICE_EVENT"],
  ["Event", "EVENT"],
  ["VNCEvent", "VNC_EVENT"],
  ["Usb2HubEvent", "USB2_HUB_EVENT"],
  ["USB2HubEvent", "USB2_HUB_EVENT"],
  ["I6300ESBEvent", "I6300_ESB_EVENT"],
  ["Block_IOEvent", "BLOCK_IO_EVENT"],
  ["Block-ioEvent", "BLOCK_IO_EVENT"],
  ["__com.example_BlockIOEvent", "__com.example_BLOCK_IO_EVENT"],
])("event '%s' is '%s' on the wire", (name, onWire) => {
  expect(eventName(name)).toBe(onWire);
});

describe("entries are recognised one by one", () => {
  test("both languages may be in one file, and refer to each other", () => {
    expectSame(
      `# A comment.
{ 'struct': 'Point', 'data': { 'axis': 'Axis' } }
{ 'Axis': [ 'x', 'y' ] } { 'Line': { 'from': 'Point', 'to': 'Point' } } [ 'draw', { 'line': 'Line' }, {}, 'none' ]
{ 'command': 'erase', 'data': 'Line' }`,
      `{ 'struct': 'Point', 'data': { 'axis': 'Axis' } }
{ 'enum': 'Axis', 'data': [ 'x', 'y' ] }
{ 'struct': 'Line', 'data': { 'from': 'Point', 'to': 'Point' } }
{ 'command': 'draw', 'data': { 'line': 'Line' } }
{ 'command': 'erase', 'data': 'Line' }`,
    );
  });

  test("comments, line breaks and blanks may stand wherever they may today", () => {
    expectSame(
      "{ # it's\n 'Axis' # an\n : # enum\n [ 'x' # one\n ] #\n}#\n[ # it's\n'stop', #\n{ } , {\n}, 'none' # nothing\n]",
      "{ 'enum': 'Axis', 'data': [ 'x' ] }\n{ 'command': 'stop' }",
    );
  });

  test("commas may be left out, as 1.x allowed it, and each is told of once", () => {
    const text =
      "{ 'Point': { 'x': 'int' 'y': 'int', } }\n[ 'stop' {}, {} 'none', ]\n{ 'A': { 'x': 'int' 'y': 'int' }, 'b': {} }";
    expect(codes(text).filter((code) => code.endsWith("-comma"))).toEqual([
      "missing-comma",
      "trailing-comma",
      "missing-comma",
      "missing-comma",
      "trailing-comma",
      "missing-comma",
    ]);
  });

  const NO_KEY = "no key says what this defines";

  test.each([
    ["a small letter", "{ 'data': {} }", `1:3 unknown-form: ${NO_KEY} | 'data'`],
    ["a string behind the name", "{ 'Point': 'x' }", `1:3 unknown-form: ${NO_KEY} | 'Point'`],
    ["a flag behind the name", "{ 'Point': true }", `1:3 unknown-form: ${NO_KEY} | 'Point'`],
    ["another key", "{ 'Point': {}, 'data': {} }", `1:3 unknown-form: ${NO_KEY} | 'Point'`],
    ["a key of today's language", "{ 'strukt': 'X', 'data': {} }", `1:3 unknown-form: ${NO_KEY} | 'strukt'`],
    ["a name twice", "{ 'A': {}, 'A': {} }", `1:3 unknown-form: ${NO_KEY} | 'A'`],
    ["a list that does not begin with a name", "[ {}, 'x' ]", "1:1 syntax: expected '##' or '{', found '[' | ["],
    ["an empty list", "[]", "1:1 syntax: expected '##' or '{', found '[' | ["],
  ])("%s makes it something else", (_, text, finding) => {
    expect(findings(text)[0]).toBe(finding);
    expect(codes(text)).not.toContain("proposal-type");
    expect(codes(text)).not.toContain("proposal-command");
  });

  test("what looked like the notation and is not may be there often", () => {
    const text = "{ 'Point': {}, 'data': {} }\n".repeat(300);
    expect(new Set(codes(text))).toEqual(new Set(["unknown-form"]));
  });

  test("several types in one pair of braces are told apart from that", () => {
    const [finding] = diagnosticsOf("{ 'A': {}, 'B': [ 'x' ] }");
    expect(finding).toMatchObject({
      code: "unknown-form",
      hint: expect.stringContaining("braces of its own") as string,
    });
  });
});

describe("text that does not parse", () => {
  test.each([
    ["no colon", "{ 'Point' {} }", "1:11 syntax: expected ':', found '{' | {"],
    ["no colon within", "{ 'Point': { 'x' 'int' } }", "1:18 syntax: expected ':', found a string | '"],
    ["the end", "{ 'Point': {", "1:13 syntax: expected a string or '}', but the file ends | "],
    [
      "a word",
      "[ 'stop', {}, {}, none ]",
      "1:19 syntax: expected a string, '{', '[', 'true' or 'false', found 'none' | none",
    ],
    ["no bracket", "[ 'stop', {}, {}, 'none'", "1:25 syntax: expected ',' or ']', but the file ends | "],
  ])("%s", (_, text, finding) => {
    expect(findings(text)).toEqual([finding]);
  });

  test("a bracket that is not closed is shown where the next entry begins", () => {
    const [finding] = diagnosticsOf("{ 'Point': { 'x': 'int' }\n[ 'stop', {}, {}, 'none' ]\n");
    expect(finding?.message).toBe("expected ',' or '}', found '['");
    expect(finding?.related).toMatchObject([{ span: { start: 0, end: 1 }, message: "this '{' is not closed" }]);
  });

  test("reading goes on at the next entry, in either language", () => {
    const text =
      "[ 'a', {}, { 'b' }, 'none' ]\n[ 'c', { 'd' }, {}, 'none' ]\n{ 'E': { 'f' } }\n[ 'g', {} ]\n{ 'enum': }";
    expect(findings(text).map((finding) => finding.split(": ")[0])).toEqual([
      "1:18 syntax",
      "2:14 syntax",
      "3:14 syntax",
      "4:1 proposal-parts",
      "5:11 syntax",
    ]);
  });
});

describe("documentation", () => {
  const doc = (symbol: string): string =>
    `##\n# @${symbol}:\n#\n# Power comes or goes.\n#\n# @on: whether it comes\n##\n`;

  test.each(["PowerEvent", "POWER_EVENT"])("of an event may call it %s", (name) => {
    const [event] = schemaOf(`${doc(name)}{ 'PowerEvent': { 'on': 'bool' } }`).events;
    expect(event?.doc).toMatchObject({
      symbol: "POWER_EVENT",
      sections: [{ text: "Power comes or goes." }, { name: "on" }],
    });
    const members = event?.arguments?.allMembers ?? [];
    expect(members.map((member) => member.doc?.text)).toEqual(["whether it comes"]);
    expect(codes(`${doc(name)}{ 'PowerEvent': { 'on': 'bool' } }`)).toEqual(["proposal-type"]);
  });

  test.each(["power", "power-connect"])("of an accessor may call it %s", (name) => {
    const text = `{ 'PowerEvent': {} }\n${doc(name)}[ 'power', { 'on': 'bool' }, {}, 'PowerEvent' ]`;
    const { commands } = schemaOf(text);
    expect(commands.map((command) => [command.name, command.doc?.symbol])).toEqual([
      ["power-connect", "power-connect"],
      ["power-disconnect", undefined],
    ]);
    expect(codes(text)).toEqual(["proposal-type", "proposal-command"]);
  });

  test.each([
    ["Axis", "{ 'Axis': [ 'on' ] }", "proposal-type"],
    ["Point", "{ 'Point': { 'on': 'bool' } }", "proposal-type"],
    ["draw", "[ 'draw', { 'on': 'bool' }, {}, 'none' ]", "proposal-command"],
  ])("of %s is its own", (name, text, code) => {
    expect(schemaOf(doc(name) + text).byName.get(name)?.doc?.sections).toHaveLength(2);
    expect(codes(doc(name) + text)).toEqual([code]);
  });

  test("of something else is free-form", () => {
    const schema = schemaOf(`${doc("Lamp")}{ 'Power': {} }`);
    expect(schema.byName.get("Power")?.doc).toBeUndefined();
    expect(schema.modules[0]?.docs).toHaveLength(1);
  });
});

describe("names that mean something to JavaScript", () => {
  test("are names like others", () => {
    const schema = schemaOf(
      "{ 'Object': { 'constructor': 'str', 'toString': 'str' } }\n{ 'Function': [ 'prototype', 'hasOwnProperty' ] }\n" +
        "{ 'ConstructorEvent': { 'valueOf': 'Object' } }\n[ 'constructor', { 'constructor': 'Function' }, {}, 'ConstructorEvent' ]",
    );
    expect(schema.definitions.map(({ name }) => name)).toEqual([
      "Object",
      "Function",
      "CONSTRUCTOR_EVENT",
      "constructor-connect",
      "constructor-disconnect",
    ]);
    expect(schema.commands[0]?.signal?.event.name).toBe("CONSTRUCTOR_EVENT");
  });

  test("are refused where they are no names", () => {
    const text = "{ 'Point': { '__proto__': 'int' } }\n[ '__proto__', { '__proto__': 'int' }, {}, '__proto__' ]";
    expect(findings(text).map((finding) => finding.split(" ")[1])).toEqual(["invalid-name:", "invalid-name:"]);
    expect(
      findings("[ 'x', {}, {}, '__proto__' ]\n[ 'y', {}, {}, '__proto__Event' ]").map((f) => f.split(": ")[0]),
    ).toEqual(["1:16 undefined-type", "2:16 invalid-signal"]);
    expect(({} as { int?: unknown }).int).toBeUndefined();
  });
});

test("each entry is noted, where its name is", () => {
  const { file } = parse(new Source("x.json", "{ 'Axis': [] }\n{ 'Point': {} }\n[ 'a', {}, {}, 'none' ]\n[ 'b' ]"));
  expect(file.notes.map(({ code, span }) => [code, span?.source.text.slice(span.start, span.end)])).toEqual([
    ["proposal-type", "'Axis'"],
    ["proposal-type", "'Point'"],
    ["proposal-command", "'a'"],
    ["proposal-command", "'b'"],
  ]);
});

describe("each mistake is told once, though an accessor is two commands", () => {
  const event = "{ 'PowerEvent': {} }\n";

  test.each([
    [
      "a type that there is not",
      "[ 'p', { 'a': 'Nope' }, { 'b': ['Nope'] }, 'PowerEvent' ]",
      ["undefined-type", "undefined-type"],
    ],
    ["an event for a type", "[ 'p', { 'a': 'PowerEvent' }, {}, 'PowerEvent' ]", ["undefined-type"]],
    ["an argument that is there twice", "[ 'p', { 'a': 'str' }, { 'a': 'str' }, 'PowerEvent' ]", ["duplicate-member"]],
    [
      "a feature that is there twice",
      "[ 'p', { 'a': { 'type': 'str', 'features': [ 'x', 'x' ] } }, {}, 'PowerEvent' ]",
      ["duplicate-feature"],
    ],
    [
      "what is wrong in a struct in place",
      "[ 'p', { 'a': { 'b': 'Nope', '*b': 'str' } }, {}, 'PowerEvent' ]",
      ["undefined-type", "duplicate-member"],
    ],
    [
      "an accessor that is there twice",
      "[ 'p', {}, {}, 'PowerEvent' ]\n[ 'p', {}, {}, 'PowerEvent' ]",
      ["duplicate-definition"],
    ],
    [
      "an argument called tag in both places",
      "[ 'p', { 'tag': 'str' }, { 'tag': 'str' }, 'PowerEvent' ]",
      ["invalid-signal", "invalid-signal"],
    ],
    ["an event that there is not", "[ 'p', {}, {}, 'PwoerEvent' ]", ["invalid-signal"]],
  ])("%s", (_, text, expected) => {
    expect(diagnosticsOf(event + text).map(({ code }) => code)).toEqual(expected);
  });

  test("names that are not as they should be", () => {
    const found = codes(`${event}[ 'p_q', { 'A': 'str' }, {}, 'PowerEvent' ]`);
    expect(found).toEqual(["proposal-type", "command-name-case", "proposal-command", "member-name-case"]);
  });

  test("that it has no documentation", () => {
    const found = codes(`{ 'pragma': { 'doc-required': true } }\n${event}[ 'p', {}, {}, 'PowerEvent' ]`);
    expect(found.filter((code) => code === "doc-required")).toHaveLength(2);
  });
});
