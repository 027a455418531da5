/** Emitters of others: modules that the command line or a configuration names, loaded while it runs. */
import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "../diagnostic.js";
import type { Emitter } from "../emit/emitter.js";
import { importModule } from "./import-module.js";
import { isObject } from "./is-object.js";
import { resolvePackage } from "./resolve-package.js";
import { placeOfThrown, reasonOfThrown, textOfThrown } from "./thrown.js";

/** Why a module cannot be used as an emitter: a sentence without a full stop. */
export class EmitterLoadError extends Error {
  override readonly name = "EmitterLoadError";
}

/** An emitter of somebody else has failed. */
export class EmitterError extends Error {
  override readonly name = "EmitterError";
  readonly diagnostics: readonly [Diagnostic];

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostics = [diagnostic];
  }
}

/**
 * Loads modules whose default export is an emitter, or a list of them. When one of these emitters throws while it runs, it
 * throws an {@link EmitterError}.
 *
 * @param wanted - Paths (`./my-emitter.js`), names of packages, or emitters that somebody else has loaded.
 * @param builtin - The emitters that there are besides. No other one may have the name of one of them; those that loaded
 * emitters require run in the place of the same emitter of another copy of qapi-codegen.
 * @param directory - What paths are relative to, and where packages are installed. Default: the current directory.
 * @throws EmitterLoadError for what cannot be loaded or is no emitter.
 */
export async function loadEmitters(
  wanted: readonly (string | Emitter)[],
  builtin: readonly Emitter[],
  directory: string = process.cwd(),
): Promise<readonly Emitter[]> {
  const known = new Map(builtin.map((emitter) => [emitter.name, emitter]));
  const loaded = new Map<string, Emitter>();
  const add = (emitter: Emitter, file: string | undefined, source: string): void => {
    const { name } = emitter;
    if (known.has(name)) throw new EmitterLoadError(`${source}there is an emitter '${name}' already`);
    if (loaded.has(name)) throw new EmitterLoadError(`${source}two emitters are called '${name}'`);
    loaded.set(name, guarded(emitter, file, known));
  };
  for (const one of new Set(wanted)) {
    if (typeof one === "string") {
      const file = locate(one, directory);
      for (const emitter of emittersOf(await load(one, file), one)) add(emitter, file, `'${one}': `);
    } else {
      for (const emitter of emittersOf(one)) add(emitter, undefined, "");
    }
  }
  return [...loaded.values()];
}

/** The file of the module that is meant. */
function locate(specifier: string, directory: string): string {
  const path = resolve(directory, specifier);
  if (/^\.{0,2}[\\/]/.test(specifier) || isAbsolute(specifier)) {
    if (existsSync(path)) return path;
    throw new EmitterLoadError(`there is no emitter at '${specifier}': no such file`);
  }
  try {
    const file = resolvePackage(specifier, resolve(directory));
    if (isAbsolute(file)) return file;
  } catch {
    // What Node says of it is about how it looks for packages.
  }
  const hint = existsSync(path) ? `; did you mean './${specifier}'?` : "";
  throw new EmitterLoadError(`there is no package '${specifier}' installed for this directory${hint}`);
}

/** What a module exports by default. */
async function load(specifier: string, file: string): Promise<unknown> {
  let exported: unknown;
  try {
    exported = await importModule(pathToFileURL(file).href);
  } catch (error) {
    const place = placeIn(file, error);
    const where = place === undefined ? "" : ` (at ${place})`;
    const message = `cannot load the emitter '${specifier}': ${reasonOfThrown(error)}${where}`;
    throw new EmitterLoadError(message, { cause: error });
  }
  const value = defaultOf(exported);
  // What compilers make of `export default` in CommonJS.
  return isObject(value) && "__esModule" in value ? defaultOf(value) : value;
}

function defaultOf(value: unknown): unknown {
  return isObject(value) ? value["default"] : undefined;
}

/** @param specifier - The module that exports it by default; absent: it comes from no module that is known. */
function emittersOf(exported: unknown, specifier?: string): readonly Emitter[] {
  if (exported === undefined && specifier !== undefined) {
    throw new EmitterLoadError(`'${specifier}' is no emitter: it has no default export`);
  }
  const values: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  return values.map((value) => {
    if (isEmitter(value)) return value;
    const subject = specifier === undefined ? "this" : `the default export of '${specifier}'`;
    throw new EmitterLoadError(`${subject} is no emitter: ${problemOf(value)}`);
  });
}

/** Why a value is no emitter, as the end of a sentence; undefined when it is one. */
export function emitterProblem(value: unknown): string | undefined {
  return isEmitter(value) ? undefined : problemOf(value);
}

/** What emitters are called: it is the name of a folder, and one of a list in `--emit`. */
const NAME = /^[a-z][a-z0-9-]{0,99}$/;

function isEmitter(value: unknown): value is Emitter {
  return (
    isObject(value) &&
    typeof value["name"] === "string" &&
    NAME.test(value["name"]) &&
    typeof value["emit"] === "function" &&
    (value["requires"] === undefined || (Array.isArray(value["requires"]) && value["requires"].every(isEmitter)))
  );
}

function problemOf(value: unknown): string {
  if (!isObject(value)) return "it is not an object";
  const { name, emit } = value;
  if (typeof name !== "string") return "it has no 'name'";
  if (!NAME.test(name)) return `its name '${name}' does not consist of small letters, digits and '-'`;
  if (typeof emit !== "function") return "it has no function 'emit'";
  return "'requires' is not a list of emitters";
}

/** An emitter whose failures are told from our own. */
function guarded(emitter: Emitter, file: string | undefined, known: ReadonlyMap<string, Emitter>): Emitter {
  const { name, requires = [] } = emitter;
  return {
    name,
    requires: requires.map((required) => known.get(required.name) ?? guarded(required, file, known)),
    emit(schema, out) {
      let result: unknown;
      try {
        result = emitter.emit(schema, out);
      } catch (error) {
        throw failure(name, textOfThrown(error), file === undefined ? undefined : placeIn(file, error));
      }
      // JavaScript lets it return anything; what comes later would come too late.
      if (!(result instanceof Promise)) return;
      result.catch(() => undefined);
      throw failure(name, "it returns a promise, but an emitter must have made its files when it returns");
    },
  };
}

function failure(name: string, reason: string, place?: string): EmitterError {
  const hint = place === undefined ? {} : { hint: `the mistake is in the emitter, at ${place}` };
  return new EmitterError({ code: "emitter-failed", message: `the emitter '${name}' has failed: ${reason}`, ...hint });
}

/** `/home/me/zod.js:12:5` */
function placeIn(file: string, error: unknown): string | undefined {
  const place = placeOfThrown(error, file);
  return place === undefined ? undefined : file + place;
}
