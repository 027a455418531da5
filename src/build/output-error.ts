import type { Diagnostic } from "../diagnostic.js";

/** The output directory cannot be brought up to date; nothing in it is lost. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  /** Why, for people: at least one. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join("; "));
    this.diagnostics = diagnostics;
  }
}

/**
 * What the system says against `action` on `path`, as an {@link OutputError}; an error that is not the system's is a bug
 * of ours and thrown as it is.
 */
export function systemError(error: unknown, action: string, path: string): OutputError {
  const code = systemErrorCode(error);
  if (code === undefined) throw error;
  const [reason, hint] = REASONS[code] ?? [code, undefined];
  const message = `cannot ${action} '${path}': ${reason}`;
  return new OutputError([{ code: "output-unwritable", message, ...(hint !== undefined && { hint }) }]);
}

/** The code of an error of the system, such as `ENOSPC`. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error
    ? error.code
    : undefined;
}

const RETRY = "what was written so far is complete and known to be ours: run the same command again";

const REASONS: Readonly<Record<string, readonly [reason: string, hint?: string]>> = {
  EACCES: ["permission denied"],
  EDQUOT: ["the disk quota is used up", RETRY],
  EEXIST: ["a file is in the way", "choose another output directory, or move the file away"],
  EISDIR: ["a directory is in the way"],
  ELOOP: ["too many symbolic links"],
  EMFILE: ["too many open files", RETRY],
  ENAMETOOLONG: ["the name is too long"],
  ENOENT: ["no such file or directory"],
  ENOSPC: ["no space left on the device", RETRY],
  ENOTDIR: ["a part of the path is a file, not a directory"],
  EPERM: ["not permitted"],
  EROFS: ["the file system is read-only"],
};
