/** Finds the answer to `query-qmp-schema` in what people keep of it. */
import type { JsonValue } from "../json-text.js";

const HOW_TO_ASK = `QEMU answers {"execute": "query-qmp-schema"} after {"execute": "qmp_capabilities"}`;

/**
 * The list of `SchemaInfo` in a document, if it has one: it is the document, the `return` of a reply, or the `schema` of
 * conformance data.
 *
 * @throws JsonError for a reply to something else.
 */
export function answerIn(document: JsonValue): JsonValue | undefined {
  if (document.isList()) return isAnswer(document) ? document : undefined;
  if (!document.isObject()) return undefined;
  const properties = document.properties();
  const answer = properties.get("return");
  if (answer !== undefined) return isAnswer(answer) ? answer : answer.fail("is no description of a schema", HOW_TO_ASK);
  if (properties.has("error")) return document.fail("is the reply to a command that failed", HOW_TO_ASK);
  if (properties.has("QMP")) return document.fail("is a greeting, and no answer follows it", HOW_TO_ASK);
  const schema = properties.get("schema");
  return schema !== undefined && isAnswer(schema) ? schema : undefined;
}

function isAnswer(list: JsonValue): boolean {
  const { raw } = list;
  const first: unknown = Array.isArray(raw) ? raw[0] : undefined;
  if (typeof first !== "object" || first === null) return false;
  return Object.hasOwn(first, "meta-type") || Object.hasOwn(first, "$if");
}

/**
 * The text of a document, or of a whole session with QEMU, each message a line, with everything but the answer blanked out:
 * so places stay what they are.
 */
export function onlyAnswer(text: string): string {
  if (!/^\uFEFF?\s*\{\s*"(?:QMP|return|error|timestamp|event)"\s*:[^\n]*\n\s*\{/.test(text)) return text;
  const lines = text.split("\n");
  const answer = lines.findIndex((line) => line.startsWith("{") && line.includes('"meta-type"'));
  if (answer === -1) return text;
  return lines.map((line, index) => (index === answer ? line : " ".repeat(line.length))).join("\n");
}
