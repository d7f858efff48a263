import { Buffer } from "node:buffer";
import type { FileChange, LineRange } from "../analysis/inspection.ts";
import { createPatchReader, type PatchPart } from "./git_patch.ts";

/** What `git diff --raw -p -z -U0 --no-abbrev` says of a file. */
export interface DiffEntry {
  /** Of the new side, from the top of the work tree; it may hold any byte but NUL. */
  name: Uint8Array;
  /** `A`dded, `M`odified, `R`enamed, `C`opied, `T`ype changed, `U`nmerged … */
  status: string;
  /** Of the new side: `100644`, `120000` for a symbolic link, `160000` for a submodule. */
  mode: string;
  /** Of the new side; zeros when it is only in the work tree. */
  oid: string;
  change: FileChange;
}

export interface DiffReader {
  push(bytes: Uint8Array): void;
  /**
   * The files, when all has been pushed.
   *
   * @throws {Error} when it was no such diff, or not all of it
   */
  end(): DiffEntry[];
}

const NUL = 0;
/** No file has so many lines; for those whose lines the diff does not tell. */
const ALL_LINES: LineRange = { first: 1, last: 2 ** 31 - 1 };
/** Longer names and more files than this are not believed. */
const MOST_RAW_BYTES = 256 * 1024 * 1024;

/**
 * Reads such a diff as it comes: NUL-terminated records, an empty one, then the patch, which has one part
 * for each record in the same order. Content is not kept, so memory grows with files and hunks only.
 *
 * @param options.hasPatch without it, no changed lines are known. @default true
 */
export function createDiffReader({ hasPatch = true } = {}): DiffReader {
  const raw: Uint8Array[] = [];
  let rawBytes = 0;
  let entries: DiffEntry[] | undefined;
  let rest: Uint8Array = new Uint8Array(0);
  const patch = createPatchReader();

  const pushRaw = (bytes: Uint8Array) => {
    if ((rawBytes += bytes.length) > MOST_RAW_BYTES) {
      throw new Error("the list of files is too long");
    }
    let start = 0;
    for (let end; (end = bytes.indexOf(NUL, start)) >= 0; start = end + 1) {
      const piece = Buffer.concat([rest, bytes.subarray(start, end)]);
      rest = new Uint8Array(0);
      if (piece.length === 0) {
        entries = toEntries(raw);
        return patch.push(bytes.subarray(end + 1));
      }
      raw.push(piece);
    }
    rest = Buffer.concat([rest, bytes.subarray(start)]);
  };
  return {
    push: (bytes) => entries ? patch.push(bytes) : pushRaw(bytes),
    end() {
      if (rest.length > 0) throw unexpected();
      const files = entries ?? toEntries(raw);
      if (hasPatch) addLines(files, patch.end());
      return files;
    },
  };
}

const HEAD = /^:(\d{6}) (\d{6}) [0-9a-f]+ ([0-9a-f]+) ([A-Z])\d*$/;

/** `:100644 100644 OLD NEW R098`, the old name where there are two, the name. */
function toEntries(pieces: Uint8Array[]): DiffEntry[] {
  const entries: DiffEntry[] = [];
  const decoder = new TextDecoder("latin1");
  for (let i = 0; i < pieces.length;) {
    const [, oldMode, mode, oid, status] = HEAD.exec(decoder.decode(pieces[i])) ?? [];
    if (!oldMode || !mode || !oid || !status) throw unexpected();
    const name = pieces[i += status === "R" || status === "C" ? 2 : 1];
    if (!name) throw unexpected();
    i++;
    const isNew = "AC".includes(status) || isOther(oldMode, mode);
    entries.push({ name, status, mode, oid, change: { isNew, lines: [] } });
  }
  return entries;
}

/** Whether a file has become a symbolic link, or the like: git then shows it removed and added. */
function isOther(oldMode: string, mode: string): boolean {
  return oldMode.slice(0, 2) !== mode.slice(0, 2);
}

function addLines(
  entries: DiffEntry[],
  parts: PatchPart[],
): void {
  let next = 0;
  for (const { status, change } of entries) {
    if (status === "U") continue;
    if (status === "T") next++;
    const part = parts[next++];
    if (!part) throw unexpected();
    change.lines = part.isBinary ? [ALL_LINES] : part.lines;
  }
  if (next !== parts.length) throw unexpected();
}

function unexpected(): Error {
  return new Error("git's answer is not what was expected");
}
