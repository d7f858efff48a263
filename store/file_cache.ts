import { createHash, randomUUID } from "node:crypto";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { chmod, lstat, mkdir, open, readdir, rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Cache } from "./cache.ts";

export interface FileCacheOptions {
  /** Where the entries lie, a file each; made when the first is written. Other files in it are left alone. */
  folder: string;
  /** What all entries together may take; 0 keeps none. Several processes may exceed it by a tenth each, for a while. */
  maxBytes: number;
}

/** Larger values are not kept. */
const MAX_ENTRY_BYTES = 4 * 1024 * 1024;
/** Removed down to this share of the room, so that not every write has to look for more. */
const SWEEP_TO = 0.9;
/** A temporary file older than this was left by a process that was ended. */
const ABANDONED_MS = 60 * 60 * 1000;

/**
 * A cache in a folder that many processes share, each entry readable by its owner only. An entry
 * appears whole or not at all, whenever a process is ended; one that is not what was written, after
 * a power failure for one, counts as missing. When room is short, those not used for longest go.
 */
export function createFileCache({ folder, maxBytes }: FileCacheOptions): Cache {
  if (maxBytes <= 0) return { get: () => Promise.resolve(undefined), set: async () => {} };
  let prepared: Promise<void> | undefined;
  let sweeper: Sweeper | undefined;
  return {
    async get(key) {
      const path = join(folder, nameOf(key));
      const value = unseal(key, readEntry(path, Math.min(maxBytes, MAX_ENTRY_BYTES)));
      if (value !== undefined) await touch(path);
      return value;
    },
    async set(key, value) {
      const bytes = seal(key, value);
      if (bytes.length > Math.min(maxBytes, MAX_ENTRY_BYTES)) return;
      try {
        await (prepared ??= prepare(folder));
        await writeEntry(folder, nameOf(key), bytes);
        await (sweeper ??= createSweeper(folder, maxBytes)).added(bytes.length);
      } catch {
        prepared = undefined; // Losing an entry costs time only; the folder may come back.
      }
    },
  };
}

/** Only its owner can do this to a folder: that of somebody else is not written to. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (Deno.build.os !== "windows") await chmod(folder, 0o700);
}

const ENTRY = /^[0-9a-f]{64}$/;
const TEMPORARY = /^[0-9a-f-]{36}\.tmp$/;
const DIGEST_LENGTH = 64;

function nameOf(key: string): string {
  return digest(key);
}

function digest(...parts: string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** The value behind a digest of key and value: whatever else lies under the name is no entry. */
function seal(key: string, value: string): Uint8Array {
  return new TextEncoder().encode(`${digest(key, "\0", value)}\n${value}`);
}

function unseal(key: string, bytes: Uint8Array | undefined): string | undefined {
  const text = bytes && new TextDecoder().decode(bytes);
  const value = text?.slice(DIGEST_LENGTH + 1);
  return value !== undefined && text === `${digest(key, "\0", value)}\n${value}`
    ? value
    : undefined;
}

/** Neither exists on Windows. */
const carefully = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A regular file's bytes; links are not followed, pipes not waited for. Synchronous: ten times as fast. */
function readEntry(path: string, maxBytes: number): Uint8Array | undefined {
  try {
    if (!lstatSync(path).isFile()) return undefined;
    const file = openSync(path, constants.O_RDONLY | carefully);
    try {
      const { size, isFile } = describe(file);
      return isFile && size <= maxBytes ? readAll(file, size) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined; // Not there, or not for us to read.
  }
}

function describe(file: number): { size: number; isFile: boolean } {
  const status = fstatSync(file);
  return { size: status.size, isFile: status.isFile() };
}

function readAll(file: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const read = readSync(file, bytes, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** The time of its last use, for the sweep. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}

/** Renaming takes the place of whatever lies there; a link is replaced, not followed. */
async function writeEntry(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(folder, `${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

interface Sweeper {
  /** Makes room when the bytes just written may have taken the last. */
  added(bytes: number): Promise<void>;
}

/** Looks at the folder when this process has written a tenth of the room since the last look. */
function createSweeper(folder: string, maxBytes: number): Sweeper {
  let allowance = 0;
  return {
    async added(bytes) {
      allowance -= bytes;
      if (allowance >= 0) return;
      const taken = await sweep(folder, maxBytes);
      allowance = Math.min(maxBytes - taken, maxBytes * (1 - SWEEP_TO));
    },
  };
}

interface Entry {
  path: string;
  size: number;
  usedAt: number;
}

/** Removes the entries not used for longest, when there are too many bytes. @returns the bytes left */
async function sweep(folder: string, maxBytes: number): Promise<number> {
  const entries = await listEntries(folder);
  let taken = entries.reduce((sum, { size }) => sum + size, 0);
  if (taken <= maxBytes) return taken;
  entries.sort((a, b) => a.usedAt - b.usedAt);
  for (const { path, size } of entries) {
    if (taken <= maxBytes * SWEEP_TO) break;
    await rm(path, { force: true });
    taken -= size;
  }
  return taken;
}

/** The entries; temporary files that nobody will finish are removed on the way. */
async function listEntries(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const isTemporary = TEMPORARY.test(name);
    if (!isTemporary && !ENTRY.test(name)) continue;
    const status = await lstat(path).catch(() => undefined);
    if (!status?.isFile()) continue;
    const { size, mtimeMs: usedAt } = status;
    if (isTemporary && Date.now() - usedAt > ABANDONED_MS) await rm(path, { force: true });
    else entries.push({ path, size, usedAt });
  }
  return entries;
}
