import { appendFile } from "node:fs/promises";
import { readSmallFile } from "../config/read_small_file.ts";
import { withLock } from "../config/with_lock.ts";
import { replaceTextFile } from "../config/write_file.ts";

/** What was typed, in all chats of a user. */
export interface InputHistory {
  /** Oldest first, as the file has them and as they were added since. */
  entries(): string[];
  /** Keeps an entry, unless it begins with a space or is the one before again. @throws {ToolError} */
  add(text: string): Promise<void>;
}

const MAX_ENTRIES = 2_000;
/** The file is written anew when it has so many more. */
const SLACK = 200;
/** Pasted files are no history. */
const MAX_CHARACTERS = 16 * 1024;
const MAX_BYTES = 64 * 1024 * 1024;

/** Opens the history of a file, a JSON text in each line; it is read when it is first asked for. */
export function openInputHistory(path: string): InputHistory {
  let known: string[] | undefined;
  return {
    entries: () => [...known ??= readEntries(path).entries],
    async add(text) {
      if (text.trim() === "" || text.startsWith(" ") || text.length > MAX_CHARACTERS) return;
      known ??= readEntries(path).entries;
      if (known.at(-1) === text) return;
      known = [...known, text].slice(-MAX_ENTRIES);
      await withLock(`${path}.lock`, () => append(path, text));
    },
  };
}

interface Read {
  entries: string[];
  lines: number;
  /** False when somebody was killed while they wrote. */
  endsLine: boolean;
}

function readEntries(path: string): Read {
  try {
    const file = readSmallFile(path, { maxBytes: MAX_BYTES, followLinks: true });
    const text = file ? new TextDecoder().decode(file.bytes) : "";
    const lines = text.split("\n").filter((line) => line !== "");
    const entries = lines.slice(-MAX_ENTRIES).flatMap(parseLine);
    return { entries, lines: lines.length, endsLine: text === "" || text.endsWith("\n") };
  } catch {
    return { entries: [], lines: Infinity, endsLine: true }; // not readable, or far too large
  }
}

function parseLine(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "string" && value.length <= MAX_CHARACTERS ? [value] : [];
  } catch {
    return [];
  }
}

/** Others may have added to the file. */
async function append(path: string, text: string): Promise<void> {
  const { entries, lines, endsLine } = readEntries(path);
  if (entries.at(-1) === text) return;
  if (lines >= MAX_ENTRIES + SLACK) {
    const kept = [...entries, text].slice(-MAX_ENTRIES);
    const content = kept.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    return await replaceTextFile(path, content, { mode: 0o600, followLinks: true });
  }
  const start = endsLine ? "" : "\n";
  await appendFile(path, `${start}${JSON.stringify(text)}\n`, { mode: 0o600 });
}
