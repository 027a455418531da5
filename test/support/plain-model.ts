/** Models as plain data that can be compared: types by their names, and without places. */
import type { Condition } from "../../src/schema/condition.js";
import { entriesOf } from "../../src/schema/entries.js";
import type {
  Branch,
  Definition,
  Doc,
  DocSection,
  EnumValue,
  Feature,
  Member,
  ObjectType,
  Schema,
  Signal,
  Type,
} from "../../src/schema/schema.js";

/** What is of no matter to a comparison. */
export interface PlainOptions {
  /** Whether documentation is compared. Default: yes. */
  readonly docs?: boolean;
  /** Whether it is compared what the schema does not write as a definition. Default: yes. */
  readonly implicit?: boolean;
  /** Whether it is compared what signals commands belong to. Default: yes. */
  readonly signals?: boolean;
}

/** All that a model says, as plain data; its modules by name. */
export function plainModel(
  schema: Schema,
  { docs = true, implicit = true, signals = true }: PlainOptions = {},
): Record<string, unknown> {
  const modules = schema.modules.map((module) => {
    const entries = entriesOf(docs ? module : { ...module, docs: [] }).map((entry) => plainEntry(entry));
    return [module.name, { isRoot: module.isRoot, entries }];
  });
  return Object.fromEntries(modules) as Record<string, unknown>;

  function plainEntry(entry: Definition | Doc): unknown {
    if (entry.kind === "doc") return { symbol: entry.symbol, doc: plainDoc(entry) };
    return {
      kind: entry.kind,
      name: entry.name,
      ...common(entry),
      ...(implicit ? { implicit: entry.implicit } : {}),
      ...(docs ? { doc: entry.doc && plainDoc(entry.doc) } : {}),
      ...body(entry),
    };
  }

  function common(node: { if?: Condition; features?: readonly Feature[]; doc?: Doc | DocSection }): object {
    return {
      if: node.if,
      features: node.features?.map((feature): unknown => ({ name: feature.name, ...common(feature) })),
      ...(docs && node.doc !== undefined && !("sections" in node.doc) ? { doc: plainSection(node.doc) } : {}),
    };
  }

  function body(entry: Definition): object {
    switch (entry.kind) {
      case "enum":
        return { values: entry.values.map(plainValue), prefix: entry.prefix };
      case "struct":
        return {
          base: entry.base?.name,
          members: entry.members.map(plainMember),
          allMembers: entry.allMembers.map(plainMember),
        };
      case "union":
        return {
          base: plainObject(entry.base),
          discriminator: plainMember(entry.discriminator),
          tag: entry.tag.name,
          branches: entry.branches.map(plainBranch),
        };
      case "alternate":
        return {
          alternatives: entry.alternatives.map(({ name, type, jsonType, ...rest }) => ({
            name,
            type: typeText(type),
            jsonType,
            ...common(rest),
          })),
        };
      case "command": {
        const { boxed, gen, successResponse, allowOob, allowPreconfig, coroutine, returns, signal } = entry;
        const flags = { boxed, gen, successResponse, allowOob, allowPreconfig, coroutine };
        return {
          ...flags,
          arguments: entry.arguments && plainObject(entry.arguments),
          returns: returns && typeText(returns),
          ...(signals ? { signal: signal && plainSignal(signal) } : {}),
        };
      }
      case "event":
        return { boxed: entry.boxed, arguments: entry.arguments && plainObject(entry.arguments) };
    }
  }

  function plainObject(type: ObjectType): unknown {
    return type.kind === "anonymous" ? type.members.map(plainMember) : type.name;
  }

  function plainSignal({ name, event, connect, disconnect }: Signal): unknown {
    return { name, event: event.name, connect: connect.name, disconnect: disconnect.name };
  }

  function plainMember(member: Member): unknown {
    return { name: member.name, type: typeText(member.type), optional: member.optional, ...common(member) };
  }

  function plainValue(value: EnumValue): unknown {
    return { name: value.name, ...common(value) };
  }

  function plainBranch(branch: Branch): unknown {
    const { name, type, implied } = branch;
    return { name, type: type?.name, implied, ...common(branch) };
  }
}

function typeText(type: Type): string {
  return type.kind === "list" ? `[${typeText(type.element)}]` : type.name;
}

function plainDoc({ sections }: Doc): unknown {
  return sections.map(plainSection);
}

function plainSection({ kind, name, text }: DocSection): unknown {
  return { kind, name, text };
}
