import type { EditorState } from "../../../cli/terminal/editor_state.ts";
import { viewEditor } from "../../../cli/terminal/editor_view.ts";
import { sanitizeLine } from "../../../cli/sanitize.ts";
import type { Palette } from "../../../cli/style.ts";
import { truncateEnd } from "../../../cli/width.ts";
import { oneLine } from "../../../config/one_line.ts";

export interface BottomState {
  editor: EditorState;
  /** Messages that wait for their turn. */
  queue: readonly string[];
  placeholder: string;
  /** Safe for a terminal. */
  status: string;
}

export interface Bottom {
  lines: string[];
  cursor: { row: number; column: number };
}

const MAX_QUEUE_LINES = 3;

/** The lower end of the screen: what waits, the input, and what is going on. */
export function renderBottom(
  { editor, queue, placeholder, status }: BottomState,
  { columns, rows, palette }: { columns: number; rows: number; palette: Palette },
): Bottom {
  const waiting = queueLines(queue, columns - 1).map(palette.quiet);
  const above = rows > 8 ? ["", ...waiting] : [];
  const maxRows = Math.max(2, Math.floor(rows / 2) - above.length);
  const { lines, cursor } = viewEditor(editor, { columns, maxRows, palette, placeholder });
  const below = rows > 4 ? [palette.quiet(truncateEnd(status, columns - 1))] : [];
  return {
    lines: [...above, ...lines, ...below],
    cursor: { row: above.length + cursor.row, column: cursor.column },
  };
}

function queueLines(queue: readonly string[], columns: number): string[] {
  const lines = queue.slice(0, MAX_QUEUE_LINES).map((text) =>
    truncateEnd(`queued: ${sanitizeLine(oneLine(text, columns))}`, columns)
  );
  const left = queue.length - lines.length;
  return left > 0 ? [...lines, `… ${left} more queued`] : lines;
}
