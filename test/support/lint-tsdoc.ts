/** What eslint-plugin-tsdoc, as a user has it, says of an output. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { ESLint } from "eslint";
import tsdoc from "eslint-plugin-tsdoc";
import { parser } from "typescript-eslint";

/**
 * The warnings, each as `path:line message`.
 *
 * @param files - Texts by paths; a `tsdoc.json` among them configures the linter.
 */
export async function tsdocWarnings(files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const eslint = new ESLint({
      cwd: directory,
      overrideConfigFile: true,
      overrideConfig: {
        files: ["**/*.ts"],
        languageOptions: { parser },
        plugins: { tsdoc },
        rules: { "tsdoc/syntax": "error" },
      },
    });
    const results = await eslint.lintFiles(["**/*.ts"]);
    return results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, message }) => `${relative(directory, filePath)}:${String(line)} ${message}`),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}
