/**
 * From an image to the syntax tree that its model can be built of again. So an image is checked as all else is: whoever
 * wrote it may have made mistakes.
 */
import { JsonError, type JsonValue } from "../json-text.js";
import type { LoadedFile } from "../load.js";
import { resolvePath } from "../path.js";
import { EntryReader } from "./entry-reader.js";
import { IMAGE_KEY, IMAGE_VERSION } from "./format.js";
import { PlacedSource } from "./placed-source.js";

const IMAGE_KEYS: ReadonlySet<string> = new Set([IMAGE_KEY, "modules"]);
const MODULE_KEYS: ReadonlySet<string> = new Set(["name", "root", "entries"]);

/** Whether a document calls itself an image, be it a good one or not. */
export function isImage(document: JsonValue): boolean {
  return document.isObject() && document.get(IMAGE_KEY) !== undefined;
}

/**
 * The files that an image was made of, as far as they are in it.
 *
 * @param path - The path of the image.
 * @throws JsonError when it is not as it should be.
 */
export function readImage(image: JsonValue, path: string): readonly LoadedFile[] {
  const version = image.required(IMAGE_KEY);
  if (version.integer(1) > IMAGE_VERSION) {
    throw new JsonError(
      `this image is of version ${String(version.raw)}, which this qapi-codegen does not know yet`,
      version.span(),
      "update qapi-codegen, or make the image anew with this one",
    );
  }
  image.only(IMAGE_KEYS);
  const modules = image.required("modules");
  const names = new Set<string>();
  const files = modules.each((module): LoadedFile => {
    module.only(MODULE_KEYS);
    const name = moduleName(module.required("name"), names);
    const source = new PlacedSource(name);
    const entries = module.required("entries").each((entry) => new EntryReader(entry, source).read());
    const span = source.span({ line: 1, column: 1 }, 0);
    const isRoot = module.get("root")?.boolean() ?? false;
    const nothing = { broken: [], isPartial: false, notes: [], hasNoStyle: true } as const;
    return { path, name, isRoot, node: { kind: "file", entries, ...nothing, span } };
  });
  if (files.length === 0) modules.fail("should have a module");
  wholeSignals(files);
  return files;
}

/** Every command that connects to a signal has its counterpart. */
function wholeSignals(files: readonly LoadedFile[]): void {
  const commands = files.flatMap(({ node }) => node.entries.filter((entry) => entry.kind === "command"));
  const names = new Set(commands.map(({ name }) => name.text));
  for (const { name, signal } of commands) {
    if (signal === undefined || names.has(signal.disconnect)) continue;
    throw new JsonError(
      `command '${name.text}' connects to a signal, and there is no command '${signal.disconnect}'`,
      name.span,
    );
  }
}

function moduleName(value: JsonValue, earlier: Set<string>): string {
  const name = value.string();
  if (name === "" || /[\u0000-\u001f]/.test(name) || resolvePath("", name) !== name) value.wrong("a normalised path");
  if (earlier.has(name)) value.fail("is the name of an earlier module");
  earlier.add(name);
  return name;
}
