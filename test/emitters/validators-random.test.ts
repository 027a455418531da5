/** Generated validators against the oracle: random values, and random values with one change, of every type there is. */
import { beforeAll, describe, expect, it } from "vitest";
import { allocateNames } from "../../src/emit/naming.js";
import type { Definition, Schema } from "../../src/schema/schema.js";
import type { Int64Mode } from "../../src/emit/options.js";
import { fixtureFiles } from "../support/fixtures.js";
import { schemaOf } from "../support/harness.js";
import { runValidators, type Issue, type Mode, type Validators } from "../support/run-validators.js";
import { isOfArguments, isOfEvent, isOfReturns, isOfType } from "../support/wire-oracle.js";
import { WireValues, type Path } from "../support/wire-values.js";

/** How often each validator is tried. */
const RIGHT = 20;
const CHANGED = 80;

/** A validator, what it must say, and how to make right values for it. */
interface Subject {
  readonly stem: string;
  readonly modes: readonly (Mode | undefined)[];
  right(values: WireValues): unknown;
  isRight(value: unknown, mode: Mode | undefined, int64: Int64Mode): boolean;
}

function subjects(schema: Schema): readonly Subject[] {
  const names = allocateNames(schema);
  return schema.definitions.flatMap((definition) => subjectsOf(definition, names.of.bind(names)));
}

function subjectsOf(definition: Definition, nameOf: ReturnType<typeof allocateNames>["of"]): readonly Subject[] {
  const stem = (role: Parameters<typeof nameOf>[1]): string => nameOf(definition, role).identifier.replace(/^is/, "");
  switch (definition.kind) {
    case "event": {
      const { arguments: data, name: event } = definition;
      const hasData = data !== undefined && (data.kind === "union" || data.allMembers.length > 0);
      return [
        {
          stem: stem("is"),
          modes: [undefined],
          right: (values) => ({
            event,
            ...(hasData ? { data: values.ofObjectType(data) } : {}),
            timestamp: { seconds: 1, microseconds: -1 },
          }),
          isRight: (value, _, int64) => isOfEvent(value, definition, int64),
        },
      ];
    }
    case "command": {
      const { arguments: args, returns, successResponse } = definition;
      const ofArguments: Subject = {
        stem: stem("isArguments"),
        modes: ["strict", "tolerant", undefined],
        right: (values) => (args === undefined ? {} : values.ofObjectType(args)),
        isRight: (value, mode = "strict", int64) => isOfArguments(value, definition, mode, int64),
      };
      if (!successResponse) return [ofArguments];
      const ofReturns: Subject = {
        stem: stem("isReturns"),
        modes: [undefined],
        right: (values) => (returns === undefined ? {} : values.of(returns)),
        isRight: (value, _, int64) => isOfReturns(value, definition, int64),
      };
      return [ofArguments, ofReturns];
    }
    default: {
      if (definition.kind === "enum" && definition.values.length === 0) return [];
      return [
        {
          stem: stem("is"),
          modes: ["strict", "tolerant", undefined],
          right: (values) => values.of(definition),
          isRight: (value, mode = "strict", int64) => isOfType(value, definition, mode, int64),
        },
      ];
    }
  }
}

/** Whether an issue is about the changed part, what is around it, or what depends on it. */
function isNear({ path }: Issue, changed: Path): boolean {
  return (
    changed.slice(0, -1).every((key, index) => path[index] === key) ||
    path.every((key, index) => changed[index] === key)
  );
}

describe.each([
  ["ok", "mixed"],
  ["ok", "bigint"],
  ["ok", "number"],
  ["net", "mixed"],
  ["proposal", "mixed"],
] as const)("the validators of fixtures/%s with 64-bit integers in the mode %s", (folder, int64) => {
  const schema = schemaOf(fixtureFiles(folder));
  let validators: Validators;
  beforeAll(async () => {
    validators = await runValidators(schema, { int64 });
  });

  it.each(subjects(schema).map((subject, index) => [subject.stem, index, subject] as const))(
    "%s",
    (stem, seed, subject) => {
      const values = new WireValues(seed, int64);
      const answers = new Set<boolean>();
      for (const mode of subject.modes) {
        for (let i = 0; i < RIGHT; i++) {
          const value = subject.right(values);
          expect(subject.isRight(value, mode, int64), print(value)).toBe(true);
          expect(validators.is(stem, value, mode), print(value)).toBe(true);
          expect(validators.issues(stem, value, mode), print(value)).toEqual([]);
        }
        for (let i = 0; i < CHANGED; i++) {
          const { value, path } = values.changed(subject.right(values));
          const isRight = subject.isRight(value, mode, int64);
          answers.add(isRight);
          expect(validators.is(stem, value, mode), print(value)).toBe(isRight);
          const issues = validators.issues(stem, value, mode);
          expect(issues.length > 0, print(value)).toBe(!isRight);
          for (const issue of issues) {
            expect(isNear(issue, path), `${print(value)} ${print(issue)}`).toBe(true);
            expect(issue.message.endsWith(`expected ${issue.expected}, received ${issue.received}`)).toBe(true);
            expect(issue.expected).not.toMatch(/plain data|levels/);
          }
        }
      }
      expect(answers, "some changes make a value wrong").toContain(false);
    },
  );
});

function print(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${String(part)}n` : part));
}
