// What the output costs those who only type-check it.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TSC = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/**
 * How many types `tsc` instantiates for a folder of an output, and what that imports, beyond those of an empty project.
 *
 * @param {ReadonlyMap<string, string>} files
 * @param {string} folder - `.` for all of the output.
 * @param {string} directory - Where the projects may be.
 * @returns {number}
 */
export function instantiationsOf(files, folder, directory) {
  const empty = new Map([["index.ts", "export {};\n"]]);
  const entry = folder === "." ? "index.ts" : `${folder}/index.ts`;
  return (
    instantiations(files, entry, join(directory, "output")) -
    instantiations(empty, "index.ts", join(directory, "empty"))
  );
}

function instantiations(files, entry, directory) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2022"],
    module: "NodeNext",
    types: [],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  };
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [entry] }));
  const args = [TSC, "-p", directory, "--extendedDiagnostics"];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`tsc does not compile the output:\n${stdout}`);
  return Number(/^Instantiations: +([0-9]+)$/m.exec(stdout)?.[1]);
}
