/**
 * What is written down of a run that went well, so that the next one can see that it would change nothing: what was looked at,
 * what was made, and what was said.
 *
 * Contents are compared by their hashes: a record is right whatever has happened to files in between, on this machine or another.
 * Where that has been done once, each file gets a stamp, and is not read again as long as it has that.
 */
import { lstatSync, readdirSync, readFileSync, statSync, type BigIntStats } from "node:fs";
import { contentHash } from "./content-hash.js";
import { isObject } from "./is-object.js";

/** A file and what is in it. Its size, in bytes, is the first that differs. */
export type FileRecord = readonly [path: string, size: number, hash: string];

/** All that a run depended on and led to. Paths are as the run had them: relative to its current directory, or absolute. */
export interface RunRecord {
  /** What was asked for, and of which qapi-codegen: see `runKey`. */
  readonly key: string;
  /** Files that were read. */
  readonly read: readonly FileRecord[];
  /** What paths led to; an empty text: to nothing. */
  readonly kinds: readonly (readonly [path: string, kind: string])[];
  /** Names in directories, those with a suffix, sorted. */
  readonly names: readonly (readonly [path: string, suffix: string, ...names: string[]])[];
  /** Files that were made, and manifests: regular files, not links to them. */
  readonly made: readonly FileRecord[];
  /** Directories that were made. */
  readonly folders: readonly string[];
  /**
   * Of the files that were read and those that were made, as they were when their contents were last compared: see `stampOf`. Absent:
   * not yet.
   */
  readonly stamps?: readonly string[];
  /** What to say when all of it is still so; {@link TIME} stands for how long it took. */
  readonly text: string;
}

/** What cannot be in a text that is fit for a terminal. */
export const TIME = "\0";

/** Reads a record; undefined for what is none. */
export function parseRecord(text: string): RunRecord | undefined {
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : undefined;
}

/**
 * The stamps of all files, if everything is as it was recorded; undefined if not.
 *
 * @param time - What time it is, in ms since 1970.
 * @throws what the system says against looking at it.
 */
export function compare(record: RunRecord, time: number = Date.now()): readonly string[] | undefined {
  const { read, kinds, names, made, folders, stamps: known = [] } = record;
  const stamps: string[] = [];
  const isUnchanged = ([path, size, hash]: FileRecord, status: BigIntStats): boolean => {
    const stamp = stampOf(status, time);
    const isStamped = stamp !== NEW && stamp === known[stamps.length];
    stamps.push(stamp);
    // What is no regular file may have no end.
    return status.isFile() && (isStamped || (Number(status.size) === size && contentHash(readFileSync(path)) === hash));
  };
  const isAsBefore =
    read.every((file) => isUnchanged(file, statSync(file[0], EXACT))) &&
    kinds.every(([path, kind]) => kindAt(path) === kind) &&
    names.every(([path, suffix, ...known]) => haveSameNames(path, suffix, known)) &&
    folders.every((path) => lstatSync(path).isDirectory()) &&
    made.every((file) => isUnchanged(file, lstatSync(file[0], EXACT)));
  return isAsBefore ? stamps : undefined;
}

const EXACT = { bigint: true } as const;

/** So long, in ns, a change may go without a later time than the one before: some file systems count in steps of two seconds. */
const BLINK = 3_000_000_000n;

/**
 * What no change of a file leaves as it is, since nobody can set the time of its last change; `NEW` where that is so recent that another
 * change might have the same.
 */
function stampOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats, time: number): string {
  const isSettled = ctimeNs + BLINK < BigInt(time) * 1_000_000n;
  return isSettled ? [dev, ino, size, mtimeNs, ctimeNs].join(" ") : NEW;
}

/** A stamp that says nothing. */
const NEW = "";

function kindAt(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return "";
  return status.isDirectory() ? "directory" : "file";
}

function haveSameNames(path: string, suffix: string, known: readonly string[]): boolean {
  const names = readdirSync(path).filter((name) => name.endsWith(suffix));
  return names.length === known.length && names.sort().every((name, index) => name === known[index]);
}

function isRecord(value: unknown): value is RunRecord {
  return (
    isObject(value) &&
    typeof value["key"] === "string" &&
    typeof value["text"] === "string" &&
    isListOf(value["read"], isFileRecord) &&
    isListOf(value["made"], isFileRecord) &&
    isListOf(value["kinds"], (item) => isListOf(item, isString) && item.length === 2) &&
    isListOf(value["names"], (item) => isListOf(item, isString) && item.length >= 2) &&
    isListOf(value["folders"], isString) &&
    (value["stamps"] === undefined || isListOf(value["stamps"], isString))
  );
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[];
function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean;
function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isFileRecord(value: unknown): value is FileRecord {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    isString(value[0]) &&
    Number.isSafeInteger(value[1]) &&
    isString(value[2])
  );
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
