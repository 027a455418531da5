/** The plugin in Vite: as in Rollup when it builds, with a server otherwise. */
import { SPECIFIER } from "./qapi-import.js";
import { rollupHooks, type RollupContext, type RollupHooks } from "./rollup-hooks.js";
import type { Session } from "./session.js";
import { ServerSession, type Resolved, type ResolveOptions, type ViteLogger, type ViteServer } from "./vite-server.js";

/** What of Vite's configuration matters. */
export interface ViteConfig {
  readonly root: string;
  readonly command: "build" | "serve";
  readonly logger: ViteLogger;
}

/** The hooks of two plugins of Vite. */
export interface ViteHooks {
  /** For builds and servers. */
  readonly always: Pick<RollupHooks, "buildStart"> & {
    configResolved(config: ViteConfig): void;
    readonly resolveId: {
      readonly filter: { readonly id: RegExp };
      handler(
        this: RollupContext,
        specifier: string,
        importer: string | undefined,
        options: ResolveOptions,
      ): Promise<Resolved | undefined>;
    };
  };
  /** For servers: it is asked about every import, which would cost builds time. */
  readonly serving: {
    readonly apply: "serve";
    configureServer(vite: ViteServer): Promise<void>;
    resolveId(
      this: RollupContext,
      source: string,
      importer: string | undefined,
      options: ResolveOptions,
    ): Promise<undefined>;
  };
}

/** @param open - Opens the session, in the root of the project. */
export function viteHooks(open: (root: string) => Promise<Session>): ViteHooks {
  let session: Promise<Session> | undefined;
  let server: Promise<ServerSession> | undefined;
  const build = rollupHooks(() => (session ??= open(process.cwd())), "ts", false);
  return {
    always: {
      configResolved({ root, command, logger }) {
        session = open(root);
        if (command === "serve") server = session.then((one) => new ServerSession(one, logger));
      },
      async buildStart() {
        // A server that does not start has no page to show why.
        if (server === undefined) await build.buildStart.call(this);
        else await (await server).update();
      },
      resolveId: {
        ...build.resolveId,
        async handler(specifier, importer, options) {
          if (!SPECIFIER.test(specifier)) return undefined;
          const serving = await server;
          if (serving === undefined) return build.resolveId.handler.call(this, specifier, importer);
          return serving.resolve(this, specifier, importer, options);
        },
      },
    },
    serving: {
      apply: "serve",
      async configureServer(vite) {
        (await server)?.attach(vite);
      },
      async resolveId(source, importer, options) {
        (await server)?.refuseMissing(this, source, importer, options);
        return undefined;
      },
    },
  };
}
