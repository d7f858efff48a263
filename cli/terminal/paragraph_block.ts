import type { BlockWriter } from "./block_writer.ts";
import { type Row, wrapSpans } from "./wrap_text.ts";

/** A paragraph with a mark that stays open is shown as it is when it is longer. */
const MAX_OPEN = 2048;

/**
 * Writes what nothing that follows can change any more, in whole rows; all of it when the paragraph
 * is whole.
 * @returns the source of the rest
 */
export function writeParagraph(text: string, isWhole: boolean, writer: BlockWriter): string {
  if (text === "") return "";
  const { spans, settled } = writer.inline(text);
  const rows = wrapSpans(spans, writer.room());
  const end = isWhole || settled >= text.length
    ? rows.length
    : countSettled(rows, settled, text.length > MAX_OPEN);
  writer.writeSpans(rows.slice(0, end).map((row) => row.spans));
  return end === rows.length ? "" : text.slice(rows[end]!.at);
}

/** Rows before the first that what follows may still change; all when too much is open. */
function countSettled(rows: Row[], settled: number, isLong: boolean): number {
  const end = rows.findLastIndex((row, i) =>
    i > 0 && row.style === 0 && (isLong || row.at <= settled)
  );
  return end > 0 ? end : isLong ? rows.length : 0;
}
