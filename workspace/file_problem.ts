import { codeOf } from "../config/read_small_file.ts";
import { ToolError } from "../config/tool_error.ts";

export { codeOf };

/** What the operating system's error codes mean to a person: the state, and what to do about it. */
const PROBLEMS = new Map<string, [state: string, hint: string]>(Object.entries({
  ENOENT: ["no such file or folder", "check the spelling"],
  ENOTDIR: ["a part of the path is not a folder", "check the spelling"],
  EACCES: ["permission denied", "check who may use it"],
  EPERM: ["permission denied", "check who may use it"],
  EROFS: ["the file system is read-only", "copy the files to another place"],
  ELOOP: ["its symbolic links lead in a circle", "mend the links"],
  ENAMETOOLONG: ["the path is too long", "give a shorter one"],
  ENOSPC: ["no space left on the disk", "free some space; the file is unchanged"],
  EDQUOT: ["the disk quota is used up", "free some space; the file is unchanged"],
  EFBIG: ["the file would be larger than allowed here", "see ulimit -f; the file is unchanged"],
  EMFILE: ["too many open files", "raise ulimit -n"],
  ENXIO: ["it is not a regular file", "give a text file"],
  EIO: ["the disk reports an error", "check the disk"],
  ESTALE: ["the network drive has changed", "try again"],
}));

/** The state a failed file operation found, in a few words: "permission denied". */
export function describeFileProblem(error: unknown): string {
  return PROBLEMS.get(codeOf(error))?.[0] ??
    (error instanceof Error ? firstLine(error) : String(error));
}

/**
 * What to throw for a failed file operation: `Cannot ‹action› "‹path›": ‹state›` for an error of
 * the operating system. A ToolError stays as it is, and so does a fault of ours.
 */
export function fileError(action: string, path: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const hint = PROBLEMS.get(codeOf(error))?.[1];
  const state = describeFileProblem(error);
  return new ToolError(`Cannot ${action} ${JSON.stringify(path)}: ${state}`, {
    hint,
    cause: error,
  });
}

/** `ERR_…` is how Node calls wrong arguments. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && /^(?!ERR_)E[A-Z0-9]+$|^UNKNOWN$/.test(codeOf(error));
}

function firstLine({ message }: Error): string {
  return message.split("\n", 1)[0] ?? message;
}
