import type { GitError } from "../config/git.ts";
import { ToolError } from "../config/tool_error.ts";

/** What git's reasons mean, and what to do. The first that matches holds. */
const REASONS: [said: RegExp, state: string, hint: string][] = [
  [/^no such program/, "there is no git", "install git"],
  [/^not a git repository/, "it is in no git repository", "go to one"],
  [
    /bare repository|must be run in a work tree/,
    "the repository is bare: it has no files",
    "go to a work tree of it",
  ],
  [
    /no merge base/,
    "the two have no commit in common here",
    "fetch more of the history: git fetch --unshallow",
  ],
  [
    /^(bad revision|ambiguous argument|bad object)/,
    "no such revision",
    "fetch it first; files are named before --diff, or behind --",
  ],
];

/**
 * What is thrown where git could not do its part.
 *
 * @param doing follows "Cannot"
 */
export function explainGit({ reason }: GitError, doing: string, what: string): ToolError {
  const cannot = `Cannot ${doing} ${JSON.stringify(what)}`;
  const [, state, hint] = REASONS.find(([said]) => said.test(reason)) ?? [];
  if (state) return new ToolError(`${cannot}: ${state}`, { hint });
  const isOwned = /^detected dubious ownership/.test(reason);
  return new ToolError(`${cannot}: git says: ${reason}`, {
    hint: isOwned ? "if you trust it: git config --global --add safe.directory FOLDER" : undefined,
  });
}
