/**
 * An output as JavaScript (`--target js`): for each `.ts` file that emitters have made a `.js` file, its declarations
 * (`.d.ts`), and the map from these to the schema (`.d.ts.map`).
 *
 * Only runs with this target load this file, since TypeScript and prettier take longer to load than all others take.
 */
import { posix, relative, resolve } from "node:path";
import { type DiagnosticWithLocation, Project, ts } from "ts-morph";
import { emit, emitWithNames } from "../emit/emit.js";
import type { Emitter, OutputFile } from "../emit/emitter.js";
import type { Names } from "../emit/naming.js";
import type { EmitOptions } from "../emit/options.js";
import { builtinEmitters } from "../emitters/index.js";
import { isJsonDocument } from "../schema/json-document.js";
import type { Schema } from "../schema/schema.js";
import type { Source } from "../syntax/source.js";
import { declarationMap, type MapContext } from "./declaration-map.js";
import { finalText } from "./javascript-text.js";
import { EmitterError } from "./load-emitter.js";

/** What {@link emitJavaScript} needs to know besides the schema. */
export interface JavaScriptOptions extends EmitOptions {
  /** The output directory: maps say where the schema is relative to it. */
  readonly output: string;
  readonly emitters: readonly Emitter[];
}

/**
 * What `emit` makes of a schema, as JavaScript. Files that are not TypeScript are as `emit` makes them.
 *
 * The documentation is in the declarations, where editors look for it, and not in the code.
 *
 * @throws RangeError where imports are to end with `.ts`: there are no such files.
 */
export async function emitJavaScript(schema: Schema, options: JavaScriptOptions): Promise<readonly OutputFile[]> {
  const { emitters } = options;
  if (options.importExtension === ".ts") throw new RangeError("JavaScript cannot import '.ts' files");
  const { files: documented, names } = emitWithNames(schema, emitters, options);
  const bare = options.docs === "none" ? documented : emit(schema, emitters, { ...options, docs: "none" });
  const files = documented.filter(({ path }) => !isTypeScript(path));
  const context = mapContext(schema, names, options.output);

  const code = compile(bare, { declaration: false });
  for (const { path, text } of bare.filter((file) => isTypeScript(file.path))) {
    const script = path.replace(/\.ts$/, ".js");
    files.push({ path: script, text: await finalText(code.get(script) ?? "", text, "code") });
  }
  // Our own emitters write all types down, which tests see to; asking takes half a second for a whole QEMU.
  const isolatedDeclarations = emitters.some((emitter) => !builtinEmitters.includes(emitter));
  const declarations = compile(documented, { declaration: true, emitDeclarationOnly: true, isolatedDeclarations });
  for (const source of documented.filter((file) => isTypeScript(file.path))) {
    const declaration = source.path.replace(/\.ts$/, ".d.ts");
    const text = await finalText(declarations.get(declaration) ?? "", source.text, "declaration");
    const parsed = ts.createSourceFile(declaration, text, ts.ScriptTarget.ES2022);
    const map = declarationMap(parsed, source.path, context);
    if (map === undefined) {
      files.push({ path: declaration, text });
      continue;
    }
    const mapPath = `${declaration}.map`;
    files.push({ path: declaration, text: `${text}//# sourceMappingURL=${posix.basename(mapPath)}\n` });
    files.push({ path: mapPath, text: map });
  }
  const paths = new Set<string>();
  for (const { path } of files) {
    if (paths.has(path)) throw failure(`two files of the output are called '${path}': TypeScript becomes one of them`);
    paths.add(path);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function failure(message: string): EmitterError {
  return new EmitterError({ code: "emitter-failed", message });
}

function isTypeScript(path: string): boolean {
  return path.endsWith(".ts") && !path.endsWith(".d.ts");
}

/**
 * What TypeScript makes of files, by paths. Each is compiled by itself: the types of all exports are written down, so none
 * has to be looked up in another file or in the library.
 */
function compile(files: readonly OutputFile[], options: ts.CompilerOptions): ReadonlyMap<string, string> {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      noCheck: true,
      noLib: true,
      noResolve: true,
      ...options,
    },
  });
  for (const { path, text } of files) if (isTypeScript(path)) project.createSourceFile(`/${path}`, text);
  const program = project.getProgram();
  refuse("what is not TypeScript", program.getSyntacticDiagnostics());
  // Without a type, an export would be declared to be anything.
  if (options.isolatedDeclarations === true) refuse("an export without a type", program.getDeclarationDiagnostics());
  return new Map(
    project
      .emitToMemory()
      .getFiles()
      .map(({ filePath, text }) => [filePath.slice(1), text]),
  );
}

/** @param what - What an emitter has made, if there is a diagnostic. */
function refuse(what: string, [diagnostic]: readonly DiagnosticWithLocation[]): void {
  if (diagnostic === undefined) return;
  const message = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, " ");
  const place = `${diagnostic.getSourceFile().getFilePath().slice(1)}:${String(diagnostic.getLineNumber())}`;
  throw failure(`an emitter has made ${what}: ${message} (${place})`);
}

/** What maps need. There is nothing to look at where a schema is not written: in an image, in what a QEMU answers. */
function mapContext(schema: Schema, names: Names, output: string): MapContext {
  const isWritten = new Map<Source, boolean>();
  const paths = new Map<string, string>();
  return {
    schema,
    names,
    sourcePath(source, folder) {
      let written = isWritten.get(source);
      if (written === undefined) isWritten.set(source, (written = source.hasText && !isJsonDocument(source.text)));
      if (!written) return undefined;
      const key = `${folder}\n${source.name}`;
      let path = paths.get(key);
      if (path === undefined) {
        path = relative(resolve(output, folder), resolve(source.name)).replaceAll("\\", "/");
        paths.set(key, path);
      }
      return path;
    },
  };
}
