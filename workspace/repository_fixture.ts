import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { withFolder } from "./testing_folder.ts";

/** A git repository for a test. */
export interface Repository {
  /** Absolute. */
  folder: string;
  /** Runs git in it, as a person would; gives what it writes. @throws {Error} when it fails */
  git(...args: string[]): Promise<string>;
  /** Writes files; a text with `->` in front is a symbolic link's target. */
  write(files: Record<string, string | Uint8Array>): Promise<void>;
  /** Writes files, and stages and commits all that is there. */
  commit(files?: Record<string, string | Uint8Array>): Promise<void>;
  /** The same in another folder: a work tree, a submodule, a clone. */
  at(folder: string): Repository;
}

/** Nothing of who runs the tests, or of the hook that may do so. */
export const TEST_ENVIRONMENT: Record<string, string> = {
  PATH: Deno.env.get("PATH") ?? "",
  HOME: "/nonexistent",
  LC_ALL: "C",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  ...Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((who) => [
      [`GIT_${who}_NAME`, "Test"],
      [`GIT_${who}_EMAIL`, "test@example.com"],
    ]),
  ),
};

/** The environment of {@link Repository.git}, for what is tested. */
export const testEnvironment = (name: string): string | undefined => TEST_ENVIRONMENT[name];

/** Makes a repository in a temporary folder for a test, and removes it afterwards. */
export async function withRepository(
  use: (repository: Repository) => Promise<void>,
  ...init: string[]
): Promise<void> {
  await withFolder({}, async (folder) => {
    const repository = repositoryAt(folder);
    await repository.git("init", "--quiet", "--initial-branch=main", ...init);
    await use(repository);
  });
}

function repositoryAt(folder: string): Repository {
  const git = async (...args: string[]) => {
    const options = { args, cwd: folder, env: TEST_ENVIRONMENT, clearEnv: true };
    const { success, stdout, stderr } = await new Deno.Command("git", options).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    if (!success) throw new Error(`git ${args.join(" ")}: ${text(stdout)}${text(stderr)}`);
    return text(stdout);
  };
  const write: Repository["write"] = async (files) => {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      const isLink = typeof content === "string" && content.startsWith("->");
      await (isLink ? symlink(content.slice(2), path) : writeFile(path, content));
    }
  };
  const commit: Repository["commit"] = async (files = {}) => {
    await write(files);
    await git("add", "--all");
    await git("commit", "--quiet", "--no-verify", "--allow-empty", "--message", "x");
  };
  return { folder, git, write, commit, at: (other) => repositoryAt(join(folder, other)) };
}
