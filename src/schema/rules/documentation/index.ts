/** The laws of documentation as rules. All of them look at the same reading of the comments, which is made once. */
import type { Diagnostic } from "../../../diagnostic.js";
import type { Rule, Subject } from "../rule.js";
import { commentLaws } from "./comment-laws.js";
import { compareWithDefinition } from "./definition.js";
import { definitionLaws } from "./definition-laws.js";
import { readComments } from "./file.js";
import { sectionLaws } from "./section-laws.js";

/** What is wrong with documentation, by the ids of the rules. */
type Findings = ReadonlyMap<string, readonly Diagnostic[]>;

/** One for each law. */
export const documentationRules: readonly Rule[] = Object.entries({
  ...commentLaws,
  ...sectionLaws,
  ...definitionLaws,
}).map(([id, law]) => ({
  ...law,
  id,
  severity: "style",
  check(subject, report) {
    for (const finding of findingsOf(subject).get(id) ?? []) report(finding);
  },
}));

const found = new WeakMap<Subject["tree"], Findings>();

function findingsOf(subject: Subject): Findings {
  const known = found.get(subject.tree);
  if (known !== undefined) return known;
  const findings = new Map<string, Diagnostic[]>();
  const report = (finding: Diagnostic): void => {
    const list = findings.get(finding.code);
    if (list === undefined) findings.set(finding.code, [finding]);
    else list.push(finding);
  };
  for (const { node } of subject.tree.files) {
    for (const documented of readComments(node, report)) {
      compareWithDefinition(documented, subject.pragmas.documentationExceptions, report);
    }
  }
  found.set(subject.tree, findings);
  return findings;
}
