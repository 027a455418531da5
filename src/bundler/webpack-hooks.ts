/** The plugin in webpack and Rspack. */
import { statSync } from "node:fs";
import { printable } from "../printable.js";
import { problemText, type Problem } from "./problem.js";
import { SCHEME } from "./qapi-import.js";
import type { Session, Update } from "./session.js";
import type { WebpackCompilation, WebpackCompiler, WebpackError } from "./webpack-compiler.js";

const NAME = "qapi-codegen";

/** Brings outputs up to date before each compilation, of which problems are errors; and resolves imports by `qapi:`. */
export function applyToCompiler(compiler: WebpackCompiler, open: (root: string) => Promise<Session>): void {
  let session: Session | undefined;
  let last: Update | undefined;
  const update = async (): Promise<void> => {
    session ??= await open(compiler.context);
    last = await session.update();
    // What was read of them before we wrote is kept for a while, otherwise.
    if (last.changed.length > 0) compiler.inputFileSystem?.purge?.([...last.changed]);
  };
  compiler.hooks.beforeRun.tapPromise(NAME, update);
  compiler.hooks.watchRun.tapPromise(NAME, update);

  const errorOf = (problem: Problem): WebpackError => webpackError(compiler, problem);
  compiler.hooks.thisCompilation.tap(NAME, (compilation) => {
    if (session === undefined || last === undefined) return;
    watchInputs(compilation, session);
    for (const problem of last.problems) compilation.errors.push(errorOf(problem));
    for (const message of last.warnings) compilation.warnings.push(errorOf({ message }));
  });
  compiler.hooks.compilation.tap(NAME, (compilation, { normalModuleFactory }) => {
    normalModuleFactory.hooks.beforeResolve.tapPromise(NAME, async (request) => {
      if (!request.request.startsWith(SCHEME)) return;
      session ??= await open(compiler.context);
      const { issuer } = request.contextInfo;
      const imported = await session.import(request.request, issuer === "" ? undefined : issuer, "js");
      watchInputs(compilation, session);
      if ("file" in imported) {
        request.request = imported.file;
        return;
      }
      // Those of an update are told already.
      const known = new Set(last?.problems.map(problemText));
      for (const problem of imported.problems) {
        if (!known.has(problemText(problem))) compilation.errors.push(errorOf(problem));
      }
      throw errorOf({ message: `there is no module '${printable(request.request)}': its schema cannot be used` });
    });
  });
}

function watchInputs(compilation: WebpackCompilation, { inputs }: Session): void {
  for (const path of inputs) {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) compilation.missingDependencies.add(path);
    else if (status.isDirectory()) compilation.contextDependencies.add(path);
    else compilation.fileDependencies.add(path);
  }
}

function webpackError(compiler: WebpackCompiler, { message, place }: Problem): WebpackError {
  const frame = place === undefined || place.frame === "" ? "" : `\n${place.frame}`;
  const error = new compiler.webpack.WebpackError(message + frame);
  error.name = "QapiError";
  error.hideStack = true;
  error.stack = error.message;
  if (place !== undefined) {
    const { file, line, column, length } = place;
    error.file = file;
    // Columns count from 0 there.
    error.loc = { start: { line, column: column - 1 }, end: { line, column: column - 1 + length } };
  }
  return error;
}
