/** Whatever comes in, `check` returns: it ends, and does not throw. */
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { formatJson, formatText } from "../../src/diagnostic-report.js";
import { introspect } from "../../src/schema/introspection/introspect.js";
import { toImage } from "../../src/schema/image/to-image.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { diagnosticsOf, schemaOf } from "../support/harness.js";
import { parameters } from "../support/property.js";

/** Checks a text, with style, and prints what is found, which has to work as well. */
function check(text: string): void {
  const diagnostics = diagnosticsOf(text, { style: true });
  formatText(diagnostics, { color: true });
  formatJson(diagnostics);
}

const FIXTURES = okRoots.map((name) => readFileSync(join(import.meta.dirname, "../../fixtures/ok", name), "utf8"));

/** What a text of the language consists of. */
const TOKENS = [
  ...Array.from("{}[]:,'#\"\\\n *@="),
  ..."struct enum union alternate command event include pragma data base discriminator returns type name if features".split(
    " ",
  ),
  ..."boxed gen success-response allow-oob prefix all any not true false str int doc-required Foo Bar a b".split(" "),
  ..."'struct' 'enum' 'union' 'data' 'base' 'discriminator' 'if' 'not' 'all' 'Foo' 'Bar' 'str' '**' '*a' 'a' __proto__".split(
    " ",
  ),
  ..."{'struct':'Foo','data':{ {'enum':'Bar','data':[ }} ]} 'defined(A)&&' 'A||!B' {'type':'int','if': 12 -1.5e3 null".split(
    " ",
  ),
  ...[
    "##\n",
    "\n##\n# @Foo:\n",
    "# @a: text\n",
    "# Since: 1.0\n",
    "# Features:\n",
    "# Returns:\n",
    "#\n",
    "# .. qmp-example::\n",
    "#     x\n",
  ],
  ...["# = Heading\n", "#: ", "\u2028", "\0", "\r\n", "\t", "\ufeff", "é", "\ud800"],
];

/** Changes a text in a few places: spans are deleted, doubled, swapped or put elsewhere, and tokens put in. */
function mutationOf(texts: readonly string[], tokens: readonly string[]): fc.Arbitrary<string> {
  const change = fc.record({
    kind: fc.constantFrom("delete", "double", "swap", "insert"),
    at: fc.nat(),
    to: fc.nat(),
    length: fc.oneof(fc.nat(4), fc.nat(200)),
    token: fc.constantFrom(...tokens),
  });
  return fc.tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 })).map(([text, changes]) =>
    changes.reduce((before, { kind, at, to, length, token }) => {
      const start = at % (before.length + 1);
      const end = Math.min(before.length, start + length);
      const span = before.slice(start, end);
      const rest = before.slice(0, start) + before.slice(end);
      const place = to % (rest.length + 1);
      switch (kind) {
        case "delete":
          return rest;
        case "double":
          return before.slice(0, end) + before.slice(start);
        case "swap":
          return rest.slice(0, place) + span + rest.slice(place);
        case "insert":
          return before.slice(0, start) + token + before.slice(start);
      }
    }, text),
  );
}

test("for random bytes", () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => new TextDecoder().decode(array));
  fc.assert(fc.property(fc.oneof(bytes, fc.string({ unit: "binary" })), check), parameters(500));
});

test("for random tokens of the language", () => {
  const tokens = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((parts) => parts.join(""));
  fc.assert(fc.property(tokens, check), parameters(1500));
});

test("for schemas with changes", () => {
  fc.assert(fc.property(mutationOf(FIXTURES, TOKENS), check), parameters(1500));
});

const JSON_TOKENS = [
  ...Array.from('{}[]:,"\\0-'),
  "null",
  "true",
  "1e999",
  "{}",
  "[]",
  '"__proto__":',
  '"at":[1,1],',
  '"int"',
  "\ud800",
  "\n",
];
const DOCUMENTS = okRoots.flatMap((root) => {
  const schema = schemaOf(fixtureFiles("ok", root));
  return [
    toImage(schema),
    JSON.stringify(introspect(schema)),
    JSON.stringify({ return: introspect(schema, { masked: true }) }),
  ];
});

test("for images and introspection with changes of their text", () => {
  fc.assert(fc.property(mutationOf(DOCUMENTS, JSON_TOKENS), check), parameters(1500));
});

test("for images and introspection with changes of their values", () => {
  const changed = fc.tuple(
    fc.constantFrom(...DOCUMENTS),
    fc.array(fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 3 }),
  );
  fc.assert(
    fc.property(changed, ([document, changes]) => {
      const tree: { root: unknown } = { root: JSON.parse(document) };
      for (const [at, value] of changes) replaceNode(tree, at, value);
      check(JSON.stringify(tree.root));
    }),
    parameters(1500),
  );
});

/** Puts `value` in the place of one of the values that are in `tree`, which `at` chooses. */
function replaceNode(tree: { root: unknown }, at: number, value: unknown): void {
  const places: (() => void)[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const [index, child] of node.entries()) {
        places.push(() => (node[index] = value));
        visit(child);
      }
    } else if (typeof node === "object" && node !== null) {
      for (const [key, child] of Object.entries(node)) {
        places.push(() => Object.assign(node, { [key]: value }));
        visit(child);
      }
    }
  };
  visit(tree);
  places[at % places.length]?.();
}
