/** Compiles generated files in memory, under every flag that people may have set. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { RESOLUTIONS, STRICTEST } from "./strictest.js";

/** How a project finds modules. */
export type Resolution = keyof typeof RESOLUTIONS;

/** The errors of files, `path(line): message`; those whose path starts with `only`, if it is given. */
export function compileErrors(
  files: ReadonlyMap<string, string>,
  { resolution = "nodenext", only = "" }: { resolution?: Resolution; only?: string } = {},
): readonly string[] {
  const { options } = ts.convertCompilerOptionsFromJson({ ...STRICTEST, ...RESOLUTIONS[resolution] }, ROOT);
  const program = ts.createProgram(
    [...files.keys()].map((path) => ROOT + path),
    options,
    hostOf(files),
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, start, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, " ");
      if (file === undefined) return message;
      const line = file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
      return `${file.fileName.slice(ROOT.length)}(${String(line)}): ${message}`;
    })
    .filter((error) => error.startsWith(only));
}

/** What the newest TypeScript, a program of its own, prints about files; empty when it finds no error. */
export function newestErrors(files: ReadonlyMap<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const config = { compilerOptions: { ...STRICTEST, ...RESOLUTIONS.nodenext } };
    writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
    const compiler = createRequire(import.meta.url).resolve("typescript-newest/package.json");
    const run = spawnSync(process.execPath, [join(dirname(compiler), "bin/tsc"), "-p", directory], {
      encoding: "utf8",
    });
    return run.status === 0 ? "" : run.stdout + run.stderr;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const ROOT = "/project/";

/** The files of the language's own library, which take the longest to parse. */
const library = new Map<string, ts.SourceFile | undefined>();

function hostOf(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const disk = ts.createCompilerHost({});
  const own = (path: string): string | undefined =>
    path === `${ROOT}package.json` ? '{ "type": "module" }' : files.get(path.slice(ROOT.length));
  return {
    ...disk,
    getCurrentDirectory: () => ROOT,
    fileExists: (path) => (path.startsWith(ROOT) ? own(path) !== undefined : disk.fileExists(path)),
    readFile: (path) => (path.startsWith(ROOT) ? own(path) : disk.readFile(path)),
    directoryExists: (path) => `${path}/`.startsWith(ROOT) || (disk.directoryExists?.(path) ?? false),
    getSourceFile(path, version) {
      if (path.startsWith(ROOT)) {
        const text = own(path);
        return text === undefined ? undefined : ts.createSourceFile(path, text, version);
      }
      if (!library.has(path)) library.set(path, disk.getSourceFile(path, version));
      return library.get(path);
    },
  };
}
