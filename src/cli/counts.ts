/** What was read or written, in numbers for people. */
import type { ReadReport } from "../build/read.js";
import { printable } from "../printable.js";
import type { Schema } from "../schema/schema.js";

/** `qapi-schema.json: 46 files, 740 kB: 250 enums, 500 structs` */
export function describeRead(read: ReadReport, schema: Schema): string {
  // Of each kind, in the order of the model; what is implicit was not read.
  const { enums, structs, unions, alternates, commands, events } = schema;
  const kinds = [enums, structs, unions, alternates, commands, events].map((definitions) =>
    definitions.filter(({ implicit }) => implicit === undefined),
  );
  const defined = kinds.flatMap((definitions) => {
    const [first] = definitions;
    return first === undefined ? [] : [count(definitions.length, first.kind)];
  });
  const entries = read.entries.map(printable).join(", ");
  return `${entries}: ${count(read.files, "file")}, ${size(read.bytes)}: ${defined.join(", ") || "no definitions"}`;
}

/** `1 file`, `2 files` */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** `740 kB` */
export function size(bytes: number): string {
  return bytes < 10_000 ? `${String(bytes)} bytes` : `${String(Math.round(bytes / 1000))} kB`;
}
