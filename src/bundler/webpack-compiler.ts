/** What of webpack and Rspack matters to the plugin: their own types would have to be installed. */

/** A compiler, of which this is what we need. */
export interface WebpackCompiler {
  readonly context: string;
  readonly webpack: { readonly WebpackError: new (message: string) => WebpackError };
  readonly inputFileSystem: { purge?(files?: string[]): void } | null;
  readonly hooks: {
    readonly beforeRun: AsyncHook;
    readonly watchRun: AsyncHook;
    readonly compilation: {
      tap(name: string, action: (compilation: WebpackCompilation, factories: WebpackFactories) => void): void;
    };
    readonly thisCompilation: { tap(name: string, action: (compilation: WebpackCompilation) => void): void };
  };
}

/** A plugin as webpack and Rspack take it. */
export interface WebpackPlugin {
  apply: (compiler: WebpackCompiler) => void;
}

interface AsyncHook {
  tapPromise(name: string, action: () => Promise<void>): void;
}

/** One compilation. */
export interface WebpackCompilation {
  readonly errors: { push(error: WebpackError): unknown };
  readonly warnings: { push(warning: WebpackError): unknown };
  readonly fileDependencies: Paths;
  readonly contextDependencies: Paths;
  readonly missingDependencies: Paths;
}

interface Paths {
  add(path: string): unknown;
}

interface WebpackFactories {
  readonly normalModuleFactory: {
    readonly hooks: {
      readonly beforeResolve: { tapPromise(name: string, action: (request: ResolveRequest) => Promise<void>): void };
    };
  };
}

interface ResolveRequest {
  request: string;
  readonly contextInfo: { readonly issuer: string };
}

/** An error as its reports show it. */
export interface WebpackError extends Error {
  file?: string;
  loc?: unknown;
  hideStack?: boolean;
}
