import type { Table } from "./block_state.ts";
import type { BlockWriter } from "./block_writer.ts";
import {
  type Align,
  layOutTable,
  renderHead,
  renderRow,
  splitRow,
  type TableRow,
} from "./table_view.ts";
import { wrapSpans } from "./wrap_text.ts";

/** Rows that are looked at before a table is shown: its columns get their widths from them. */
const SAMPLE = 40;

/** The table below a head, if that has as many columns. */
export function openTable(
  head: string,
  aligns: Align[],
  writer: BlockWriter,
): Table | undefined {
  const cells = splitRow(head);
  if (head === "" || cells.length !== aligns.length) return undefined;
  const row = cells.map((cell) => writer.inline(cell).spans);
  return { kind: "table", head: row, aligns, sample: [], isFixed: false };
}

/** Takes one more row; returns the table as it goes on. */
export function addRow(table: Table, line: string, writer: BlockWriter): Table {
  const cells = splitRow(line);
  const row = table.aligns.map((_, i) => writer.inline(cells[i] ?? "").spans);
  if (table.isFixed) {
    writeRows(table, [row], writer);
    return table;
  }
  const fuller = { ...table, sample: [...table.sample, row] };
  if (fuller.sample.length < SAMPLE) return fuller;
  writeTable(fuller, writer);
  return { ...fuller, isFixed: true };
}

/** Writes the head and the rows so far, if that is not done. */
export function writeTable(table: Table, writer: BlockWriter): void {
  if (table.isFixed) return;
  writer.wantGap();
  writer.writeSpans(renderHead(table.head, layOut(table, writer)));
  writeRows(table, table.sample, writer);
}

function writeRows(table: Table, rows: TableRow[], writer: BlockWriter): void {
  const layout = layOut(table, writer);
  for (const row of rows) {
    const lines = renderRow(row, table.head, layout);
    if (!layout.widths) writer.wantGap();
    writer.writeSpans(
      lines.flatMap((line) => wrapSpans(line, writer.room()).map(({ spans }) => spans)),
    );
  }
}

function layOut({ head, sample, aligns }: Table, writer: BlockWriter) {
  return layOutTable([head, ...sample], aligns, writer.room());
}
