import { padEnd, textWidth, truncateEnd, truncateStart } from "./width.ts";
import type { Paint } from "./style.ts";

export interface Column<Row> {
  title: string;
  /** Numbers are set to the right. @default "left" */
  align?: "left" | "right";
  /** May be cut at its start or its end when the table is too wide. */
  cut?: "start" | "end";
  /** The cell's text, safe to print. */
  text(row: Row): string;
  paint?(row: Row): Paint | undefined;
}

const GAP = "  ";
const MIN_CUT = 8;

/** A table with a heading, each line at most `columns` wide as far as its cuttable columns allow. */
export function renderTable<Row>(
  rows: Row[],
  columns: Column<Row>[],
  { columns: room, heading }: { columns: number; heading: Paint },
): string {
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const widths = fit(columns, naturalWidths(columns, cells), room);
  const line = (texts: string[], paints: (Paint | undefined)[]) =>
    texts.map((text, i) =>
      place(text, columns[i]!, widths[i]!, paints[i], i === columns.length - 1)
    )
      .join(GAP).trimEnd() + "\n";
  const head = line(columns.map(({ title }) => title), columns.map(() => heading));
  return head +
    rows.map((row, i) => line(cells[i]!, columns.map((column) => column.paint?.(row)))).join("");
}

/** Columns that the table takes when nothing is cut. */
export function tableWidth<Row>(rows: Row[], columns: Column<Row>[]): number {
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  return lineWidth(naturalWidths(columns, cells));
}

function lineWidth(widths: number[]): number {
  return widths.reduce((total, width) => total + width, GAP.length * (widths.length - 1));
}

function naturalWidths<Row>(columns: Column<Row>[], cells: string[][]): number[] {
  return columns.map(({ title }, i) =>
    cells.reduce((width, texts) => Math.max(width, textWidth(texts[i]!)), title.length)
  );
}

/** Takes what is too much from the widest cuttable column, again and again. */
function fit<Row>(columns: Column<Row>[], widths: number[], room: number): number[] {
  const fitted = [...widths];
  for (let excess = lineWidth(fitted) - room; excess > 0; excess = lineWidth(fitted) - room) {
    const widest = columns.reduce(
      (best, { cut }, i) => cut && fitted[i]! > (fitted[best] ?? MIN_CUT) ? i : best,
      -1,
    );
    if (widest < 0) break;
    fitted[widest] = Math.max(MIN_CUT, fitted[widest]! - Math.max(1, Math.floor(excess / 4)));
  }
  return fitted;
}

function place<Row>(
  text: string,
  { align, cut }: Column<Row>,
  width: number,
  paint: Paint | undefined,
  last: boolean,
): string {
  const short = cut === "start"
    ? truncateStart(text, width)
    : cut
    ? truncateEnd(text, width)
    : text;
  const painted = paint ? paint(short) : short;
  if (last && align !== "right") return painted;
  const fill = padEnd(short, width).slice(short.length);
  return align === "right" ? fill + painted : painted + fill;
}
