/** Generated validators that run: the output is bundled in memory and imported. */
import { posix } from "node:path";
import { runInThisContext } from "node:vm";
import { build, type Plugin } from "esbuild";
import { emit } from "../../src/emit/emit.js";
import type { EmitOptions } from "../../src/emit/options.js";
import { defaultEmitters } from "../../src/emitters/index.js";
import type { Schema } from "../../src/schema/schema.js";

/** What is wrong with a value, as generated code says it. */
export interface Issue {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly received: string;
}

export type Mode = "strict" | "tolerant";

/** The validators of an output. */
export interface Validators {
  /** The answer of `is<stem>`. */
  is(stem: string, value: unknown, mode?: Mode): boolean;
  /** The issues of `validate<stem>`; none when it gives back the value, which is checked. */
  issues(stem: string, value: unknown, mode?: Mode, maxIssues?: number): readonly Issue[];
  /** Whether the output exports a name. */
  has(name: string): boolean;
  /** What the output exports under a name. */
  get(name: string): unknown;
}

/** The validators of a schema. */
export async function runValidators(schema: Schema, options?: EmitOptions): Promise<Validators> {
  const files = new Map(emit(schema, defaultEmitters, options).map((file) => [file.path, file.text]));
  const { outputFiles } = await build({
    entryPoints: ["index.ts"],
    bundle: true,
    format: "iife",
    globalName: "output",
    target: "es2022",
    write: false,
    plugins: [inMemory(files)],
  });
  const code = outputFiles[0]?.text ?? "";
  const exported: unknown = runInThisContext(`(() => {${code} return output; })()`, { filename: "output.js" });
  const functions = new Map<string, unknown>(Object.entries(exported ?? {}));

  function call(name: string, ...args: readonly unknown[]): unknown {
    const validator = functions.get(name);
    if (typeof validator !== "function") throw new Error(`the output has no ${name}`);
    const result: unknown = Reflect.apply(validator, undefined, args);
    return result;
  }
  return {
    is(stem, value, mode) {
      const result = call(`is${stem}`, value, mode);
      if (typeof result !== "boolean") throw new Error(`is${stem} says ${String(result)}`);
      return result;
    },
    issues(stem, value, mode, maxIssues) {
      const result = call(`validate${stem}`, value, { mode, maxIssues });
      if (isSuccess(result)) {
        if (!Object.is(result.value, value)) throw new Error(`validate${stem} gives back another value`);
        return [];
      }
      if (isFailure(result)) return result.issues;
      throw new Error(`validate${stem} gives neither a value nor issues`);
    },
    has: (name) => functions.has(name),
    get: (name) => functions.get(name),
  };
}

function isSuccess(result: unknown): result is { readonly value: unknown } {
  return typeof result === "object" && result !== null && Object.keys(result).join() === "value";
}

function isFailure(result: unknown): result is { readonly issues: readonly Issue[] } {
  if (typeof result !== "object" || result === null || Object.keys(result).join() !== "issues") return false;
  return "issues" in result && Array.isArray(result.issues) && result.issues.length > 0;
}

/** Lets esbuild read files that are not on disk. */
function inMemory(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: "in-memory",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer }) => ({
        path: posix.join(posix.dirname(importer), path).replace(/\.js$/, ".ts"),
        namespace: "output",
      }));
      build.onLoad({ filter: /.*/, namespace: "output" }, ({ path }) => {
        const contents = files.get(path);
        return contents === undefined
          ? { errors: [{ text: `the output has no ${path}` }] }
          : { contents, loader: "ts" };
      });
    },
  };
}
