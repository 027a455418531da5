/** Writes down what a run has done, for {@link recall}. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { builtinEmitters } from "../emitters/index.js";
import { contentHash, hashOfFile } from "./content-hash.js";
import { decompress, isCompressed } from "./disk-host.js";
import type { Generated, GenerateOptions } from "./generate.js";
import type { Inputs } from "./inputs.js";
import { filesOf, readManifest } from "./manifest.js";
import { MANIFEST } from "./output-path.js";
import { keepRecord, recordPlace, type Run } from "./run-cache.js";
import type { FileRecord, RunRecord } from "./run-record.js";

/** What was made of a schema, and of what it was made. */
export interface Made {
  readonly options: GenerateOptions;
  /** The disk as the run saw it: see {@link generateFrom}. */
  readonly inputs: Inputs;
  readonly result: Generated;
}

/**
 * Keeps a record of a run of the command line, if that is all that its result depends on. It only saves time, so that whatever is
 * in the way of it is nobody's concern.
 *
 * @param others - What was looked at besides, as for a configuration.
 * @param text - What the next run is to say if it has nothing to do; {@link TIME} stands for how many milliseconds it took.
 */
export function remember(run: Run, made: readonly Made[], others: readonly Inputs[], text: string): void {
  try {
    const place = recordPlace(run);
    const record = place === undefined ? undefined : recordOf(place.key, made, others, text);
    if (place === undefined || record === undefined) return;
    keepRecord(place, record);
  } catch {
    // What was written can already be something else.
  }
}

function recordOf(key: string, made: readonly Made[], others: readonly Inputs[], text: string): RunRecord | undefined {
  const inputs = [...others, ...made.map(({ inputs }) => inputs)];
  const outputs = made.map(outputOf);
  if (!inputs.every(({ wereRead }) => wereRead) || !outputs.every((output) => output !== undefined)) return undefined;
  return {
    key,
    read: inputs.flatMap(({ texts }) => [...texts].map(([path, content]) => inputRecord(path, content))),
    kinds: inputs.flatMap(({ kinds }) => [...kinds].map(([path, kind]) => [path, kind ?? ""] as const)),
    names: [
      ...inputs.flatMap(({ names }) => names),
      // What is stray is not ours, but what is new there may be.
      ...outputs.flatMap(({ folders }) => folders.map((path) => [path, "", ...readdirSync(path).sort()] as const)),
    ],
    made: outputs.flatMap(({ made }) => made),
    folders: outputs.flatMap(({ folders }) => folders.slice(1)),
    text,
  };
}

/** The files of an output and its folders, itself the first; undefined where more could change than files do. */
function outputOf({
  options: { output, emitters = [], target = "ts", write = true },
  result: { files, warnings },
}: Made): { readonly made: readonly FileRecord[]; readonly folders: readonly string[] } | undefined {
  // Emitters of others can look at anything, JavaScript depends on other packages, and a warning is given once.
  const isPure = emitters.every((emitter) => builtinEmitters.includes(emitter)) && target === "ts";
  if (!isPure || !write || warnings.length > 0) return undefined;
  const ours = filesOf(output, readManifest(output));
  const isSettled = ours.size === files.length && files.every(({ path }) => ours.has(path));
  if (!isSettled) return undefined; // There was another run at the same time.
  const folders = new Set<string>();
  for (const { path } of files) {
    for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) folders.add(folder);
  }
  const manifestFile = join(output, MANIFEST);
  return {
    made: [
      fileRecord(manifestFile, readFileSync(manifestFile, "utf8")),
      ...files.map((file): FileRecord => [join(output, file.path), Buffer.byteLength(file.text), hashOfFile(file)]),
    ],
    folders: [output, ...[...folders].map((folder) => join(output, folder))],
  };
}

/** @throws Error for a compressed file that has another text by now. */
function inputRecord(path: string, text: string): FileRecord {
  if (!isCompressed(path)) return fileRecord(path, text);
  const bytes = readFileSync(path);
  if (decompress(bytes) !== text) throw new Error(`${path} has changed`);
  return [path, bytes.length, contentHash(bytes)];
}

function fileRecord(path: string, text: string): FileRecord {
  return [path, Buffer.byteLength(text), contentHash(text)];
}
