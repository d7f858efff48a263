import type { TextEdit } from "@biomejs/wasm-nodejs";

/** Replace what lies from `start` up to `end` of a text, in UTF-16 units. */
export interface OffsetEdit {
  start: number;
  end: number;
  content: string;
}

/**
 * What Biome would change, as edits from front to back. Biome writes them as a walk over the old
 * text: parts that stay, parts that go and parts that come, each a range of bytes in a dictionary;
 * whole lines that stay are only counted.
 */
export function toOffsetEdits({ dictionary, ops }: TextEdit, text: string): OffsetEdit[] {
  const slice = createSlices(dictionary);
  const edits: OffsetEdit[] = [];
  let at = 0;
  for (const op of ops) {
    if ("equalLines" in op) {
      at = afterLines(text, at, op.equalLines.line_count + 1);
      continue;
    }
    const { diffOp } = op;
    if ("equal" in diffOp) at += slice(diffOp.equal.range).length;
    else if ("insert" in diffOp) extend(edits, at, at, slice(diffOp.insert.range));
    else {
      const end = at + slice(diffOp.delete.range).length;
      extend(edits, at, end, "");
      at = end;
    }
  }
  return edits;
}

/** One edit for what lies next to each other: a part that goes and one that comes. */
function extend(edits: OffsetEdit[], start: number, end: number, content: string): void {
  const last = edits.at(-1);
  if (last?.end !== start) edits.push({ start, end, content });
  else {
    last.end = end;
    last.content += content;
  }
}

function afterLines(text: string, at: number, count: number): number {
  for (; count > 0 && at < text.length; count--) at = (text.indexOf("\n", at) + 1) || text.length;
  return at;
}

/** Gives parts of the dictionary by their bytes. */
function createSlices(dictionary: string): (range: [number, number]) => string {
  // deno-lint-ignore no-control-regex -- the range is ASCII
  if (!/[^\x00-\x7f]/.test(dictionary)) return ([start, end]) => dictionary.slice(start, end);
  const bytes = new TextEncoder().encode(dictionary);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return ([start, end]) => decoder.decode(bytes.subarray(start, end));
}
