/**
 * The order in which QEMU's compiler checks what definitions mean: one after the other, but each looks at once at the
 * types that it embeds (its base, its branches' types, its arguments' type), unless that has been done.
 */
import type { CaseNode, DefinitionNode, MembersNode, TypeNode } from "../src/syntax/ast.js";

/** A part of a definition whose check has a time of its own. */
export type Part = "arrays" | "self" | "base" | "members" | "discriminator" | "branch" | "clash" | "documentation";

/** When something is checked: a smaller number is earlier. */
export interface VisitOrder {
  /** The time of a part; of a branch the one with the index. Undefined when it is never looked at. */
  time(definition: DefinitionNode, part: Part, branch?: number): number | undefined;
  /** The definition that a loop of embedded types first leads back to, and when. */
  readonly loop: { readonly definition: DefinitionNode; readonly time: number } | undefined;
}

/** Works out the order for definitions as they follow each other with includes expanded. */
export function visitOrder(definitions: readonly DefinitionNode[]): VisitOrder {
  const types = new Map<string, DefinitionNode>();
  for (const node of definitions) if (isType(node) && !types.has(node.name.text)) types.set(node.name.text, node);
  const times = new Map<string, number>();
  const ids = new Map(definitions.map((node, index) => [node, index]));
  const state = new Map<DefinitionNode, "open" | "done">();
  let clock = 0;
  let loop: VisitOrder["loop"];

  for (const node of definitions) {
    tick(node, "arrays");
    visit(node);
    tick(node, "documentation");
  }
  return { time: (node, part, branch) => times.get(keyOf(node, part, branch)), loop };

  function keyOf(node: DefinitionNode, part: Part, branch = 0): string {
    return `${String(ids.get(node))} ${part} ${String(branch)}`;
  }

  function tick(node: DefinitionNode, part: Part, branch?: number): void {
    const key = keyOf(node, part, branch);
    if (!times.has(key)) times.set(key, clock++);
  }

  function visit(node: DefinitionNode): void {
    const known = state.get(node);
    if (known === "open") loop ??= { definition: node, time: clock++ };
    if (known !== undefined) return;
    state.set(node, "open");
    tick(node, "self");
    tick(node, "base");
    if (node.kind === "struct" && node.base !== undefined) embed(node.base, ["struct"]);
    if (node.kind === "union" && node.base.kind === "type") embed(node.base, ["struct"]);
    if ((node.kind === "command" || node.kind === "event") && node.arguments?.kind === "type") {
      embed(node.arguments, node.boxed ? ["struct", "union"] : ["struct"]);
    }
    tick(node, "members");
    tick(node, "discriminator");
    if (node.kind === "union") {
      for (const [index, branch] of node.branches.entries()) {
        tick(node, "branch", index);
        embed(branch.type, ["struct", "union"]);
      }
    }
    tick(node, "clash");
    state.set(node, "done");
  }

  function embed(type: TypeNode | MembersNode, kinds: readonly DefinitionNode["kind"][]): void {
    const node = type.kind === "members" || type.list ? undefined : types.get(type.name);
    if (node !== undefined && kinds.includes(node.kind)) visit(node);
  }
}

/** Which part of a definition the offset `at` of its source is in. */
export function partAt(node: DefinitionNode, at: number): { readonly part: Part; readonly branch?: number } {
  if (node.features.some(({ span }) => isWithin(span, at))) return { part: "self" };
  switch (node.kind) {
    case "enum":
      return { part: "members" };
    case "struct":
      if (node.base !== undefined && isWithin(node.base.span, at)) return { part: "base" };
      return partOfMembers(node.members, at);
    case "union": {
      if (node.base.kind === "type" && isWithin(node.base.span, at)) return { part: "base" };
      if (node.base.kind === "members" && isWithin(node.base.span, at)) return partOfMembers(node.base.members, at);
      const branch = node.branches.findIndex(({ span }) => isWithin(span, at));
      return branch === -1 ? { part: "discriminator" } : { part: "branch", branch };
    }
    case "alternate":
      return partOfMembers(node.alternatives, at);
    case "command":
    case "event": {
      const data = node.arguments;
      if (data?.kind === "type" && isWithin(data.span, at)) return { part: "base" };
      if (data?.kind === "members" && isWithin(data.span, at)) return partOfMembers(data.members, at);
      const returns = node.kind === "command" ? node.returns : undefined;
      return { part: returns?.list === true && isWithin(returns.span, at) ? "arrays" : "members" };
    }
  }
}

/** An array is an entity of its own, checked right before the definition that has it first. */
function partOfMembers(members: MembersNode["members"] | readonly CaseNode[], at: number): { readonly part: Part } {
  const inArray = members.some(({ type }) => type.kind === "type" && type.list && isWithin(type.span, at));
  return { part: inArray ? "arrays" : "members" };
}

function isWithin(span: { readonly start: number; readonly end: number }, at: number): boolean {
  return span.start <= at && at < span.end;
}

function isType({ kind }: DefinitionNode): boolean {
  return kind !== "command" && kind !== "event";
}
