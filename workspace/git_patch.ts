import type { LineRange } from "../analysis/inspection.ts";

/** What a patch says of one file. */
export interface PatchPart {
  /** Lines of the new side that are added or changed. */
  lines: LineRange[];
  /** It differs, and which lines is not said. */
  isBinary: boolean;
}

export interface PatchReader {
  push(bytes: Uint8Array): void;
  /** The files' parts, in the patch's order. */
  end(): PatchPart[];
}

const NEWLINE = 10;
/** As much of a line as tells what it is. */
const START_BYTES = 80;
/** More hunks than this are not told apart: the lines between them count as changed too. */
const MOST_HUNKS = 200_000;

/**
 * Reads a patch without context lines (`-U0`) as it comes. Names are quoted in it and content is behind
 * `+`, `-` or `\`, so a line's first bytes tell what it is, whatever files and names hold.
 */
export function createPatchReader(): PatchReader {
  const parts: PatchPart[] = [];
  const decoder = new TextDecoder("latin1");
  let start = "";
  let hunks = 0;
  const endLine = () => {
    if (start !== SKIPPED) hunks += readLine(start, parts, hunks >= MOST_HUNKS);
    start = "";
  };
  return {
    push(bytes) {
      for (let from = 0; from < bytes.length;) {
        const newline = bytes.indexOf(NEWLINE, from);
        const end = newline < 0 ? bytes.length : newline;
        // What content holds is nobody's business here.
        if (start.length === 0 ? isHead(bytes[from]) : start.length < START_BYTES) {
          start += decoder.decode(bytes.subarray(from, Math.min(end, from + START_BYTES)));
        } else if (start.length === 0 && end > from) start = SKIPPED;
        if (newline >= 0) endLine();
        from = end + 1;
      }
    },
    end() {
      if (start) endLine();
      return parts;
    },
  };
}

/** In place of a line that says nothing: as long as what is not read further. */
const SKIPPED = " ".repeat(START_BYTES);

/** Of `diff --git`, `@@ …`, `Binary files … differ`. */
function isHead(byte: number | undefined): boolean {
  return byte === 0x64 || byte === 0x40 || byte === 0x42;
}

/** @returns hunks found in the line */
function readLine(line: string, parts: PatchPart[], isFull: boolean): number {
  if (line.startsWith("diff --git ")) parts.push({ lines: [], isBinary: false });
  const part = parts.at(-1);
  if (!part) return 0;
  if (line.startsWith("Binary files ")) part.isBinary = true;
  const [, first, count = "1"] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
  if (first === undefined || count === "0") return 0;
  addRange(part.lines, { first: Number(first), last: Number(first) + Number(count) - 1 }, isFull);
  return 1;
}

function addRange(lines: LineRange[], range: LineRange, isFull: boolean): void {
  const before = lines.at(-1);
  if (before && (isFull || range.first <= before.last + 1)) before.last = range.last;
  else lines.push(range);
}
