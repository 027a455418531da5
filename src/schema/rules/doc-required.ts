import type { Rule } from "./rule.js";

export const docRequired: Rule = {
  id: "doc-required",
  law: "Each definition has a documentation comment, if the pragma 'doc-required' says so.",
  severity: "style",
  stage: "form",
  why: "QEMU's reference manual is made of these comments; what has none is missing in it.",
  bad: `{ 'pragma': { 'doc-required': true } }

{ 'command': 'beep' }
`,
  good: `{ 'pragma': { 'doc-required': true } }

##
# @beep:
#
# Make a sound.
##
{ 'command': 'beep' }
`,
  check({ tree, pragmas }, report) {
    if (!pragmas.docRequired) return;
    for (const { node } of tree.files) {
      let previous;
      for (const entry of node.entries) {
        const comment = previous?.kind === "doc" ? previous : undefined;
        previous = entry;
        if (entry.kind === "include" || entry.kind === "pragma" || entry.kind === "doc" || entry.implicit === true)
          continue;
        // A comment right before it is not its own, which is a matter of other rules.
        if (entry.doc !== undefined || comment !== undefined) continue;
        report({
          code: this.id,
          message: `${entry.kind} '${entry.name.text}' has no documentation`,
          span: entry.name.span,
          hint: `put a comment before it that begins with the lines '##' and '# @${entry.name.text}:', and ends with '##'`,
        });
      }
    }
  },
};
