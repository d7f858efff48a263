import { join } from "node:path";
import type { App } from "../../../cli/app.ts";
import { GitError } from "../../../config/git.ts";
import { gitText } from "../../../workspace/git_text.ts";
import { walkFolder } from "../../../workspace/walk_folder.ts";
import { openGit } from "../../open_git.ts";

/** Where git keeps what is staged, what is checked out, and where branches are. */
export interface GitPlaces {
  /** Of the work tree. */
  top: string;
  /** Each without those in it. */
  folders: string[];
  /** With all that is in it. */
  refs: string;
}

/** Undefined outside of a repository; who needs one says so. */
export async function gitPlaces(app: App): Promise<GitPlaces | undefined> {
  try {
    const asked = ["--show-toplevel", "--git-dir", "--git-common-dir"];
    const text = await gitText(openGit(app), ["rev-parse", "--path-format=absolute", ...asked]);
    const [top = "", own = "", common = own] = text.split("\n");
    return { top, folders: [own, common, join(common, "info")], refs: join(common, "refs") };
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/** Tells of the folders of a tree that a walk would look into; its files are left alone. */
export async function eachFolder(root: string, onFolder: (folder: string) => void): Promise<void> {
  const walk = walkFolder(root, { want: () => undefined, onProblem() {}, onFolder });
  for await (const _ of walk);
}
