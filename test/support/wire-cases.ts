/**
 * What is right and wrong on the wire, said once and asked twice: of the compiler, which sees generated types, and of
 * generated validators.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { emit } from "../../src/emit/emit.js";
import { allocateNames } from "../../src/emit/naming.js";
import type { EmitOptions } from "../../src/emit/options.js";
import { defaultEmitters } from "../../src/emitters/index.js";
import type { Definition, Schema } from "../../src/schema/schema.js";
import { compileErrors } from "./compile.js";
import { schemaOf, type SchemaText } from "./harness.js";
import { runValidators, type Mode, type Validators } from "./run-validators.js";
import { parseWire } from "./wire-json.js";

/** A small schema, and what it says of values. */
export interface WireCase {
  readonly schema: SchemaText;
  readonly options?: EmitOptions;
  /** Of each type by its name, each event by `event NAME`, each command by `arguments NAME` and `returns NAME`. */
  readonly values?: Readonly<Record<string, Verdicts>>;
  /** Lines that must compile, in a module that has the output as `q`. `@ts-expect-error` is for what must not. */
  readonly code?: string;
  /** What the comments in front of declarations must say, by the beginning of the declaration. */
  readonly comments?: Readonly<Record<string, string>>;
}

/** JSON texts, which are TypeScript as well: `5n` is what a client makes of an integer that it holds as a bigint. */
interface Verdicts {
  /** Of the type; accepted. */
  readonly right?: readonly string[];
  /** Not of the type; refused. */
  readonly wrong?: readonly string[];
  /** Of the type, which cannot say it better; refused. */
  readonly refused?: readonly string[];
  /** Not of the type, but what a newer QEMU may send: accepted where that is received, refused where it would be sent. */
  readonly newer?: readonly string[];
}

/** Defines the tests of cases, by what each is about. All are compiled at once, since starting the compiler takes longest. */
export function wireCases(cases: Readonly<Record<string, WireCase>>): void {
  const loaded = Object.entries(cases).map(([name, wireCase], index) => load(name, wireCase, `case${String(index)}/`));
  let errors: readonly string[];
  beforeAll(() => {
    errors = compileErrors(new Map(loaded.flatMap(({ files }) => [...files])));
  });

  describe.each(loaded)("$name", ({ folder, files, subjects, schema, wireCase }) => {
    test("compiles", () => {
      const inValues = `${folder}values.ts(`;
      const rows = new Map(subjects.flatMap(({ rows }) => rows.map((row) => [`${inValues}${String(row.line)})`, row])));
      const own = errors.filter((error) => error.startsWith(folder));
      const rowOf = (error: string): Row | undefined => rows.get(error.slice(0, error.indexOf(":")));
      expect(own.filter((error) => rowOf(error)?.isOfType !== false)).toEqual([]);
      const refused = new Set(own.map(rowOf));
      const wrong = [...rows.values()].filter(({ isOfType }) => !isOfType);
      expect(wrong.filter((row) => !refused.has(row)).map(({ text }) => text)).toEqual([]);
    });

    if (subjects.length > 0) {
      describe("validates", () => {
        let validators: Validators;
        beforeAll(async () => {
          validators = await runValidators(schema, wireCase.options);
        });
        test.each(subjects)("$name", ({ stem, rows, modes }) => {
          for (const { text, accepted } of rows) {
            for (const mode of modes) {
              const isRight = accepted.includes(mode);
              const value = parseWire(text);
              // Without a mode, as users call it: it must be the one that fits.
              const asked = modes.length === 1 ? undefined : mode;
              expect(validators.is(stem, value, asked), `${text} in ${mode} mode`).toBe(isRight);
              expect(validators.issues(stem, value, asked).length === 0, `${text} in ${mode} mode`).toBe(isRight);
            }
          }
        });
      });
    }

    test.each(Object.entries(wireCase.comments ?? {}))("says of %s: %s", (declaration, said) => {
      const comments = [...files.values()].map((text) => commentBefore(declaration, text));
      expect(comments.join("")).toContain(said);
    });
  });
}

/** The documentation comment that ends right before a line that begins with `declaration`. */
function commentBefore(declaration: string, text: string): string {
  for (const comment of text.matchAll(/\/\*\*[^]*?\*\/\n(?= *(\S.*))/g)) {
    if (comment[1]?.startsWith(declaration) === true) return comment[0];
  }
  return "";
}

interface Loaded {
  readonly name: string;
  /** Where its files are in the project that is compiled. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  readonly subjects: readonly Subject[];
  readonly schema: Schema;
  readonly wireCase: WireCase;
}

interface Subject {
  readonly name: string;
  /** What validators are called after `is`. */
  readonly stem: string;
  readonly type: string;
  readonly modes: readonly Mode[];
  readonly rows: readonly Row[];
}

interface Row {
  readonly text: string;
  readonly isOfType: boolean;
  /** The modes in which it is accepted. */
  readonly accepted: readonly Mode[];
  /** Of the file of all values. */
  readonly line: number;
}

const BOTH: readonly Mode[] = ["strict", "tolerant"];

function load(name: string, wireCase: WireCase, folder: string): Loaded {
  const schema = schemaOf(wireCase.schema);
  const files = new Map(emit(schema, defaultEmitters, wireCase.options).map(({ path, text }) => [folder + path, text]));
  const names = allocateNames(schema, wireCase.options?.prefix);
  let line = 1;
  const subjects = Object.entries(wireCase.values ?? {}).map(([name, verdicts]): Subject => {
    const row = (isOfType: boolean, accepted: readonly Mode[]) => {
      return (text: string): Row => ({ text, isOfType, accepted, line: ++line });
    };
    const rows = [
      ...(verdicts.right ?? []).map(row(true, BOTH)),
      ...(verdicts.wrong ?? []).map(row(false, [])),
      ...(verdicts.refused ?? []).map(row(true, [])),
      ...(verdicts.newer ?? []).map(row(false, ["tolerant"])),
    ];
    return { name, rows, ...subjectOf(name, schema, names) };
  });
  const values = subjects.flatMap(({ type, rows }) =>
    rows.map(({ text, line }) => `export const v${String(line)}: ${type} = ${text};`),
  );
  const header = 'import type * as q from "./index.js";';
  if (values.length > 0) files.set(`${folder}values.ts`, [header, ...values, ""].join("\n"));
  if (wireCase.code !== undefined) files.set(`${folder}code.ts`, `import * as q from "./index.js";\n${wireCase.code}`);
  return { name, folder, files, subjects, schema, wireCase };
}

function subjectOf(
  name: string,
  schema: Schema,
  names: ReturnType<typeof allocateNames>,
): Pick<Subject, "stem" | "type" | "modes"> {
  const [, part, wireName = name] = /^(event|arguments|returns) (.*)$/.exec(name) ?? [];
  const definition = schema.byName.get(wireName);
  if (definition === undefined) throw new Error(`the schema has no ${wireName}`);
  const stem = (role: Parameters<typeof names.of>[1]): string =>
    names.of(definition, role).identifier.replace(/^is/, "");
  switch (part) {
    case "event":
      return { stem: stem("is"), type: `q.Events["${wireName}"]`, modes: ["tolerant"] };
    case "arguments":
      return { stem: stem("isArguments"), type: `q.Commands["${wireName}"]["arguments"]`, modes: ["strict"] };
    case "returns":
      return { stem: stem("isReturns"), type: `q.Commands["${wireName}"]["returns"]`, modes: ["tolerant"] };
    default:
      return { stem: stem("is"), type: `q.${typeName(definition, names)}`, modes: BOTH };
  }
}

function typeName(definition: Definition, names: ReturnType<typeof allocateNames>): string {
  return names.of(definition, "type").identifier;
}
