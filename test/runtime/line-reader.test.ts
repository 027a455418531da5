import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProtocolError } from "../../src/runtime/errors.js";
import { LineReader } from "../../src/runtime/line-reader.js";
import { parameters } from "../support/property.js";

/** A reader, and what it has handed over. */
class Recorder {
  readonly messages: string[] = [];
  readonly errors: ProtocolError[] = [];
  /** What a receiver does besides. */
  onMessage: (text: string) => void = () => undefined;
  onTooLong: () => void = () => undefined;
  readonly reader: LineReader;

  constructor(maxLength = Infinity) {
    this.reader = new LineReader(maxLength, {
      message: (text) => {
        this.messages.push(text);
        this.onMessage(text);
      },
      tooLong: (error) => {
        this.errors.push(error);
        this.onTooLong();
      },
    });
  }

  read(pieces: Iterable<string>): this {
    for (const piece of pieces) this.reader.push(piece);
    return this;
  }

  /** All that can be told of it. */
  get outcome(): object {
    return {
      messages: this.messages,
      errors: this.errors.map(({ kind, message }) => ({ kind, message })),
      incomplete: this.reader.incomplete,
    };
  }
}

/** Text in pieces, some of them empty. */
function split(text: string, at: readonly number[]): string[] {
  const ends = at.map((position) => position % (text.length + 1)).sort((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

const PRETTY = '{\r\n    "return": [\r\n        {\r\n        }\r\n    ]\r\n}\r\n';

const line = fc.constantFrom(
  "{",
  "}",
  "{}",
  '{"a":1}',
  " {",
  "}}",
  "",
  "é€😀",
  "a\rb",
  "\r",
  "x".repeat(300),
  "[",
  "]",
);
const transcript = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\r\n")), { maxLength: 12 })
  .chain((lines) => fc.tuple(fc.constant(lines.flat().join("")), line).map(([whole, rest]) => whole + rest));

describe("LineReader", () => {
  test("reads the same however the text is split", () => {
    fc.assert(
      fc.property(transcript, fc.array(fc.nat()), fc.constantFrom(0, 3, 10, 300, 10_000), (text, at, maxLength) => {
        const whole = new Recorder(maxLength).read([text]);
        expect(new Recorder(maxLength).read(split(text, at)).outcome).toStrictEqual(whole.outcome);
        expect(
          new Recorder(maxLength).read(
            split(
              text,
              Array.from({ length: text.length }, (_, index) => index),
            ),
          ).outcome,
        ).toStrictEqual(whole.outcome);
      }),
      parameters(2000),
    );
  });

  test("reads the same however often it is paused and resumed", () => {
    fc.assert(
      fc.property(transcript, fc.array(fc.nat()), fc.array(fc.boolean()), (text, at, pauses) => {
        const paused = new Recorder();
        let index = 0;
        paused.onMessage = () => {
          if (pauses[index++] === true) paused.reader.pause();
        };
        for (const piece of split(text, at)) {
          paused.reader.push(piece);
          if (pauses[index++] === true) paused.reader.resume();
        }
        while (paused.reader.isPaused) paused.reader.resume();
        expect(paused.outcome).toStrictEqual(new Recorder().read([text]).outcome);
      }),
      parameters(2000),
    );
  });

  test.each([
    ["lines", '{"a":1}\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    ["no empty lines", '\n\r\n{"a":1}\n\n\r\n', ['{"a":1}']],
    ["a carriage return in a line as it is", "a\rb\r\r\n", ["a\rb\r"]],
    ["what is no JSON", "garbage\n}\n", ["garbage", "}"]],
    ["messages of several lines", `${PRETTY}{"a":1}\n${PRETTY}`, [pretty(), '{"a":1}', pretty()]],
    ["lines that only look like the end of several", '{\n }\n  {\n}}\n}\n"next"\n', ["{\n }\n  {\n}}\n}", '"next"']],
    ["empty lines in a message of several", "{\n\n\r\n}\n", ["{\n}"]],
  ])("hands over %s", (_, text, messages) => {
    const { reader, messages: received } = new Recorder().read([text]);
    expect(received).toStrictEqual(messages);
    expect(reader.incomplete).toBeUndefined();
  });

  test("reads a thousand messages in one piece", () => {
    const messages = Array.from({ length: 1000 }, (_, index) => `{"id":${index}}`);
    expect(new Recorder().read([`${messages.join("\n")}\n`]).messages).toStrictEqual(messages);
  });

  test("reads 20 MB in one line, and a million pieces of one character", () => {
    const piece = "x".repeat(65_536);
    const long = new Recorder().read(Array<string>(320).fill(piece)).read(["\n"]);
    expect(long.messages.map(({ length }) => length)).toStrictEqual([320 * 65_536]);
    expect(long.messages[0]).toBe(piece.repeat(320));
    const short = new Recorder().read("0123456789".repeat(100_000)).read("\n");
    expect(short.messages).toStrictEqual(["0123456789".repeat(100_000)]);
  });

  describe("limits the length of a message", () => {
    test.each([
      ["that has ended", ["12345678901\n"]],
      ["that has not ended", ["12345678901"]],
      ["in pieces", ["12345", "678901"]],
      ["with a carriage return in it", ["1234567890\r", "1"]],
      ["after others", ["1234567890\n1234567890\r\n12345678901\n", "1\n"]],
      ["of several lines", ["{\n1\n2\n3\n4\n", "}\n"]],
      ["of several lines, one of which has not ended", ["{\n1\n2\n3\n4", "56"]],
    ])("%s", (_, pieces) => {
      const recorder = new Recorder(10).read(pieces);
      const { errors, messages, reader } = recorder;
      expect(errors).toHaveLength(1);
      recorder.read(["12\n", "1234567890123\n"]);
      expect(errors.map(({ kind, message }) => [kind, message])).toStrictEqual([
        ["size", "the peer sent a message of more than 10 characters"],
      ]);
      expect(messages.every((message) => message === "1234567890")).toBe(true);
      expect(errors[0]?.received).toMatch(/^(?:1234567890[1\r]|\{\n1\n2\n3\n4\n?(?:56)?\}?)/);
      expect(reader.incomplete).toBeUndefined();
    });

    test("and takes the longest, however its line ends", () => {
      for (const pieces of [
        ["1234567890\r\n"],
        ["1234567890\r", "\n"],
        ["1234567890", "\r", "\n"],
        ["1234567890", "\n"],
      ]) {
        expect(new Recorder(10).read(pieces)).toMatchObject({ messages: ["1234567890"], errors: [] });
      }
      expect(new Recorder(10).read(["{\r\n", "1\n2\r\n", "3\n}\r", "\n"])).toMatchObject({
        messages: ["{\n1\n2\n3\n}"],
        errors: [],
      });
    });

    test("and shows the first 200 characters", () => {
      const { errors } = new Recorder(1000).read(Array<string>(50).fill("0123456789".repeat(3)));
      expect(errors[0]?.received).toBe("0123456789".repeat(20));
    });

    test("but not how many empty lines there may be", () => {
      expect(new Recorder(10).read(["{\n", "\r\n".repeat(1000), "\n\r", "\n1\n}\n"]).messages).toStrictEqual([
        "{\n1\n}",
      ]);
    });
  });

  describe("can be paused", () => {
    test("in the middle of a piece", () => {
      const recorder = new Recorder();
      recorder.onMessage = () => recorder.reader.pause();
      recorder.read(["1\n2\n3", "3\n4"]);
      expect(recorder.messages).toStrictEqual(["1"]);
      expect(recorder.reader.isPaused).toBe(true);
      recorder.reader.resume();
      expect(recorder.messages).toStrictEqual(["1", "2"]);
      recorder.onMessage = () => undefined;
      recorder.reader.resume();
      expect(recorder.messages).toStrictEqual(["1", "2", "33"]);
      expect(recorder.reader.isPaused).toBe(false);
      expect(recorder.read(["\n"]).messages).toStrictEqual(["1", "2", "33", "4"]);
    });

    test("and resumed, while a message is handed over: each is done before the next", () => {
      const recorder = new Recorder();
      const calls: string[] = [];
      recorder.onMessage = (text) => {
        calls.push(`begin ${text}`);
        recorder.reader.pause();
        if (text === "1") recorder.reader.push("3\n");
        recorder.reader.resume();
        calls.push(`end ${text}`);
      };
      recorder.read(["1\n2\n"]);
      expect(calls).toStrictEqual(["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"]);
    });

    test("before a message that is too long is found", () => {
      const recorder = new Recorder(10);
      recorder.onMessage = () => recorder.reader.pause();
      recorder.read(["1\n12345678901\n"]);
      expect(recorder.errors).toStrictEqual([]);
      recorder.reader.resume();
      expect(recorder.errors).toHaveLength(1);
    });

    test("a hundred thousand times with much in store, in linear time", () => {
      const recorder = new Recorder();
      recorder.onMessage = () => recorder.reader.pause();
      for (let i = 0; i < 100_000; i++) recorder.read(["1\n2\n"]);
      for (let i = 0; i < 200_000; i++) recorder.reader.resume();
      expect(recorder.messages).toHaveLength(200_000);
    });
  });

  test("hands over nothing after it was closed, by a receiver too", () => {
    const recorder = new Recorder();
    recorder.onMessage = () => recorder.reader.close();
    recorder.read(["1\n2\n{\n", "3\n4"]);
    recorder.reader.resume();
    expect(recorder.messages).toStrictEqual(["1"]);
    expect(recorder.reader.incomplete).toBeUndefined();
    recorder.reader.close();
  });

  test("what a receiver throws is thrown, and nothing is lost or told twice", () => {
    const recorder = new Recorder();
    recorder.onMessage = (text) => {
      if (text === "1") throw new Error("of the receiver");
    };
    expect(() => recorder.read(["1\n2\n3"])).toThrow("of the receiver");
    expect(recorder.read(["3\n"]).messages).toStrictEqual(["1", "2", "33"]);
  });

  test.each([
    ["nothing", [], undefined],
    ["no rest", ["1\n"], undefined],
    ["a rest", ["1\n", "{", '"a'], '{"a'],
    ["only a carriage return", ["1\r\n\r"], undefined],
    ["lines of several", ["{\r\n", '  "a":\r\n  1'], '{\n  "a":\n  1'],
    ["the first of several", ["{\n"], "{"],
    ["much", Array<string>(3000).fill("01234"), "01234".repeat(40)],
  ])("tells what is incomplete: %s", (_, pieces, incomplete) => {
    expect(new Recorder().read(pieces).reader.incomplete).toBe(incomplete);
  });
});

function pretty(): string {
  return PRETTY.replaceAll("\r", "").trimEnd();
}
