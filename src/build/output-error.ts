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

/** Runs what the system may refuse. @throws OutputError that says that it refused `action` on `path`. */
export function attempt(action: string, path: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    throw error instanceof OutputError ? error : systemError(error, action, path);
  }
}

/** The code of an error of the system, such as `ENOSPC`. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error
    ? error.code
    : undefined;
}

const RETRY = "nothing was changed: make room and run the same command again";

const REASONS: Readonly<Record<string, readonly [reason: string, hint?: string]>> = {
  EACCES: ["permission denied"],
  EDQUOT: ["the disk quota is used up", RETRY],
  EEXIST: ["a file is in the way", "choose another output directory, or move the file away"],
  EBUSY: ["something else uses it"],
  EISDIR: ["a directory is in the way"],
  ELOOP: ["too many symbolic links"],
  EMFILE: [
    "too many open files",
    "nothing was changed: run the same command again, where more may be open ('ulimit -n')",
  ],
  ENFILE: ["too many open files on this machine", "nothing was changed: run the same command again"],
  ENAMETOOLONG: ["the name is too long"],
  ENOENT: ["no such file or directory"],
  ENOSPC: ["no space left on the device", RETRY],
  ENOTDIR: ["a part of the path is a file, not a directory"],
  EPERM: ["not permitted"],
  EXDEV: ["it is on another file system than the output directory"],
  EROFS: ["the file system is read-only"],
};
