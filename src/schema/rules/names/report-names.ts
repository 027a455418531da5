/** What a rule about names says of a name that breaks its law. */
import type { Diagnostic } from "../../../diagnostic.js";
import type { Report } from "../../report.js";
import type { Subject } from "../rule.js";
import { type BadName, badNames, type NameLaw } from "./judge.js";

/** What is wrong, as a sentence that the name is the subject of, and what to do about it. */
export interface Verdict {
  /** Goes on after "member 'x' of struct 'Foo'". */
  readonly predicate: string;
  readonly hint?: string | undefined;
}

/** Reports the names that break `law`. */
export function reportNames(subject: Subject, law: NameLaw, report: Report, verdict: (bad: BadName) => Verdict): void {
  for (const bad of badNames(subject)) {
    if (bad.law !== law) continue;
    const { predicate, hint } = verdict(bad);
    const found: Diagnostic = { code: law, message: `${describe(bad)} ${predicate}`, span: bad.name.span };
    report(hint === undefined ? found : { ...found, hint });
  }
}

/** `struct 'Foo'`, `member 'x' of struct 'Foo'` */
function describe({ kind, name, definition }: BadName): string {
  const owner = `${definition.kind} '${definition.name.text}'`;
  return kind === "type" || kind === "command" || kind === "event" ? owner : `${kind} '${name.text}' of ${owner}`;
}
