import type { Plugin } from "esbuild";
import type { SourceFile, TypeChecker } from "typescript";

/** A plugin for esbuild; `configuration` is the path of the tsconfig.json that the sources are compiled with. */
export function arrayLoops(configuration: string): Plugin;

/** The text of a file with its loops over arrays changed. */
export function withCountingLoops(file: SourceFile, checker: TypeChecker): string;
