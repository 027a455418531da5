/** What `import ... from "qapi:..."` asks for. */
import { basename, dirname, extname, isAbsolute, join, relative } from "node:path";
import { printable } from "../printable.js";

/** What such specifiers begin with. */
export const SCHEME = "qapi:";

/** The same, for bundlers that filter what they ask plugins about. */
export const SPECIFIER: RegExp = /^qapi:/;

/** A schema that is imported. */
export interface QapiImport {
  /** A path, or a release: what `SchemaConfig.schema` takes. */
  readonly schema: string;
  /** What its output is called: a file name that is the same on every machine, and no other schema's. */
  readonly name: string;
}

/** A specifier makes no sense: why, in a sentence with what to do. */
export class SpecifierError extends Error {
  override readonly name = "SpecifierError";
}

/**
 * The schema that a specifier means: `qapi:./net.json` and `qapi:../net.json` are relative to the importing file,
 * `qapi:/schema/net.json` to the root, and `qapi:qemu@10.2` is a release of QEMU.
 *
 * @param importer - The importing file; undefined, or no absolute path, where there is none.
 * @param root - The bundler's root, an absolute path.
 * @throws SpecifierError
 */
export function parseSpecifier(specifier: string, importer: string | undefined, root: string): QapiImport {
  const request = specifier.slice(SCHEME.length);
  if (/^[a-z][a-z-]*@[0-9.]+$/.test(request)) return { schema: request, name: request.replace("@", "-") };
  if (request.startsWith("/")) return schemaAt(join(root, request), root);
  if (!/^\.\.?\//.test(request)) {
    throw new SpecifierError(
      `'${printable(specifier)}' is no schema: write 'qapi:./FILE' for what is beside the importing file, 'qapi:/FILE' for ` +
        "what is below the root of the project, or 'qapi:qemu@10.2' for a release",
    );
  }
  // What other plugins make of a file has a query behind its name: 'App.vue?vue&type=script'.
  const file = importer?.replace(/[?#].*$/, "");
  if (file === undefined) return schemaAt(join(root, request), root);
  if (!isAbsolute(file)) {
    throw new SpecifierError(
      `'${printable(specifier)}' is relative to '${printable(file)}', which is no file: write 'qapi:/FILE', with the path ` +
        "from the root of the project",
    );
  }
  return schemaAt(join(dirname(file), request), root);
}

function schemaAt(schema: string, root: string): QapiImport {
  const path = relative(root, schema).replaceAll("\\", "/");
  const stem = basename(schema, extname(schema)).replace(/[^A-Za-z0-9_-]/g, "-");
  return { schema, name: `${stem === "" ? "schema" : stem}-${shortHash(path)}` };
}

/** Eight hexadecimal digits that tell paths apart. */
function shortHash(text: string): string {
  return process.getBuiltinModule("node:crypto").hash("sha256", text).slice(0, 8);
}
