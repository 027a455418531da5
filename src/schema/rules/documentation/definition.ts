/** What documentation says of a definition, against the definition. */
import type { DefinitionNode, FeatureNode, NameNode } from "../../../syntax/ast.js";
import { featuresOf, partsOf } from "../../../syntax/parts.js";
import type { Source, Span } from "../../../syntax/source.js";
import { suggestion } from "../../../syntax/suggestion.js";
import type { Report } from "../../report.js";
import type { Comment, Place } from "./comment.js";
import type { Documented } from "./file.js";
import type { DefinitionLaw } from "./definition-laws.js";
import type { Extra } from "./lines.js";

const NONE: ReadonlyMap<string, Place> = new Map();

/** Reports where documentation and definition disagree. `exceptions` need not describe all of their members. */
export function compareWithDefinition(
  { definition, comment }: Documented,
  exceptions: ReadonlySet<string>,
  report: Report,
): void {
  new Comparison(definition, comment, report).compare(!exceptions.has(definition.name.text));
}

class Comparison {
  readonly #definition: DefinitionNode;
  readonly #comment: Comment;
  readonly #report: Report;

  constructor(definition: DefinitionNode, comment: Comment, report: Report) {
    this.#definition = definition;
    this.#comment = comment;
    this.#report = report;
  }

  compare(needsAll: boolean): void {
    const definition = this.#definition;
    const { members = NONE, features = NONE, tags } = this.#comment;
    if (tags !== undefined) this.#compareResult(tags);
    const known = new Set<string>();
    this.#compareFeatures(definition.features, features, known);
    const parts = partsOf(definition);
    let described = 0;
    let leftOut: NameNode[] | undefined;
    for (const part of parts) {
      if (members.has(part.name.text)) described++;
      else if (needsAll) this.#undescribed(part.name, partKind(definition), "");
      else (leftOut ??= []).push(part.name);
      this.#compareFeatures(featuresOf(part), features, known);
    }
    if (leftOut !== undefined) this.#compareLeftOut(leftOut, members.size);
    if (described < members.size) this.#reportUnknownMembers(members, parts);
    if (known.size === features.size) return;
    for (const [name, place] of features) {
      if (!known.has(name)) this.#find("doc-unknown", this.#span(place), `${this.#title} has no feature '${name}'`, {});
    }
  }

  #compareFeatures(nodes: readonly FeatureNode[], features: ReadonlyMap<string, Place>, known: Set<string>): void {
    for (const { name } of nodes) {
      if (features.has(name.text)) known.add(name.text);
      else this.#undescribed(name, "feature", "'# Features:' and below it ");
    }
  }

  #compareResult(tags: ReadonlyMap<string, Place>): void {
    const definition = this.#definition;
    const returns = tags.get("Returns:");
    const errors = tags.get("Errors:");
    if (definition.kind !== "command") {
      const place = returns ?? errors;
      if (place === undefined) return;
      // QEMU's compiler looks at 'Returns:' first, wherever it is.
      const other =
        place === errors || errors === undefined ? [] : [{ span: this.#span(errors), message: "nor is this" }];
      this.#find("doc-result", this.#span(place), `'${place.name}' is not for ${this.#title}, only for commands`, {
        related: other,
      });
      return;
    }
    if (returns === undefined || definition.returns !== undefined) return;
    this.#find("doc-result", this.#span(returns), `${this.#title} returns nothing, so there is nothing to say of it`, {
      related: [{ span: definition.name.span, message: "it has no 'returns'" }],
    });
  }

  #undescribed({ text, span }: NameNode, kind: string, below: string): void {
    const { symbol } = this.#comment;
    this.#find("doc-undescribed", span, `${kind} '${text}' of ${this.#title} is not described`, {
      hint: `add ${below}'# @${text}: ' and what it is to the documentation`,
      related: symbol === undefined ? [] : [{ span: this.#span(symbol), message: "the documentation" }],
    });
  }

  /**
   * Members may be left out here. But QEMU's compiler puts an empty description of each behind the last one that is there,
   * and looks for that place beyond the end of the documentation when nothing else is behind it.
   */
  #compareLeftOut(names: readonly NameNode[], describedCount: number): void {
    const name = names[describedCount > 0 ? 0 : 1];
    if (this.#comment.hasMore || name === undefined) return;
    const what = `${partKind(this.#definition)} '${name.text}' of ${this.#title}`;
    this.#find("doc-undescribed", name.span, `${what} is not described, and no other section ends the documentation`, {
      hint: "the pragma permits that, but QEMU's compiler fails: describe it, or add a section such as '# Since: ...'",
    });
  }

  #reportUnknownMembers(members: ReadonlyMap<string, Place>, parts: readonly { readonly name: NameNode }[]): void {
    const names = new Set(parts.map(({ name }) => name.text));
    const kind = partKind(this.#definition);
    const elsewhere = elsewhereHint(this.#definition);
    for (const [name, place] of members) {
      if (names.has(name)) continue;
      const meant = suggestion(name, names);
      const hint = meant === undefined ? elsewhere : `did you mean '${meant}'?`;
      const extra = hint === undefined ? {} : { hint };
      this.#find("doc-unknown", this.#span(place), `${this.#title} has no ${kind} '${name}'`, extra);
    }
  }

  get #title(): string {
    return `${this.#definition.kind} '${this.#definition.name.text}'`;
  }

  #span({ start, end }: Place): Span {
    return { source: this.#source, start, end };
  }

  get #source(): Source {
    return this.#definition.span.source;
  }

  #find(code: DefinitionLaw, span: Span, message: string, extra: Extra): void {
    this.#report({ code, message, span, ...extra });
  }
}

function partKind({ kind }: DefinitionNode): string {
  switch (kind) {
    case "enum":
      return "value";
    case "struct":
    case "union":
      return "member";
    case "alternate":
      return "alternative";
    case "command":
    case "event":
      return "argument";
  }
}

/** Where else what is described may be described. */
function elsewhereHint(definition: DefinitionNode): string | undefined {
  switch (definition.kind) {
    case "struct":
      return definition.base === undefined
        ? undefined
        : `members of its base are described at '${definition.base.name}'`;
    case "union":
      return "members of a named base and of branches are described at those types";
    case "command":
    case "event":
      return definition.arguments?.kind === "type"
        ? `its arguments are described at '${definition.arguments.name}'`
        : undefined;
    default:
      return undefined;
  }
}
