/**
 * The configuration of TSDoc that the documentation of an output needs: it has a tag that is none of the standard's.
 */
import type { OutputFile } from "./emitter.js";

/** Whether documentation in a text has tags that {@link TSDOC_CONFIG} defines. */
export function usesOwnTags(text: string): boolean {
  return text.includes("@since ");
}

/**
 * It is where a linter of the output alone looks for it; projects name it in a `tsdoc.json` of their own:
 * `"extends": ["./src/qmp/tsdoc.json"]`.
 */
export const TSDOC_CONFIG: OutputFile = {
  path: "tsdoc.json",
  text: `{
  "$schema": "https://developer.microsoft.com/json-schemas/tsdoc/v0/tsdoc.schema.json",
  "tagDefinitions": [{ "tagName": "@since", "syntaxKind": "block" }]
}
`,
};
