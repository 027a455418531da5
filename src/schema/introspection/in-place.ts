import type { Answer, CommandEntry, EventEntry, ObjectEntry } from "./answer.js";
import { knownName } from "./known-name.js";

/**
 * The object types of an answer that are best written in place: the arguments of one command or the data of one event, and
 * nothing else. What is a union or has features or a real name cannot be.
 */
export function typesInPlace(answer: Answer, realNames: ReadonlyMap<string, string>): ReadonlySet<string> {
  const uses = new Map<string, number>();
  const use = (type: string): void => void uses.set(type, (uses.get(type) ?? 0) + 1);
  const candidates: ObjectEntry[] = [];
  for (const entry of answer.entries) {
    switch (entry.kind) {
      case "command":
      case "event": {
        use(entry.argument);
        if (entry.kind === "command") use(entry.result);
        const type = answer.types.get(entry.argument);
        if (type?.kind === "object" && knownName(type.name, realNames) === undefined && canBeInPlace(type, entry))
          candidates.push(type);
        break;
      }
      case "array":
        use(entry.element);
        break;
      case "object":
        for (const { type } of entry.members) use(type);
        for (const { type } of entry.variants) use(type);
        break;
      case "alternate":
        for (const { type } of entry.alternatives) use(type);
        break;
      case "builtin":
      case "enum":
        break;
    }
  }
  return new Set(candidates.map(({ name }) => name).filter((name) => uses.get(name) === 1));
}

function canBeInPlace(type: ObjectEntry, user: CommandEntry | EventEntry): boolean {
  if (type.tag !== undefined || type.features.length > 0) return false;
  return type.if === undefined || JSON.stringify(type.if) === JSON.stringify(user.if);
}
