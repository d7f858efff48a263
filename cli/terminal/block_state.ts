import type { Container } from "./containers.ts";
import type { Highlight } from "./highlight.ts";
import type { MarkdownPalette } from "./span.ts";
import type { Align, TableRow } from "./table_view.ts";

/** How blocks are shown. */
export interface BlockStyle {
  columns: number;
  palette: MarkdownPalette;
  /** Whether inline code keeps its backticks: where no colour tells it apart. */
  keepTicks: boolean;
  /** The highlighters, if they are loaded. */
  highlight?: Highlight;
}

/** Where a text stands after some of its lines. Never changed, only replaced. */
export interface BlockState {
  containers: Container[];
  leaf: Leaf;
  /** Quotes that a blank line stood in, which is shown before what comes next; -1: none. */
  blank: number;
  /** Quotes of the last row, and whether it wants a blank row after it; undefined: no row yet. */
  last?: { quotes: number; wantsGap: boolean };
}

export const START: BlockState = { containers: [], leaf: { kind: "none" }, blank: -1 };

/** What the last line was a part of. */
export type Leaf = { kind: "none" } | Paragraph | Fence | Table;

export interface Paragraph {
  kind: "paragraph";
  /** What is not shown for good yet. */
  text: string;
}

/** A block of code between fences. */
export interface Fence {
  kind: "fence";
  mark: string;
  /** Spaces before it, which are taken from the code too. */
  indent: number;
  language: string;
  /** What the highlighter has to remember. */
  memory: string;
}

export interface Table {
  kind: "table";
  head: TableRow;
  aligns: Align[];
  /** The first rows: the widths of the columns come from them. */
  sample: TableRow[];
  /** Whether the sample is complete and shown. */
  isFixed: boolean;
}
