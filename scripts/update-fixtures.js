// `npm run update-fixtures`: makes again what the tests compare with. Read the difference before it is committed.
//
// - generated/fixtures/: the output for the schemas in fixtures/net, fixtures/ok, fixtures/old, fixtures/machine, fixtures/agent
//   and fixtures/proposal
// - generated/qemu-10.2/ and its like: the output for the releases in scripts/ready-releases.js, which the package has ready to import
// - fixtures/error/*.txt, fixtures/style/*.txt: what `generate` and `check` print of the schemas beside them
// - docs/diagnostics.md: the tables of laws in it; docs/options.md: the tables of options
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { READY } from "./ready-releases.js";
import { main } from "../out/cli/main.js";
import { optionsReference } from "../out/config/options-reference.js";
import { laws, stages } from "../out/schema/laws/index.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

for (const name of ["net", "ok", "old", "machine", "agent", "proposal"]) {
  // The root of all, since one includes parts of another.
  await generate(`fixtures/${name}`, "--root", "fixtures", "-o", `generated/fixtures/${name}`);
}
for (const { release, folder } of READY) await generate(release, "-o", `generated/${folder}`);

const output = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
await writeTexts("fixtures/error", async (schema) => {
  const { status, error } = await run([schema, "-o", output]);
  return { status, text: error };
});
await writeTexts("fixtures/style", async (schema) => {
  const { status, out } = await run(["check", schema]);
  return { status, text: out };
});
rmSync(output, { recursive: true });

const page = "docs/diagnostics.md";
const prose = proseOf(page);
const tables = stages.map((stage) => {
  const rows = laws
    .filter((law) => law.stage === stage)
    .map(({ id, severity, law }) => `| \`${id}\` | ${severity} | ${law} |\n`);
  return `\n### ${stage.charAt(0).toUpperCase()}${stage.slice(1)}\n\n| code | severity | law |\n|---|---|---|\n${rows.join("")}`;
});
writeFileSync(page, prose + tables.join(""));
process.stdout.write(`Wrote ${page}: ${laws.length} laws\n`);
writeFileSync("docs/options.md", proseOf("docs/options.md") + optionsReference());
process.stdout.write("Wrote docs/options.md\n");

/**
 * What of a page people write: all up to the comment that says so.
 *
 * @param {string} path
 */
function proseOf(path) {
  const [prose = ""] = readFileSync(path, "utf8").split(/(?<=^<!-- .* -->\n)/m);
  return prose;
}

/** @param {readonly string[]} args */
async function generate(...args) {
  const { status, out, error } = await run(args);
  process.stdout.write(out);
  process.stderr.write(error);
  if (status !== 0) process.exitCode = 1;
}

/**
 * Writes beside each schema of a folder what is printed of it, and removes texts that belong to none.
 *
 * @param {string} folder
 * @param {(schema: string) => Promise<{ status: number, text: string }>} print
 */
async function writeTexts(folder, print) {
  const schemas = readdirSync(folder).filter((name) => isSchema(`${folder}/${name}`));
  const expected = new Map(schemas.map((name) => [`${name.replace(/\.json$/, "")}.txt`, name]));
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".txt") && !expected.has(name)) rmSync(`${folder}/${name}`);
  }
  for (const [file, schema] of expected) {
    const { status, text } = await print(`${folder}/${schema}`);
    if (status === 1) {
      writeFileSync(`${folder}/${file}`, text);
    } else {
      process.stderr.write(`${folder}/${schema}: expected exit status 1, got ${status}\n${text}`);
      process.exitCode = 1;
    }
  }
  process.stdout.write(`Wrote ${folder}/*.txt: ${expected.size} files\n`);
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function isSchema(path) {
  return path.endsWith(".json") || existsSync(`${path}/qapi-schema.json`);
}

/** @returns {never} */
function nothing() {
  throw new Error("nothing is asked for here");
}

/**
 * Runs the command line as it runs where there is no terminal.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{ status: number, out: string, error: string }>}
 */
async function run(args) {
  let out = "";
  let error = "";
  const status = await main(args, {
    out(text) {
      out += text;
      return true;
    },
    error: (text) => (error += text),
    streams: nothing,
    interruption: nothing,
    size: nothing,
    inIsTerminal: false,
    outIsTerminal: false,
    errorIsTerminal: false,
    environment: {},
  });
  return { status, out, error };
}
