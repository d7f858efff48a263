import { type Git, GitError } from "../config/git.ts";
import { gitText } from "./git_text.ts";

/**
 * Settings that turn off all filters that the configuration names: git would run their programs on files of the work
 * tree, to compare them.
 *
 * @throws {GitError} when there is one that cannot be turned off
 */
export async function withoutFilters(git: Git): Promise<string[]> {
  const args = ["config", "-z", "--name-only", "--get-regexp", "^filter\\."];
  const names = await gitText(git, args).catch((error) => {
    // That is how it says that there are none.
    if (error instanceof GitError && error.code === 1) return "";
    throw error;
  });
  const filters = new Set(names.split("\0").map(filterOf).filter((one) => one !== undefined));
  return [...filters].flatMap((filter) => [
    `filter.${filter}.clean=`,
    `filter.${filter}.smudge=`,
    `filter.${filter}.process=`,
    `filter.${filter}.required=false`,
  ]);
}

/**
 * `lfs` of `filter.lfs.clean`. A name with `=` would end too soon where it is given with `-c`, and one that is no
 * UTF-8 would be another.
 */
function filterOf(key: string): string | undefined {
  const [, filter] = /^filter\.(.*)\.[^.]*$/s.exec(key) ?? [];
  if (filter === undefined || !/[=\ufffd]/.test(filter)) return filter;
  throw new GitError(`the filter ${JSON.stringify(filter)} cannot be turned off`);
}
