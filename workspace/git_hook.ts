import { lstatSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type Git, GitError } from "../config/git.ts";
import { createFile } from "./create_file.ts";
import { fileError } from "./file_problem.ts";
import { gitText } from "./git_text.ts";
import { isEditedScript, isOwnScript } from "./hook_script.ts";
import { readRegularFile } from "./read_file.ts";
import { replaceFile } from "./replace_file.ts";

/** What runs before each commit of a repository. */
export interface GitHook {
  /** Where git looks for it, absolute. */
  path: string;
  /** The folder that `core.hooksPath` names, as it is written; then somebody else takes care of hooks. */
  hooksPath?: string;
  state: "absent" | "ours" | "edited" | "foreign";
  /** Empty when there is none, or it is no file. */
  text: string;
}

/**
 * The hook of the repository that `cwd` is in; work trees of one repository share it.
 *
 * @throws {GitError} when there is no repository
 */
export async function findHook(git: Git, cwd: string): Promise<GitHook> {
  const [folder, configured] = await Promise.all([hooksFolder(git, cwd), configuredFolder(git)]);
  const top = configured === undefined ? cwd : await topOf(git, cwd);
  const named = configured === undefined ? folder : resolve(top, configured);
  const path = join(named, "pre-commit");
  return { path, ...named === folder ? {} : { hooksPath: configured }, ...look(path) };
}

async function hooksFolder(git: Git, cwd: string): Promise<string> {
  const folder = await gitText(git, ["rev-parse", "--git-common-dir"]);
  return join(resolve(cwd, withoutNewline(folder)), "hooks");
}

async function configuredFolder(git: Git): Promise<string | undefined> {
  const args = ["config", "-z", "--type=path", "--get", "core.hooksPath"];
  try {
    return (await gitText(git, args, { seesHooks: true })).split("\0")[0];
  } catch (error) {
    // That is how it says that there is none.
    if (error instanceof GitError && error.code === 1) return undefined;
    throw error;
  }
}

/** A bare repository has no work tree; hooks run in it. */
async function topOf(git: Git, cwd: string): Promise<string> {
  const top = await gitText(git, ["rev-parse", "--show-toplevel"]).catch(() => cwd);
  return withoutNewline(top);
}

function withoutNewline(text: string): string {
  return text.replace(/\r?\n$/, "");
}

/** A symbolic link, of the file or of its folder, leads to what others may use too: it is not ours. */
function look(path: string): Pick<GitHook, "state" | "text"> {
  if (lstatSync(dirname(path), { throwIfNoEntry: false })?.isSymbolicLink()) {
    return { state: "foreign", text: "" };
  }
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) return { state: "absent", text: "" };
  if (!status.isFile()) return { state: "foreign", text: "" };
  const text = new TextDecoder().decode(readRegularFile(path, { noFollow: true }));
  const state = isOwnScript(text) ? "ours" : isEditedScript(text) ? "edited" : "foreign";
  return { state, text };
}

/** Writes a hook where there is none, or over one that is ours. @throws {ToolError} */
export async function writeHook({ path, state, text: old }: GitHook, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  if (state === "ours") {
    return await replaceFile(path, bytes, { expect: new TextEncoder().encode(old) });
  }
  await mkdir(dirname(path), { recursive: true }).catch((error) => {
    throw fileError("write", path, error);
  });
  await createFile(path, bytes, { mode: 0o777 });
}

/** Removes a hook that is ours. @throws {ToolError} */
export async function removeHook({ path }: GitHook): Promise<void> {
  await rm(path).catch((error) => {
    throw fileError("remove", path, error);
  });
}
