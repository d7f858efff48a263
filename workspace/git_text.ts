import { Buffer } from "node:buffer";
import { type Git, GitError, type GitOptions } from "../config/git.ts";

/** Longer answers are not taken: 64 MiB. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * All that git writes.
 *
 * @throws {GitError} when it fails, or writes too much
 */
export async function gitBytes(
  git: Git,
  args: string[],
  options?: GitOptions,
): Promise<Uint8Array> {
  const { stdout, done, end } = git(args, options);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stdout) {
    if ((bytes += chunk.length) > MOST_BYTES) end();
    else chunks.push(chunk);
  }
  if (bytes > MOST_BYTES) throw new GitError("its answer is too long");
  await done;
  return Buffer.concat(chunks);
}

/** The same as text. @throws {GitError} */
export async function gitText(git: Git, args: string[], options?: GitOptions): Promise<string> {
  return new TextDecoder().decode(await gitBytes(git, args, options));
}
