// npm run update-image -- SOURCE [VERSION]: makes the images of a release of QEMU (images/*.json.br), of its source tree or the
// tarball that it comes in. With --to DIR they are written there.
import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { imageOf } from "../out/build/image.js";
import { PRODUCTS } from "../out/build/release.js";
import { formatText } from "../out/diagnostic-report.js";

/** Where the schema of each product is in QEMU's tree. */
const SCHEMAS = {
  qemu: "qapi/qapi-schema.json",
  qga: "qga/qapi-schema.json",
  "storage-daemon": "storage-daemon/qapi/qapi-schema.json",
};

/** What is wrong with what was asked for. */
class Mistake extends Error {}

const temporary = [];
try {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { to: { type: "string" } } });
  const [source, given, ...others] = positionals;
  if (source === undefined || others.length > 0) {
    throw new Mistake(
      "usage: npm run update-image -- SOURCE [VERSION]\n" +
        "SOURCE is QEMU's source tree, or its tarball; VERSION (as 10.2) is for a tree without a file VERSION",
    );
  }
  if (!existsSync(source)) throw new Mistake(`there is nothing at '${source}'`);
  const tree = statSync(source).isDirectory() ? source : unpack(source);
  update(tree, source, versionOf(tree, given), values.to ?? fileURLToPath(new URL("../images", import.meta.url)));
} catch (error) {
  const isUsage = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof Mistake) && !isUsage) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  for (const directory of temporary) rmSync(directory, { recursive: true, force: true });
}

/**
 * @param {string} tree
 * @param {string} source - What the tree is called in messages.
 * @param {string} version
 * @param {string} folder
 */
function update(tree, source, version, folder) {
  // All are read before any is written: there is all of a release, or nothing.
  const images = PRODUCTS.map((product) => {
    const schema = join(tree, SCHEMAS[product]);
    if (!existsSync(schema)) throw new Mistake(`'${source}' is not QEMU's source tree: it has no ${SCHEMAS[product]}`);
    const result = imageOf({ schema, docs: "versions" });
    if (!result.ok) throw new Mistake(formatText(result.diagnostics, { color: false }).trimEnd());
    return { file: join(folder, `${product}-${version}.json.br`), text: result.text };
  });
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of images) {
    const bytes = compress(text);
    // What is the same is left alone, since another version of Brotli may write it otherwise.
    const isSame = existsSync(file) && decompress(file) === text;
    if (!isSame) writeFileSync(file, bytes);
    const size = isSame ? statSync(file).size : bytes.length;
    console.log(`${isSame ? "Unchanged" : "Wrote"} ${file}: ${String(size)} bytes`);
  }
}

/** @param {string} text */
function compress(text) {
  const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_MODE: mode, BROTLI_PARAM_SIZE_HINT: hint } = constants;
  const bytes = Buffer.from(text);
  const params = { [quality]: constants.BROTLI_MAX_QUALITY, [mode]: constants.BROTLI_MODE_TEXT, [hint]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

/** @param {string} file */
function decompress(file) {
  try {
    return brotliDecompressSync(readFileSync(file)).toString();
  } catch {
    return undefined; // It is damaged, and written anew.
  }
}

/**
 * The schemas of a tarball, in a temporary directory.
 *
 * @param {string} tarball
 */
function unpack(tarball) {
  const names = tar(["-tf", tarball]).split("\n");
  const wanted = names.filter((name) =>
    /^(?:\.\/)?[^/]+\/(?:VERSION|(?:qapi|qga|storage-daemon\/qapi)\/[^/]+\.json)$/.test(name),
  );
  if (wanted.length === 0) throw new Mistake(`there is no source tree of QEMU in '${tarball}'`);
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-tree-"));
  temporary.push(directory);
  tar(["-xf", tarball, "-C", directory, ...wanted]);
  const [top, ...others] = readdirSync(directory);
  if (top === undefined || others.length > 0) throw new Mistake(`there is more than one source tree in '${tarball}'`);
  return join(directory, top);
}

/** @param {readonly string[]} args */
function tar(args) {
  const { status, stdout, stderr, error } = spawnSync("tar", args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (error !== undefined) throw new Mistake(`cannot run tar, which opens tarballs: ${error.message}`);
  if (status !== 0) throw new Mistake(`tar cannot open '${args[1] ?? ""}':\n${stderr.trimEnd()}`);
  return stdout;
}

/**
 * `10.2` of what the command line or the tree says.
 *
 * @param {string} tree
 * @param {string | undefined} given
 */
function versionOf(tree, given) {
  const file = join(tree, "VERSION");
  const text = given ?? (existsSync(file) ? readFileSync(file, "utf8").trim() : undefined);
  if (text === undefined)
    throw new Mistake("which version is it? The tree has no file VERSION: name it behind the tree, as 10.2");
  const [, major, minor, micro = "0"] = /^(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(text) ?? [];
  if (major === undefined || minor === undefined)
    throw new Mistake(`'${text}' is no version of a release, as 10.2 or 10.2.0`);
  // What is developed is numbered from .50 on, candidates of the next release from .90 on.
  if (Number(micro) >= 50)
    throw new Mistake(`'${text}' is between two releases; to make images of it all the same, name a version`);
  return `${major}.${minor}`;
}
