import { ToolError } from "../config/tool_error.ts";

/**
 * The arguments that make `git diff` compare the work tree with a revision; `main...` and `main...HEAD` are where the
 * branch that is checked out left `main`.
 *
 * @throws {ToolError} when it can be none
 */
export function comparison(revision: string): string[] {
  const [, base] = /^(.+?)\.\.\.(?:HEAD|@)?$/s.exec(revision) ?? [];
  const commit = base ?? revision;
  refuseOther(commit, revision);
  return [
    ...(base === undefined ? [] : ["--merge-base"]),
    "--end-of-options",
    `${commit}^{commit}`,
  ];
}

function refuseOther(commit: string, revision: string): void {
  const cannot = `Cannot compare with ${JSON.stringify(revision)}`;
  if (commit.includes("..")) {
    throw new ToolError(`${cannot}: it is a range`, {
      hint: 'the files as they are now are compared with one revision: give "main" or "main..."',
    });
  }
  // deno-lint-ignore no-control-regex -- none of these is in any name that git allows
  if (commit === "" || /^[-^]|[\0-\x1f\x7f]/.test(commit)) {
    throw new ToolError(`${cannot}: it is no revision`, {
      hint: "give a branch, a tag or a commit",
    });
  }
}
