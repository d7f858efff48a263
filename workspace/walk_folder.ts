import type { Dirent } from "node:fs";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describeFileProblem } from "./file_problem.ts";
import {
  addGitattributes,
  addGitignore,
  type IgnoreLayers,
  inheritedAttributes,
  inheritedLayers,
  isIgnored,
} from "./ignore_layers.ts";
import { looksBinary } from "./source.ts";

/**
 * Folders that are never walked into: what Ruff leaves out by default, caches, and code that others
 * keep (vendored). A folder with a pyvenv.cfg is a virtual environment and left out too.
 */
export const SKIPPED_FOLDERS = new Set(
  (".bzr .direnv .eggs .git .git-rewrite .hg .ipynb_checkpoints .mypy_cache .nox .pants.d .pyenv " +
    ".pytest_cache .pytype .ruff_cache .svn .tox .venv .vscode __pycache__ __pypackages__ _build " +
    "_vendor buck-out dist node_modules site-packages third_party vendor venv").split(" "),
);

export interface WalkOptions<T> {
  /**
   * What a file is wanted as; undefined leaves it out. Asked before the ignore rules are.
   *
   * @param start gives the first bytes of the file
   */
  want(path: string, start: () => Uint8Array): T | undefined;
  /** Leaves out a file, or, without `as`, a folder with all that is in it. The path is absolute. */
  exclude?(path: string, as?: T): boolean | Promise<boolean>;
  /** What cannot be read, absolute, and why; the walk goes on. */
  onProblem(path: string, message: string): void;
  /** Is told of each folder, absolute, before it is looked into. */
  onFolder?(folder: string): void;
  signal?: AbortSignal;
}

/** A file, absolute, and what it is wanted as. */
export interface Walked<T> {
  path: string;
  as: T;
}

interface Frame {
  folder: string;
  entries: Dirent[];
  next: number;
  layers: IgnoreLayers;
  /** What .gitattributes files call generated or vendored. */
  generated: IgnoreLayers;
}

/**
 * The text files beneath a folder, absolute, sorted by name in each folder, depth first. Ignore
 * rules, what .gitattributes calls generated or vendored, `SKIPPED_FOLDERS` and binary files are left out, but never the folder itself. Symbolic
 * links are not followed: what they lead to is found in its own place, or is not in this folder.
 *
 * Memory grows with the entries of the folders on the way to the current file, not with the tree.
 */
export async function* walkFolder<T>(
  root: string,
  options: WalkOptions<T>,
): AsyncGenerator<Walked<T>> {
  const outer = {
    layers: inheritedLayers(root, options.onProblem),
    generated: inheritedAttributes(root, options.onProblem),
  };
  const stack = [await openFrame(root, outer, options)];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const entry = frame.entries[frame.next++];
    if (!entry) stack.pop();
    else if (entry.isFile()) {
      const path = join(frame.folder, entry.name);
      const as = await wantFile(path, frame, options);
      if (as !== undefined) yield { path, as };
    } else if (entry.isDirectory()) {
      const path = join(frame.folder, entry.name);
      if (await wantsFolder(path, entry.name, frame, options)) {
        const inner = await openFrame(path, frame, options);
        if (!inner.entries.some(({ name }) => name === "pyvenv.cfg")) stack.push(inner);
      }
    }
  }
}

async function openFrame(
  folder: string,
  outer: Pick<Frame, "layers" | "generated">,
  { onProblem, onFolder, signal }: WalkOptions<unknown>,
): Promise<Frame> {
  signal?.throwIfAborted();
  onFolder?.(folder);
  const entries = await list(folder, onProblem);
  const holds = (wanted: string) => entries.some(({ name }) => name === wanted);
  return {
    folder,
    entries,
    next: 0,
    layers: holds(".gitignore") ? addGitignore(outer.layers, folder, onProblem) : outer.layers,
    generated: holds(".gitattributes")
      ? addGitattributes(outer.generated, folder, onProblem)
      : outer.generated,
  };
}

async function list(
  folder: string,
  onProblem: WalkOptions<unknown>["onProblem"],
): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  } catch (error) {
    onProblem(folder, describeFileProblem(error));
    return [];
  }
}

async function wantsFolder<T>(
  path: string,
  name: string,
  { layers }: Frame,
  { exclude }: WalkOptions<T>,
): Promise<boolean> {
  if (SKIPPED_FOLDERS.has(name) || isIgnored(layers, path, true)) return false;
  return !await exclude?.(path);
}

async function wantFile<T>(
  path: string,
  { layers, generated }: Frame,
  { exclude, want }: WalkOptions<T>,
): Promise<T | undefined> {
  let read: Uint8Array | undefined;
  const start = () => read ??= startOf(path);
  const as = want(path, start);
  if (as === undefined || isIgnored(layers, path, false)) return;
  if (isIgnored(generated, path, false) || await exclude?.(path, as)) return;
  return looksBinary(start()) ? undefined : as;
}

const START_BYTES = 1024;
const startBuffer = new Uint8Array(START_BYTES);
const readNow = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * The first bytes of a file, none when it cannot be read: whoever reads it all will say why.
 * Synchronous, because three calls of a few microseconds each cost ten times that otherwise.
 */
export function startOf(path: string): Uint8Array {
  try {
    const file = openSync(path, readNow);
    try {
      return startBuffer.subarray(0, readSync(file, startBuffer, 0, START_BYTES, null));
    } finally {
      closeSync(file);
    }
  } catch {
    return new Uint8Array();
  }
}
