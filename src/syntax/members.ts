/** What stands inside of definitions: members, values, branches, features, types. */
import type {
  CaseNode,
  EnumValueNode,
  FeatureNode,
  MemberNode,
  MembersNode,
  ObjectNode,
  StringNode,
  TypeNode,
  ValueNode,
} from "./ast.js";
import { readCondition, withCondition } from "./read-condition.js";
import type { Reader } from "./reader.js";

const MEMBER_KEYS = ["if", "features"] as const;

// Members: { Member, ... }
// Member: '*'? NAME ':' ( Type | { 'type': Type, *'if': Condition, *'features': Features } | Members )
// The last is from before 2.4: a struct that is written in place.
export function readMembers(value: ValueNode, owner: string, reader: Reader): MembersNode | undefined {
  if (value.kind !== "object") return reader.wrong(`the members of ${owner}`, "an object", value);
  const members: MemberNode[] = [];
  reader.properties(value, owner, "member");
  for (const { key, value: member } of value.properties) {
    const optional = key.text.startsWith("*");
    const name = reader.checkName(key, optional ? key.text.slice(1) : key.text, `a member of ${owner}`);
    if (name === undefined) continue;
    const what = `member '${name.text}' of ${owner}`;
    if (member.kind === "object" && isInPlace(member, MEMBER_KEYS)) {
      reader.note({
        code: "old-struct-in-place",
        message: `the type of ${what} is written in place`,
        span: member.span,
        hint: "define a struct with these members and write its name here",
      });
      const type = readMembers(member, what, reader);
      const span = { ...key.span, end: member.span.end };
      if (type !== undefined) members.push({ name, optional, type, features: [], span });
      continue;
    }
    const { type, values } = readTyped(member, what, reader, MEMBER_KEYS);
    const condition = readCondition(values.get("if"), what, reader);
    const features = readFeatures(values.get("features"), what, reader);
    if (type === undefined) continue;
    const span = { ...key.span, end: member.span.end };
    members.push(withCondition({ name, optional, type, features, span }, condition));
  }
  return { kind: "members", members, span: value.span };
}

// Cases: { NAME ':' ( Type | { 'type': Type, *'if': Condition } ), ... }
export function readCases(
  value: ValueNode,
  kind: "branch" | "alternative",
  owner: string,
  reader: Reader,
): readonly CaseNode[] {
  const plural = kind === "branch" ? "branches" : "alternatives";
  if (value.kind !== "object") {
    reader.wrong(`the ${plural} of ${owner}`, "an object", value);
    return [];
  }
  reader.properties(value, owner, kind);
  if (kind === "alternative" && value.properties.length === 0) {
    reader.report({ code: "no-alternatives", message: `${owner} has no alternatives`, span: value.span });
  }
  const cases: CaseNode[] = [];
  for (const { key, value: alternative } of value.properties) {
    const name = reader.checkName(key, key.text, `${kind === "branch" ? "a branch" : "an alternative"} of ${owner}`);
    if (name === undefined) continue;
    const what = `${kind} '${name.text}' of ${owner}`;
    const { type, values } = readTyped(alternative, what, reader, ["if"]);
    const condition = readCondition(values.get("if"), what, reader);
    if (type === undefined) continue;
    const span = { ...key.span, end: alternative.span.end };
    cases.push(withCondition({ name, type, span }, condition));
  }
  return cases;
}

// EnumValues: [ NAME | { 'name': NAME, *'if': Condition, *'features': Features }, ... ]
export function readEnumValues(value: ValueNode, owner: string, reader: Reader): readonly EnumValueNode[] {
  const list = reader.list(value, `the values of ${owner}`);
  return readNamed(list?.elements ?? [], `a value of ${owner}`, reader, ["if", "features"]).map(
    ({ name, node, values }) => {
      const what = `value '${name.text}' of ${owner}`;
      const condition = readCondition(values.get("if"), what, reader);
      const features = readFeatures(values.get("features"), what, reader);
      return withCondition({ name, features, span: node.span }, condition);
    },
  );
}

// Features: [ NAME | { 'name': NAME, *'if': Condition }, ... ]
export function readFeatures(value: ValueNode | undefined, owner: string, reader: Reader): readonly FeatureNode[] {
  if (value === undefined) return [];
  const list = reader.list(value, `the features of ${owner}`);
  return readNamed(list?.elements ?? [], `a feature of ${owner}`, reader, ["if"]).map(({ name, node, values }) => {
    const condition = readCondition(values.get("if"), `feature '${name.text}' of ${owner}`, reader);
    return withCondition({ name, span: node.span }, condition);
  });
}

// Members | NAME
export function readMembersOrName(
  value: ValueNode,
  what: string,
  owner: string,
  reader: Reader,
): TypeNode | MembersNode | undefined {
  if (value.kind === "object") return readMembers(value, owner, reader);
  return readTypeName(value, what, reader, "an object or a type's name");
}

// NAME
export function readTypeName(
  value: ValueNode,
  what: string,
  reader: Reader,
  expected = "a type's name",
): TypeNode | undefined {
  return value.kind === "string" ? typeNode(value, false, reader) : reader.wrong(what, expected, value);
}

const NAME_OR_LIST = "a type's name or a list of one";

// Type: NAME | [ NAME ]
export function readType(value: ValueNode, what: string, reader: Reader): TypeNode | undefined {
  if (value.kind !== "list") return readTypeName(value, what, reader, NAME_OR_LIST);
  const [element, another] = value.elements;
  if (element?.kind === "string" && another === undefined) {
    return typeNode(element, true, reader);
  }
  return reader.report({
    code: "wrong-value",
    message: `the list in ${what} should hold one type's name`,
    span: value.span,
    hint: "an array of a type is written as [ 'TYPE' ]; an array of arrays needs a struct in between",
  });
}

/** What the type `any` was called before 2.5: of members, and of the arguments and results of commands with 'gen': 'no'. */
const OLD_ANY: readonly string[] = ["**", "visitor"];

function typeNode({ text, span }: StringNode, list: boolean, reader: Reader): TypeNode {
  if (!OLD_ANY.includes(text)) return { kind: "type", name: text, list, span };
  const hint = "since 2.5 it is 'any'";
  reader.note({ code: "old-any", message: `'${text}' is what the type 'any' was called once`, span, hint });
  return { kind: "type", name: "any", list, span };
}

/** A type, alone or in an object with further keys. */
function readTyped(
  value: ValueNode,
  what: string,
  reader: Reader,
  optional: readonly string[],
): { readonly type: TypeNode | undefined; readonly values: ReadonlyMap<string, ValueNode> } {
  if (value.kind !== "object") return { type: readType(value, `the type of ${what}`, reader), values: NO_VALUES };
  if (isInPlace(value, optional)) {
    const hint = "define a struct with these members and write its name here";
    return {
      type: reader.wrong(`the type of ${what}`, NAME_OR_LIST, value, hint),
      values: new Map(),
    };
  }
  const values = reader.shape(value, what, { required: ["type"], optional });
  const type = values.get("type");
  return { type: type === undefined ? undefined : readType(type, `the type of ${what}`, reader), values };
}

/** Whether an object has members where it should have a type: a struct that is written in place. */
function isInPlace({ properties }: ObjectNode, optional: readonly string[]): boolean {
  return properties.length > 0 && properties.every(({ key }) => key.text !== "type" && !optional.includes(key.text));
}

const NO_VALUES: ReadonlyMap<string, ValueNode> = new Map();

interface NamedValue {
  readonly name: { readonly text: string; readonly span: StringNode["span"] };
  readonly node: StringNode | ObjectNode;
  readonly values: ReadonlyMap<string, ValueNode>;
}

/** Names, each alone or in an object with further keys. */
function readNamed(
  elements: readonly ValueNode[],
  what: string,
  reader: Reader,
  optional: readonly string[],
): readonly NamedValue[] {
  const result: NamedValue[] = [];
  for (const node of elements) {
    if (node.kind !== "string" && node.kind !== "object") {
      reader.wrong(what, "a string or an object", node);
      continue;
    }
    const values = node.kind === "object" ? reader.shape(node, what, { required: ["name"], optional }) : NO_VALUES;
    const value = node.kind === "string" ? node : values.get("name");
    const name = value === undefined ? undefined : reader.name(value, what);
    if (name !== undefined) result.push({ name, node, values });
  }
  return result;
}
