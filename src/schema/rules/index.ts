import { ambiguousAlternate } from "./ambiguous-alternate.js";
import { ambiguousString } from "./ambiguous-string.js";
import { boxedData, unboxedCondition, unboxedUnion } from "./boxed.js";
import { cNameClash } from "./c-name-clash.js";
import { docRequired } from "./doc-required.js";
import { documentationRules } from "./documentation/index.js";
import { emptyUnion } from "./empty-union.js";
import { featureLimit } from "./feature-limit.js";
import { nameCharacters } from "./names/name-characters.js";
import { commandNameCase, eventNameCase, memberNameCase, typeNameCase } from "./names/name-case.js";
import { reservedMemberName, reservedPrefix, reservedTypeName } from "./names/reserved-names.js";
import { oobCoroutine } from "./oob-coroutine.js";
import { pragmaValue, unknownPragma } from "./pragmas.js";
import { returnsObject } from "./returns-object.js";
import { specialFeature } from "./special-feature.js";
import { memberClash } from "./member-clash.js";
import type { Rule } from "./rule.js";
import { selfContainingUnion } from "./self-containing-union.js";

/** All rules that look at a model as a whole. */
export const rules: readonly Rule[] = [
  memberClash,
  ambiguousAlternate,
  selfContainingUnion,
  unknownPragma,
  pragmaValue,
  nameCharacters,
  reservedPrefix,
  typeNameCase,
  reservedTypeName,
  eventNameCase,
  commandNameCase,
  memberNameCase,
  reservedMemberName,
  docRequired,
  boxedData,
  oobCoroutine,
  cNameClash,
  ambiguousString,
  emptyUnion,
  unboxedUnion,
  unboxedCondition,
  returnsObject,
  specialFeature,
  featureLimit,
  ...documentationRules,
];
