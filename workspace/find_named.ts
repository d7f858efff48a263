import { relative, sep } from "node:path";
import type { Boundary } from "./confine_path.ts";
import { walkFolder } from "./walk_folder.ts";

/** More are no answer to "which one". */
const MOST_FOUND = 20;
/** Of a search, which a person waits for: milliseconds. */
const MOST_MS = 1_000;

/**
 * The text files of a name beneath the boundary, relative to it, at most 20; what Git ignores is left
 * out, and what is not found within a second.
 *
 * @throws the reason of `signal` once that is aborted
 */
export async function findNamed(
  { named }: Boundary,
  name: string,
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  const patience = AbortSignal.timeout(MOST_MS);
  const options = {
    extensions: [sep + name],
    onProblem: () => {}, // what cannot be read is not found
    signal: AbortSignal.any([signal, patience]),
  };
  try {
    for await (const path of walkFolder(named, options)) {
      if (found.push(relative(named, path)) >= MOST_FOUND) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!patience.aborted) throw error;
  }
  return found;
}
