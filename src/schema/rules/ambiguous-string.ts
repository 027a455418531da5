import { type Alternate, type Alternative, type JsonType, Q_TYPES } from "../schema.js";
import type { Rule } from "./rule.js";

export const ambiguousString: Rule = {
  id: "ambiguous-string",
  law: "No alternate has a string beside a number or a boolean, except for an enum whose values look like neither.",
  severity: "style",
  stage: "meaning",
  why: "On the command line everything is a string: '10' could be the number or the string, 'on' the boolean or the value of an enum.",
  bad: `{ 'alternate': 'Place',
  'data': { 'name': 'str', 'number': 'int' } }
`,
  good: `{ 'enum': 'PlaceName',
  'data': [ 'first', 'last' ] }
{ 'alternate': 'Place',
  'data': { 'name': 'PlaceName', 'number': 'int' } }
`,
  check({ schema }, report) {
    for (const alternate of schema.alternates) {
      const { alternatives } = alternate;
      // That there is another string is another rule's matter.
      const string = alternatives.find(({ jsonType }) => jsonType === "string");
      if (string === undefined) continue;
      // One of each is enough, since there may not be several.
      const others = CONFUSABLE.flatMap((jsonType) => {
        const other = alternatives.find((alternative) => alternative.jsonType === jsonType);
        return other === undefined || looksLike(string, jsonType) === undefined ? [] : [other];
      });
      const [other] = others;
      if (other === undefined) continue;
      report({
        code: this.id,
        message: message(alternate, string, other),
        span: string.span,
        related: others.map(({ span, jsonType }) => ({ span, message: `the ${jsonType}` })),
        hint:
          string.type.kind === "enum" ? "choose another value" : "if only some strings are meant, use an enum of them",
      });
    }
  },
};

/** What a string can be taken for. */
const CONFUSABLE: readonly JsonType[] = ["number", "boolean"];

function message(alternate: Alternate, alternative: Alternative, other: Alternative): string {
  const value = looksLike(alternative, other.jsonType) ?? "";
  const what = value === "" ? `the string '${alternative.name}'` : `the value '${value}' of '${alternative.name}'`;
  return `in alternate '${alternate.name}', ${what} could be meant to be the ${other.jsonType} '${other.name}'`;
}

/** The value of a string that could be of `jsonType` as well; empty if any could; undefined if none. */
function looksLike({ type }: Alternative, jsonType: JsonType): string | undefined {
  if (jsonType !== "number" && jsonType !== "boolean") return undefined;
  if (type.kind === "enum") return type.values.find(({ name }) => isLike(name, jsonType))?.name;
  return type.kind === "builtin" && type.name === "QType" ? Q_TYPES.find((name) => isLike(name, jsonType)) : "";
}

function isLike(value: string, jsonType: "number" | "boolean"): boolean {
  return jsonType === "number" ? /^[-+.0-9]/.test(value) : value === "on" || value === "off";
}
