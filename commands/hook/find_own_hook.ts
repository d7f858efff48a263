import type { App } from "../../cli/app.ts";
import { GitError } from "../../config/git.ts";
import { findHook, type GitHook } from "../../workspace/git_hook.ts";
import { explainGit } from "../explain_git.ts";
import { openGit } from "../open_git.ts";

/** The hook of this repository. @throws {ToolError} when there is no repository */
export async function findOwnHook(app: App): Promise<GitHook> {
  try {
    return await findHook(openGit(app), app.cwd);
  } catch (error) {
    throw error instanceof GitError ? explainGit(error, "find the hooks of", app.cwd) : error;
  }
}
