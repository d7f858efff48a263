import type { GitError } from "../config/git.ts";
import { ToolError } from "../config/tool_error.ts";

/** What git's reasons mean, and what to do. The first that matches holds. */
const REASONS: [said: RegExp, state: string, hint: string][] = [
  [/^no such program/, "there is no git", "install git, or name files instead"],
  [/^not a git repository/, "it is in no git repository", "go to one, or name files instead"],
  [
    /bare repository|must be run in a work tree/,
    "the repository is bare: it has no files",
    "go to a work tree of it",
  ],
  [
    /^no merge base/,
    "the two have no commit in common here",
    "fetch more of the history: git fetch --unshallow",
  ],
  [
    /^(bad revision|ambiguous argument|unknown revision|invalid object name|.*Needed a single)/,
    "no such revision",
    "fetch it first; files are named before --diff, or behind --",
  ],
];

/** What is thrown where git could not tell what has changed. */
export function explainGit(
  { reason }: GitError,
  cwd: string,
  { revision }: { revision?: string } = {},
): ToolError {
  const cannot = revision === undefined
    ? `Cannot see what has changed in ${JSON.stringify(cwd)}`
    : `Cannot compare with ${JSON.stringify(revision)}`;
  const [, state, hint] = REASONS.find(([said]) => said.test(reason)) ?? [];
  if (state) return new ToolError(`${cannot}: ${state}`, { hint });
  const owned = /^detected dubious ownership/.test(reason);
  return new ToolError(`${cannot}: git says: ${reason}`, {
    hint: owned ? "if you trust it, add it to git's safe.directory" : undefined,
  });
}
