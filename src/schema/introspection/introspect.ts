/** From the model to what `query-qmp-schema` returns for it, in QEMU's order. */
import { type Condition, type Defines, settle } from "../condition.js";
import { conditionJson } from "../condition-json.js";
import {
  type Anonymous,
  type Command,
  type EnumValue,
  type Event,
  type Feature,
  type Member,
  Q_TYPES,
  type Schema,
  type Struct,
  type Type,
  type Union,
} from "../schema.js";
import { jsonTypeOf } from "../builtin.js";
import type { BuiltinInfo, EnumMemberInfo, Listed, ObjectMemberInfo, SchemaInfo } from "./schema-info.js";

/** What {@link introspect} can be told. */
export interface IntrospectOptions {
  /** Whether types have numbers for names, as QEMU gives them, since they are no part of its interface. Default: no. */
  readonly masked?: boolean;
  /**
   * Build options that are known to be on or off: what depends on those that are off is not there, all else as it is in
   * the whole, as in a QEMU that was built so. Default: all are open.
   */
  readonly defines?: Defines;
  /**
   * What becomes of conditions that are open. `ignore`: everything is there as if they were true; `keep`: what has one is
   * wrapped with it, see `Conditional`. Default: `ignore`.
   */
  readonly conditions?: "ignore" | "keep";
  /**
   * Whether enums have `members`, which there are since QEMU 6.2. Default: as the schema says, if it describes the answer, in
   * the type `SchemaInfoEnum`; else yes.
   */
  readonly enumMembers?: boolean;
}

/**
 * What `query-qmp-schema` returns for a schema: first the commands and events, module by module, then the types that they
 * use, in the order of first use. Types that nothing uses are not in it.
 *
 * @example
 * ```ts
 * import { check, introspect, load, memoryHost } from "qapi-codegen";
 *
 * const { schema } = check(load("a.json", memoryHost({ "a.json": "{ 'event': 'STOP' }" })));
 * if (schema === undefined) throw new Error("the schema is wrong");
 * introspect(schema).map((info) => ("name" in info ? info.name : "")); // => ["STOP", "q_empty"]
 * ```
 */
export function introspect(schema: Schema, options: IntrospectOptions = {}): readonly Listed<SchemaInfo>[] {
  return new Introspection(schema, options).run();
}

/** What can be asked about by a name; `undefined` is the object type without members that stands for nothing. */
type InfoType = Type | Anonymous | undefined;

/** QEMU's name for the object type without members. */
const EMPTY = "q_empty";

class Introspection {
  readonly #schema: Schema;
  readonly #isMasked: boolean;
  readonly #keepsConditions: boolean;
  readonly #defines: Defines;
  readonly #hasEnumMembers: boolean;
  /** By their names, in the order of first use; grows while it is walked. */
  readonly #used = new Map<string, InfoType>();
  readonly #numbers = new Map<string, string>();

  constructor(schema: Schema, options: IntrospectOptions) {
    const { masked = false, conditions = "ignore", defines = new Map(), enumMembers } = options;
    this.#schema = schema;
    this.#isMasked = masked;
    this.#keepsConditions = conditions === "keep";
    this.#defines = defines;
    this.#hasEnumMembers = enumMembers ?? describesEnumMembers(schema);
  }

  run(): readonly Listed<SchemaInfo>[] {
    const infos: Listed<SchemaInfo>[] = [];
    for (const definition of this.#schema.definitions) {
      if (definition.kind === "command") infos.push(...this.#listed(this.#command(definition), definition.if));
      if (definition.kind === "event") infos.push(...this.#listed(this.#event(definition), definition.if));
    }
    for (const [name, type] of this.#used) infos.push(...this.#listed(this.#type(name, type), conditionOf(type)));
    return infos;
  }

  #command({ name, arguments: data, returns, allowOob, features }: Command): SchemaInfo {
    const types = { "arg-type": this.#use(data), "ret-type": this.#use(returns) };
    const oob = allowOob ? ({ "allow-oob": true } as const) : {};
    return { name, "meta-type": "command", ...types, ...oob, ...this.#features(features) };
  }

  #event({ name, arguments: data, features }: Event): SchemaInfo {
    return { name, "meta-type": "event", "arg-type": this.#use(data), ...this.#features(features) };
  }

  #type(realName: string, type: InfoType): SchemaInfo {
    const name = this.#nameOf(realName, type);
    switch (type?.kind) {
      case undefined:
        return { name, "meta-type": "object", members: [] };
      case "builtin":
        if (type.name !== "QType") return { name, "meta-type": "builtin", "json-type": jsonTypeName(type) };
        return { name, "meta-type": "enum", ...this.#values(Q_TYPES.map((value) => ({ name: value, features: [] }))) };
      case "list":
        return { name, "meta-type": "array", "element-type": this.#use(type.element) };
      case "enum":
        return { name, "meta-type": "enum", ...this.#values(type.values), ...this.#features(type.features) };
      case "struct":
      case "anonymous":
        return {
          name,
          "meta-type": "object",
          members: this.#members(type),
          ...(type.kind === "struct" && this.#features(type.features)),
        };
      case "union":
        return {
          name,
          "meta-type": "object",
          members: this.#members(type),
          tag: type.discriminator.name,
          variants: type.branches.flatMap((branch) =>
            this.#listed({ case: branch.name, type: this.#use(branch.type) }, branch.if),
          ),
          ...this.#features(type.features),
        };
      case "alternate":
        return {
          name,
          "meta-type": "alternate",
          members: type.alternatives.flatMap((item) => this.#listed({ type: this.#use(item.type) }, item.if)),
          ...this.#features(type.features),
        };
    }
  }

  #values(values: readonly Pick<EnumValue, "name" | "if" | "features">[]): {
    readonly members?: readonly Listed<EnumMemberInfo>[];
    readonly values: readonly Listed<string>[];
  } {
    const names = values.flatMap((value) => this.#listed(value.name, value.if));
    if (!this.#hasEnumMembers) return { values: names };
    const members = values.flatMap((value) =>
      this.#listed({ name: value.name, ...this.#features(value.features) }, value.if),
    );
    return { members, values: names };
  }

  #members({ allMembers }: Struct | Union | Anonymous): readonly Listed<ObjectMemberInfo>[] {
    return allMembers.flatMap((member: Member) => {
      const { name, type, optional } = member;
      const info = { name, type: this.#use(type), ...(optional && { default: null }) };
      return this.#listed({ ...info, ...this.#features(member.features) }, member.if);
    });
  }

  #features(features: readonly Feature[]): { readonly features?: readonly Listed<string>[] } {
    if (features.length === 0) return {};
    return { features: features.flatMap((feature) => this.#listed(feature.name, feature.if)) };
  }

  /** The one element that a value is of its list; none if its condition is known to be false. */
  #listed<T>(value: T, condition: Condition | undefined): readonly Listed<T>[] {
    if (condition === undefined) return [value];
    const settled = settle(condition, this.#defines);
    if (settled === false) return [];
    return [settled === true || !this.#keepsConditions ? value : { $if: conditionJson(settled), $value: value }];
  }

  /** Takes down that a type is used, and returns the name that it has in the answer. */
  #use(type: InfoType): string {
    const realName = realNameOf(type);
    if (!this.#used.has(realName)) this.#used.set(realName, type);
    return this.#nameOf(realName, type);
  }

  #nameOf(realName: string, type: InfoType): string {
    if (type?.kind === "list") return `[${this.#use(type.element)}]`;
    if (!this.#isMasked || (type?.kind === "builtin" && type.name !== "QType")) return realName;
    let number = this.#numbers.get(realName);
    if (number === undefined) {
      number = String(this.#numbers.size);
      this.#numbers.set(realName, number);
    }
    return number;
  }
}

/** The name of a type in QEMU's own compiler, where what is written in place has a name, too. */
function realNameOf(type: InfoType): string {
  switch (type?.kind) {
    case undefined:
      return EMPTY;
    case "builtin":
      return isInteger(type) ? "int" : type.name;
    case "list":
      return `[${realNameOf(type.element)}]`;
    case "anonymous":
      return `q_obj_${type.parent.name}-arg`;
    case "struct":
      return isWrapper(type)
        ? `q_obj_${type.members.map((member) => elementName(member.type)).join("")}-wrapper`
        : type.name;
    case "enum":
    case "union":
    case "alternate":
      return type.name;
  }
}

/** Whether a struct is that of a branch of a simple union; for QEMU they are in place, one for each type. */
function isWrapper({ implicit, members }: Struct): boolean {
  return implicit === true && members.length === 1 && members[0]?.name === "data";
}

/** A type's name where `List` stands for arrays, as in QEMU's own names. */
function elementName(type: Type): string {
  return type.kind === "list" ? `${elementName(type.element)}List` : type.name;
}

function isInteger(type: Type): boolean {
  return jsonTypeOf(type) === "number" && !(type.kind === "builtin" && type.name === "number");
}

function jsonTypeName(type: Type): BuiltinInfo["json-type"] {
  if (isInteger(type)) return "int";
  const jsonType = jsonTypeOf(type);
  return jsonType === undefined || jsonType === "array" || jsonType === "object" ? "value" : jsonType;
}

/** An array is in the builds that its elements are in, what is written in place in those of the whole. */
function conditionOf(type: InfoType): Condition | undefined {
  switch (type?.kind) {
    case undefined:
    case "builtin":
      return undefined;
    case "list":
      return conditionOf(type.element);
    case "anonymous":
      return type.parent.if;
    case "struct":
      return isWrapper(type) ? conditionOf(type.members[0]?.type) : type.if;
    case "enum":
    case "union":
    case "alternate":
      return type.if;
  }
}

/** Whether enums have `members` in the answer, as far as the schema tells: that of QEMU describes its own answer. */
function describesEnumMembers({ byName }: Schema): boolean {
  const info = byName.get("SchemaInfoEnum");
  return info?.kind !== "struct" || info.allMembers.some(({ name }) => name === "members");
}
