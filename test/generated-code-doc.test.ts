/** docs/generated-code.md shows the output as it is. */
import { readFileSync } from "node:fs";
import { Project, type SourceFile } from "ts-morph";
import { expect, test } from "vitest";
import { defaultEmitters } from "../src/emitters/index.js";
import { emittedFiles } from "./support/emitted.js";
import { fixtureFiles } from "./support/fixtures.js";

const PAGE = "docs/generated-code.md";
const page = readFileSync(PAGE, "utf8");
/** The files of the example, and those of the one with signals in a folder of their own. */
const output = new Map([
  ...emittedFiles(fixtureFiles("tour", "lamp.json"), defaultEmitters),
  ...[...emittedFiles(fixtureFiles("proposal", "block-device-event.json"), defaultEmitters)].map(
    ([path, text]) => [`proposal/${path}`, text] as const,
  ),
]);
const project = new Project({ useInMemoryFileSystem: true });

/** A marker, `<!-- types/lamp.ts: Lamp LampOff -->`, and the block behind it, if it has been filled in before. */
const MARKER = /^<!-- ([\w/.-]+?)(?:: ([\w ]+))? -->\n(?:\n```\w+\n[^]*?\n```\n)?/gm;

/** A file, or the declarations of some names in it with their comments. */
function shown(path: string, names: string | undefined): string {
  const text = output.get(path);
  if (text === undefined) throw new Error(`there is no ${path} in the output`);
  const body = text.slice(text.indexOf("\n\n") + 2).trimEnd();
  if (names === undefined) return body;
  const file = project.createSourceFile(path, body, { overwrite: true });
  return names
    .split(" ")
    .map((name) => declaration(file, name))
    .join("\n\n");
}

function declaration(file: SourceFile, name: string): string {
  const statements = file.getStatements().filter((statement) => {
    const declared = /^export (?:const|type|interface|function) (\w+)/.exec(statement.getText());
    return declared?.[1] === name;
  });
  if (statements.length === 0) throw new Error(`${file.getFilePath()} does not declare ${name}`);
  return statements.map((statement) => statement.getText(true)).join("\n");
}

test("the page shows the output; `npx vitest run test/generated-code-doc.test.ts -u` renews it", async () => {
  const renewed = page.replace(MARKER, (_, path: string, names: string | undefined) => {
    const code = shown(path, names);
    const marker = `<!-- ${path}${names === undefined ? "" : `: ${names}`} -->`;
    return `${marker}\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
  });
  expect(renewed.match(MARKER)?.length).toBeGreaterThan(8);
  await expect(renewed).toMatchFileSnapshot(`../${PAGE}`);
});
