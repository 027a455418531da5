// npm run api: writes etc/*.api.md, what each entry of the package exports, so that a change of it is seen in review. With
// --check nothing is written, and what is stale fails. The ready types are no part of it: they are QEMU's interface.
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = join(root, "etc");
const isCheck = process.argv.includes("--check");

/** TypeDoc and eslint look at comments; types that are not exported, though what is exported has them, are in the reports. */
const none = { logLevel: ExtractorLogLevel.None };
const messages = {
  compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
  extractorMessageReporting: { default: none },
  tsdocMessageReporting: { default: none },
};

const entries = entriesOf(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
const temporary = mkdtempSync(join(tmpdir(), "qapi-codegen-api-"));
mkdirSync(reports, { recursive: true });
try {
  for (const { name, types } of entries) extract(name, types);
} finally {
  rmSync(temporary, { recursive: true });
}

const known = new Set(entries.map(({ name }) => `${name}.api.md`));
for (const file of readdirSync(reports).filter((name) => name.endsWith(".api.md") && !known.has(name))) {
  if (isCheck) fail(`etc/${file} is of no entry`);
  else rmSync(join(reports, file));
}

/**
 * The entries whose sources are in src/, with the names of their reports.
 *
 * @param {{ exports: Record<string, string | { types: string }> }} manifest
 * @returns {readonly { readonly name: string, readonly types: string }[]}
 */
function entriesOf({ exports }) {
  return Object.entries(exports).flatMap(([specifier, target]) => {
    if (typeof target === "string") return [];
    const source = target.types.replace("./dist/", "src/").replace(/\.d\.ts$/, ".ts");
    const name = specifier === "." ? "index" : specifier.slice("./".length).replaceAll("/", "-");
    return existsSync(join(root, source)) ? [{ name, types: target.types }] : [];
  });
}

/**
 * Writes or compares the report of one entry.
 *
 * @param {string} name
 * @param {string} types
 */
function extract(name, types) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, types),
      compiler: { tsconfigFilePath: join(root, "tsconfig.json") },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: `${name}.api.md`,
        reportFolder: reports,
        reportTempFolder: temporary,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages,
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
  });
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: !isCheck,
    messageCallback(message) {
      message.handled = message.category === "console";
    },
  });
  if (errorCount > 0) process.exitCode = 1;
  if (apiReportChanged && isCheck) fail(`etc/${name}.api.md is not what the package exports: npm run api`);
  else if (apiReportChanged) console.log(`Wrote etc/${name}.api.md`);
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
