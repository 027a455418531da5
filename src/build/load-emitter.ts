/** Emitters of others: modules that the command line names, loaded while it runs. */
import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Diagnostic } from "../diagnostic.js";
import type { Emitter } from "../emit/emitter.js";
import { importModule } from "./import-module.js";
import { isObject } from "./is-object.js";
import { resolvePackage } from "./resolve-package.js";

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
 * @param specifiers - Paths (`./my-emitter.js`, relative to the current directory) or names of packages that are installed
 * for it.
 * @param builtin - The emitters that there are besides. No other one may have the name of one of them; those that loaded
 * emitters require run in the place of the same emitter of another copy of qapi-codegen.
 * @throws EmitterLoadError for what cannot be loaded or is no emitter.
 */
export async function loadEmitters(
  specifiers: readonly string[],
  builtin: readonly Emitter[],
): Promise<readonly Emitter[]> {
  const known = new Map(builtin.map((emitter) => [emitter.name, emitter]));
  const loaded = new Map<string, Emitter>();
  for (const specifier of new Set(specifiers)) {
    const url = locate(specifier);
    for (const emitter of emittersOf(await load(specifier, url), specifier)) {
      const { name } = emitter;
      if (known.has(name)) throw new EmitterLoadError(`'${specifier}': there is an emitter '${name}' already`);
      if (loaded.has(name)) throw new EmitterLoadError(`'${specifier}': two emitters are called '${name}'`);
      loaded.set(name, guarded(emitter, url, known));
    }
  }
  return [...loaded.values()];
}

/** The address of the module that is meant. */
function locate(specifier: string): string {
  const path = resolve(specifier);
  if (/^\.{0,2}[\\/]/.test(specifier) || isAbsolute(specifier)) {
    if (existsSync(path)) return pathToFileURL(path).href;
    throw new EmitterLoadError(`there is no emitter at '${specifier}': no such file`);
  }
  try {
    const file = resolvePackage(specifier, process.cwd());
    if (isAbsolute(file)) return pathToFileURL(file).href;
  } catch {
    // What Node says of it is about how it looks for packages.
  }
  const hint = existsSync(path) ? `; did you mean './${specifier}'?` : "";
  throw new EmitterLoadError(`there is no package '${specifier}' installed for this directory${hint}`);
}

/** What a module exports by default. */
async function load(specifier: string, url: string): Promise<unknown> {
  let exported: unknown;
  try {
    exported = await importModule(url);
  } catch (error) {
    const place = placeOf(error, url);
    const where = place === undefined ? "" : ` (at ${place})`;
    throw new EmitterLoadError(`cannot load the emitter '${specifier}': ${reasonOf(error)}${where}`, { cause: error });
  }
  const value = defaultOf(exported);
  // What compilers make of `export default` in CommonJS.
  return isObject(value) && "__esModule" in value ? defaultOf(value) : value;
}

function defaultOf(value: unknown): unknown {
  return isObject(value) ? value["default"] : undefined;
}

/** Why a module cannot be imported, in a line. */
function reasonOf(error: unknown): string {
  const [line = ""] = textOf(error).split("\n", 1);
  return line.replace(/ \[ERR_[A-Z_]+\]/, "");
}

/** What was thrown, in words. It may be anything. */
function textOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error) : `it throws ${String(error)}`;
  } catch {
    return "it throws what cannot be shown";
  }
}

function emittersOf(exported: unknown, specifier: string): readonly Emitter[] {
  if (exported === undefined) throw new EmitterLoadError(`'${specifier}' is no emitter: it has no default export`);
  const values: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  return values.map((value) => {
    if (isEmitter(value)) return value;
    throw new EmitterLoadError(`the default export of '${specifier}' is no emitter: ${problemOf(value)}`);
  });
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
function guarded(emitter: Emitter, url: string, known: ReadonlyMap<string, Emitter>): Emitter {
  const { name, requires = [] } = emitter;
  return {
    name,
    requires: requires.map((required) => known.get(required.name) ?? guarded(required, url, known)),
    emit(schema, out) {
      let result: unknown;
      try {
        result = emitter.emit(schema, out);
      } catch (error) {
        throw failure(name, textOf(error), placeOf(error, url));
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

/** Where in the emitter's module an error comes from: `/home/me/zod.js:12:5`; the innermost of such places. */
function placeOf(error: unknown, url: string): string | undefined {
  const frames = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  const frame = frames.find((line) => line.includes(`${url}:`));
  const position = frame === undefined ? undefined : /:[0-9]+:[0-9]+(?=\)?$)/.exec(frame)?.[0];
  return position === undefined ? undefined : fileURLToPath(url) + position;
}
