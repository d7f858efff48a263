import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import { type Env, userFolders } from "./folders.ts";
import { hashOf } from "./hash_of.ts";
import { readSmallFile } from "./read_small_file.ts";
import { withLock } from "./with_lock.ts";
import { replaceTextFile } from "./write_file.ts";

const trustFile = z.object({
  version: z.literal(1),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});

/** A file that the user trusts, as long as it stays as it is. */
export type TrustedFile = z.infer<typeof trustFile>["files"][number];

/** Some ten thousand files. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Where the trusted files are kept. */
export function trustPath(env: Env): string {
  return join(userFolders(env).state, "trust.json");
}

/** The trusted files; none when the list is missing or broken, so that nothing is trusted by accident. */
export function readTrusted(env: Env): TrustedFile[] {
  try {
    const file = readSmallFile(trustPath(env), { maxBytes: MAX_BYTES, followLinks: true });
    if (!file) return [];
    return trustFile.parse(JSON.parse(new TextDecoder().decode(file.bytes))).files;
  } catch {
    return [];
  }
}

/**
 * Whether the user trusts a file with this content.
 *
 * @param bytes those that are used, so that nobody can exchange the file in between
 */
export function isTrusted(env: Env, path: string, bytes: Uint8Array): boolean {
  const [real, sha256] = [realPathOf(path), hashOf(bytes)];
  return readTrusted(env).some((one) => one.path === real && one.sha256 === sha256);
}

/** Trusts a file with this content, and no other. @throws {ToolError} when that cannot be kept */
export async function addTrust(env: Env, path: string, bytes: Uint8Array): Promise<void> {
  const added = { path: realPathOf(path), sha256: hashOf(bytes) };
  await withTrustLock(env, async () => {
    const others = readTrusted(env).filter((one) => one.path !== added.path);
    await writeTrusted(env, [...others, added]);
  });
}

/** Ends the trust in a file, which may be gone; false when it had none. */
export async function removeTrust(env: Env, path: string): Promise<boolean> {
  const real = realPathOf(path);
  return await withTrustLock(env, async () => {
    const all = readTrusted(env);
    const left = all.filter((one) => one.path !== real && one.path !== path);
    if (left.length === all.length) return false;
    await writeTrusted(env, left);
    return true;
  });
}

/** What is read stays so until it is written: two at once would undo one another. */
function withTrustLock<T>(env: Env, work: () => Promise<T>): Promise<T> {
  return withLock(`${trustPath(env)}.lock`, work);
}

async function writeTrusted(env: Env, files: TrustedFile[]): Promise<void> {
  const text = `${JSON.stringify({ version: 1, files }, null, 2)}\n`;
  await replaceTextFile(trustPath(env), text, { mode: 0o600, followLinks: true });
}

/** The path without links in its folders; the file itself is none. */
export function realPathOf(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}
