/**
 * The events emitter: each event as it is on the wire, and the map of all.
 */
import type { Event } from "../schema/schema.js";
import {
  comment,
  defineEmitter,
  type Emitter,
  type GeneratedFile,
  hasNoMembers,
  interfaceDeclaration,
  NO_GLOBALS,
  type Output,
  propertyKey,
  propertyLines,
  stringLiteral,
} from "../emit/index.js";
import { types } from "./types.js";

/** Emits `events/`. */
export const events: Emitter = defineEmitter({
  name: "events",
  requires: [types],
  emit(schema, out) {
    for (const module of schema.modules) {
      const f = out.file(out.path("events", module), { globals: NO_GLOBALS });
      for (const definition of module.definitions) if (definition.kind === "event") emitEvent(definition, f, out);
    }
    const timestamp = out.common("Timestamp");
    out.file(timestamp.path, { globals: NO_GLOBALS }).print`${TIMESTAMP}`;
    emitMap(schema.events, out);
  },
});

function emitEvent(event: Event, f: GeneratedFile, out: Output): void {
  const { identifier } = out.names.of(event, "event");
  const timestamp = f.type(out.common("Timestamp"));
  const body = `  event: ${stringLiteral(event.name)};\n${dataLines(event, f, out)}  timestamp: ${timestamp};\n`;
  f.statement(out.doc(event, 0, "event") + interfaceDeclaration(identifier, [], body));
}

/** The `data` of an event; nothing when it has none, as when its type has no members. */
function dataLines({ arguments: data }: Event, f: GeneratedFile, out: Output): string {
  if (data === undefined || hasNoMembers(data)) return "";
  if (data.kind !== "anonymous") return `  data: ${f.type(out.names.of(data, "type"))};\n`;
  return `  data: {\n${propertyLines(data.members, f, out, 2)}  };\n`;
}

function emitMap(all: readonly Event[], out: Output): void {
  const index = out.index("events");
  let body = "";
  for (const event of all) body += `  ${propertyKey(event.name)}: ${index.type(out.names.of(event, "event"))};\n`;
  const map = out.common("Events").identifier;
  index.print`${comment("All events by their names on the wire.")}\n${interfaceDeclaration(map, [], body)}`;
  const union = out.common("QmpEvent").identifier;
  index.print`\n${comment("Any event; it narrows on `event`.")}\nexport type ${union} = ${map}[keyof ${map}];`;
}

const TIMESTAMP = `\
/** When an event happened, on the host's clock. Both parts are -1 when QEMU could not read it. */
export interface Timestamp {
  /** Since 1970-01-01 00:00:00 UTC. */
  seconds: number;
  /** Of the second. */
  microseconds: number;
}`;
