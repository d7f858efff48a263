import type { Git, GitOptions } from "../config/git.ts";

/** What is kept of an answer; those asked for here are short. */
const MOST_BYTES = 1024 * 1024;

/**
 * What git writes, at most 1 MiB.
 *
 * @throws {GitError} when it fails
 */
export async function gitText(git: Git, args: string[], options?: GitOptions): Promise<string> {
  const { stdout, done, end } = git(args, options);
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of stdout) {
    if ((bytes += chunk.length) > MOST_BYTES) end();
    else text += decoder.decode(chunk, { stream: true });
  }
  await done;
  return text;
}
