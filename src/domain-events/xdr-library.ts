/** `@stellar/js-xdr`, in whatever form the runtime or the bundler gives it. */
import * as exported from "@stellar/js-xdr";
import type { XdrLibrary } from "@stellar/js-xdr";

/** The library. */
export const xdr: XdrLibrary = libraryOf(exported);

// A function, since bundlers warn of `exported.default` where they see that there is none.
function libraryOf(module: XdrLibrary & { readonly default?: XdrLibrary }): XdrLibrary {
  return module.default ?? module;
}
