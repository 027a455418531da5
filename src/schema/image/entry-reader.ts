import type {
  CaseNode,
  DefinitionNode,
  DocNode,
  DocSection,
  DocSectionKind,
  EntryNode,
  EnumValueNode,
  FeatureNode,
  MemberNode,
  MembersNode,
  NameNode,
  SignalNode,
  TypeNode,
} from "../../syntax/ast.js";
import type { Span } from "../../syntax/source.js";
import type { Condition } from "../condition.js";
import type { JsonValue } from "../json-text.js";
import { readConditionJson } from "../condition-json.js";
import { nameOf, typeNamed, typeOf } from "./leaves.js";
import type { PlacedSource } from "./placed-source.js";

function keys(...names: readonly string[]): ReadonlySet<string> {
  return new Set(names);
}

const DOC_KEYS = keys("symbol", "doc", "at");
const VALUE_KEYS = keys("name", "if", "features");
const FEATURE_KEYS = keys("name", "if");
const MEMBER_KEYS = keys("if", "features");
const CASE_KEYS = keys("if");

const COMMON = ["if", "features", "implicit", "doc", "at"];
const FLAGS = ["gen", "success-response", "allow-oob", "allow-preconfig", "coroutine"];

/** The kinds of definitions, each by the key that says so, with the keys that it can have. */
const DEFINITIONS: readonly (readonly [kind: DefinitionNode["kind"], keys: ReadonlySet<string>])[] = [
  ["enum", keys("enum", "data", "prefix", ...COMMON)],
  ["struct", keys("struct", "base", "data", ...COMMON)],
  ["union", keys("union", "base", "discriminator", "data", ...COMMON)],
  ["alternate", keys("alternate", "data", ...COMMON)],
  ["command", keys("command", "data", "returns", "boxed", ...FLAGS, "signal", ...COMMON)],
  ["event", keys("event", "data", "boxed", ...COMMON)],
];

/** What the name of a command ends with that connects slots to a signal. */
const CONNECT = "-connect";

const NAMED_SECTIONS: ReadonlyMap<string, DocSectionKind> = new Map([
  ["member", "member"],
  ["feature", "feature"],
]);
const OTHER_SECTIONS: ReadonlyMap<string, DocSectionKind> = new Map(
  (["text", "returns", "errors", "since", "todo", "note", "example"] as const).map((kind) => [kind, kind]),
);

/** What all definitions have. */
interface Common {
  readonly name: NameNode;
  readonly features: readonly FeatureNode[];
  readonly span: Span;
}

/** Reads one entry of a module: a definition, or free-form documentation. */
export class EntryReader {
  readonly #entry: JsonValue;
  readonly #source: PlacedSource;
  /** Lines and columns in turn, in the order in which things are read here. */
  readonly #at: JsonValue;
  #next = 0;
  #line = 0;

  constructor(entry: JsonValue, source: PlacedSource) {
    this.#entry = entry;
    this.#source = source;
    this.#at = entry.required("at");
  }

  /** @throws JsonError when something is wrong. */
  read(): EntryNode {
    const found = DEFINITIONS.find(([kind]) => this.#entry.get(kind) !== undefined);
    const node = found === undefined ? this.#freeDoc() : this.#definition(...found);
    if (this.#next !== this.#at.length) this.#at.fail(`should have ${String(this.#next)} numbers`);
    return node;
  }

  /** The next place, of something of `length` characters. */
  #place(length: number): Span {
    const line = this.#at.item(this.#next);
    const column = this.#at.item(this.#next + 1);
    if (line === undefined || column === undefined) return this.#at.fail("has too few numbers for this entry");
    this.#next += 2;
    this.#line += line.integer();
    if (this.#line < 1) line.fail("leads above the first line");
    return this.#source.span({ line: this.#line, column: column.integer(1) }, length);
  }

  #freeDoc(): DocNode {
    const doc = this.#entry.get("doc");
    if (doc === undefined) return this.#entry.fail("is neither a definition, with a key such as 'enum', nor a 'doc'");
    this.#entry.only(DOC_KEYS);
    return docOf(doc, this.#entry.get("symbol")?.string(), this.#place(2));
  }

  #definition(kind: DefinitionNode["kind"], allowed: ReadonlySet<string>): DefinitionNode {
    this.#entry.only(allowed);
    const text = nameOf(this.#entry.required(kind));
    const start = this.#place(1);
    const name = { text, span: this.#place(text.length + 2) };
    const span = { ...start, end: Math.max(start.end, name.span.end) };
    const definition = this.#body(kind, { name, features: [], span });
    const more = this.#more(this.#entry);
    const implicit = this.#entry.get("implicit")?.boolean();
    const doc = this.#entry.get("doc");
    return {
      ...definition,
      ...more,
      ...(implicit === true ? { implicit } : {}),
      ...(doc === undefined ? {} : { doc: docOf(doc, text, span) }),
    };
  }

  #body(kind: DefinitionNode["kind"], common: Common): DefinitionNode {
    const entry = this.#entry;
    const boxed = entry.get("boxed")?.boolean() ?? false;
    switch (kind) {
      case "enum": {
        const values = entry.required("data").each((value) => this.#named(value, VALUE_KEYS));
        const prefix = entry.get("prefix")?.string();
        const node = { kind, ...common, values };
        return prefix === undefined ? node : { ...node, prefix };
      }
      case "struct": {
        const base = entry.get("base");
        const node = { kind, ...common, members: this.#members(entry.required("data")) };
        return base === undefined ? node : { ...node, base: typeNamed(base, common.name.span) };
      }
      case "union": {
        const base = this.#object(entry.required("base"), common);
        const discriminator = { text: nameOf(entry.required("discriminator")), span: common.name.span };
        return { kind, ...common, base, discriminator, branches: this.#cases(entry.required("data")) };
      }
      case "alternate": {
        const data = entry.required("data");
        const alternatives = this.#cases(data);
        if (alternatives.length === 0) data.fail("should have an alternative");
        return { kind, ...common, alternatives };
      }
      case "command": {
        const returns = entry.get("returns");
        const flag = (key: string, otherwise: boolean): boolean => entry.get(key)?.boolean() ?? otherwise;
        return {
          kind,
          ...common,
          ...this.#arguments(common),
          ...(returns === undefined ? {} : { returns: typeOf(returns, common.name.span) }),
          boxed,
          gen: flag("gen", true),
          successResponse: flag("success-response", true),
          allowOob: flag("allow-oob", false),
          allowPreconfig: flag("allow-preconfig", false),
          coroutine: flag("coroutine", false),
          ...this.#signal(common.name),
        };
      }
      case "event":
        return { kind, ...common, ...this.#arguments(common), boxed };
    }
  }

  /** The signal that slots are connected to by a command; the rest of its names follow from that of the command. */
  #signal({ text, span }: NameNode): { readonly signal?: SignalNode } {
    const event = this.#entry.get("signal");
    if (event === undefined) return {};
    const name = text.endsWith(CONNECT) ? text.slice(0, -CONNECT.length) : "";
    if (name === "") event.fail(`is of a command whose name does not end with '${CONNECT}'`);
    return { signal: { name, event: { text: nameOf(event), span }, disconnect: `${name}-disconnect` } };
  }

  #arguments(common: Common): { readonly arguments?: TypeNode | MembersNode } {
    const data = this.#entry.get("data");
    return data === undefined ? {} : { arguments: this.#object(data, common) };
  }

  /** A list of members, or the name of the type that has them. */
  #object(value: JsonValue, { span, name }: Common): TypeNode | MembersNode {
    return value.isList() ? { kind: "members", members: this.#members(value), span } : typeNamed(value, name.span);
  }

  #members(value: JsonValue): readonly MemberNode[] {
    return value.each((member) => {
      const [name, type, more] = partsOf(member);
      const optional = name.string().startsWith("*");
      const text = nameOf(name, optional ? 1 : 0);
      const span = this.#place(name.string().length + 2);
      more?.only(MEMBER_KEYS);
      return { name: { text, span }, optional, type: typeOf(type, span), span, ...this.#more(more) };
    });
  }

  #cases(value: JsonValue): readonly CaseNode[] {
    return value.each((item) => {
      const [name, type, more] = partsOf(item);
      const text = nameOf(name);
      const span = this.#place(text.length + 2);
      more?.only(CASE_KEYS);
      const condition = more?.get("if");
      const node = { name: { text, span }, type: typeOf(type, span), span };
      return condition === undefined ? node : { ...node, if: readConditionJson(condition) };
    });
  }

  /** A value of an enumeration or a feature: a name, or an object with one and more. */
  #named(value: JsonValue, allowed: ReadonlySet<string>): EnumValueNode {
    const more = value.isObject() ? value : undefined;
    more?.only(allowed);
    const text = nameOf(more?.required("name") ?? value);
    const span = this.#place(text.length + 2);
    return { name: { text, span }, span, ...this.#more(more) };
  }

  /** The condition and the features. */
  #more(value: JsonValue | undefined): { readonly if?: Condition; readonly features: readonly FeatureNode[] } {
    const condition = value?.get("if");
    const features = value?.get("features")?.each((feature) => this.#named(feature, FEATURE_KEYS));
    return {
      ...(condition === undefined ? {} : { if: readConditionJson(condition) }),
      features: features ?? [],
    };
  }
}

/** Documentation; it has one place for all of it. */
function docOf(doc: JsonValue, symbol: string | undefined, span: Span): DocNode {
  const sections = doc.each((section) => sectionOf(section, span));
  return { kind: "doc", ...(symbol === undefined ? {} : { symbol: { text: symbol, span } }), sections, span };
}

/** `"text"`, `["returns", "text"]` or `["member", "text", "name"]` */
function sectionOf(section: JsonValue, span: Span): DocSection {
  if (!section.isList()) return { kind: "text", text: section.string(), span };
  const [kindValue, textValue, nameValue, ...others] = section.list();
  if (kindValue === undefined || textValue === undefined || others.length > 0) {
    return section.fail("should have a kind of section, its text and perhaps a name");
  }
  const text = textValue.string();
  const name = nameValue?.string();
  const known = name === undefined ? OTHER_SECTIONS : NAMED_SECTIONS;
  const kind = known.get(kindValue.string());
  if (kind === undefined) {
    const which = name === undefined ? "without" : "with";
    return kindValue.fail(`should be one of the sections ${which} a name: ${[...known.keys()].join(", ")}`);
  }
  return name === undefined ? { kind, text, span } : { kind, name, text, span };
}

/** What a member, a branch or an alternative is written as: a name, a type, and what else there is to it. */
function partsOf(value: JsonValue): readonly [name: JsonValue, type: JsonValue, more: JsonValue | undefined] {
  const [name, type, more, ...others] = value.list();
  if (name === undefined || type === undefined || others.length > 0) {
    return value.fail("should have a name, a type and perhaps an object");
  }
  return [name, type, more];
}
