/** What unions were besides what they are today. */
import type { AlternateNode, BranchNode, EnumNode, MembersNode, TypeNode, UnionNode, ValueNode } from "./ast.js";
import type { Context } from "./forms.js";
import { readCases, readTypeName } from "./members.js";
import { withCondition } from "./read-condition.js";

// AnonymousUnion, before 2.4: { 'union': NAME, 'discriminator': { }, 'data': Cases }
/** A union without a discriminator, which is called an alternate today. */
export function readAnonymousUnion(
  data: ValueNode,
  discriminator: ValueNode,
  { reader, values, common, what }: Context,
): AlternateNode {
  const base = values.get("base");
  if (base !== undefined) reader.wrong(`the discriminator of ${what}, which has a base,`, "a name", discriminator);
  reader.note({
    code: "old-anonymous-union",
    message: `${what} has no discriminator`,
    span: discriminator.span,
    hint: "since 2.4 that is an alternate: { 'alternate': NAME, 'data': { ... } }",
  });
  return { kind: "alternate", ...common, alternatives: readCases(data, "alternative", what, reader) };
}

// SimpleUnion, before 6.1: { 'union': NAME, 'data': Cases, *'if', *'features' }, until 2.x also *'base': NAME
/**
 * A union whose discriminator is not written: it is called `type`, its enum is the union's name with `Kind` behind it, and
 * each branch has the one member `data` of the type that is written, which can be any.
 */
export function readSimpleUnion(
  data: ValueNode,
  base: ValueNode | undefined,
  { reader, common, what }: Context,
): UnionNode {
  const { name } = common;
  const { span } = name;
  reader.note({
    code: "old-simple-union",
    message: `${what} has no discriminator`,
    span,
    hint: "since 6.1 the member that tells the branches apart is written down: with 'base' and 'discriminator'",
  });
  const cases = readCases(data, "branch", what, reader);
  const tag: EnumNode = withCondition(
    {
      kind: "enum",
      name: { text: `${name.text}Kind`, span },
      values: cases.map((item) => withCondition({ name: item.name, features: [], span: item.span }, item.if)),
      features: [],
      implicit: true,
      span: common.span,
    },
    common.if,
  );
  const type: TypeNode = { kind: "type", name: tag.name.text, list: false, span };
  const baseType = base === undefined ? undefined : readTypeName(base, `the base of ${what}`, reader);
  return {
    kind: "union",
    ...common,
    base: { ...members("type", type), ...(baseType !== undefined && { base: baseType, name: `${name.text}Base` }) },
    discriminator: { text: "type", span },
    tag,
    branches: cases.map((item): BranchNode => ({ ...item, type: wrapper(item.type) })),
  };
}

/** What QEMU wrote when it gave up simple unions: a struct for each type, with the name of it. */
function wrapper(type: TypeNode): MembersNode {
  const name = type.name.charAt(0).toUpperCase() + type.name.slice(1);
  return { ...members("data", type), name: `${name}${type.list ? "List" : ""}Wrapper` };
}

function members(name: string, type: TypeNode): MembersNode {
  const { span } = type;
  return {
    kind: "members",
    members: [{ name: { text: name, span }, optional: false, type, features: [], span }],
    span,
  };
}
