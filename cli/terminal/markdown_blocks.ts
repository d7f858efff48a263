import { sanitizeLine } from "../sanitize.ts";
import {
  blankRow,
  type Container,
  countQuotes,
  findContainers,
  isRule,
  prefixOf,
} from "./containers.ts";
import type { Highlight } from "./highlight.ts";
import { parseInline } from "./inline_markdown.ts";
import type { Segment } from "./line_reader.ts";
import { type MarkdownPalette, paintSpans, type Span, STYLE } from "./span.ts";
import { breakRows } from "./styled_text.ts";
import {
  type Align,
  layOutTable,
  parseDelimiter,
  renderHead,
  renderRow,
  splitRow,
  type TableRow,
} from "./table_view.ts";
import { type Row, wrapSpans } from "./wrap_text.ts";

/** How blocks are shown. */
export interface BlockStyle {
  columns: number;
  palette: MarkdownPalette;
  /** Whether inline code keeps its backticks: where no colour tells it apart. */
  keepTicks: boolean;
  /** The highlighter of a language, if there is one and it is loaded. */
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

type Leaf = { kind: "none" } | Paragraph | Fence | Table;

interface Paragraph {
  kind: "paragraph";
  /** What is not shown for good yet. */
  text: string;
}

interface Fence {
  kind: "fence";
  mark: string;
  /** Spaces before it, which are taken from the code too. */
  indent: number;
  language: string;
  /** What the highlighter has to remember. */
  memory: string;
}

interface Table {
  kind: "table";
  head: TableRow;
  aligns: Align[];
  /** The first rows: the widths of the columns come from them. */
  sample: TableRow[];
  /** Whether the sample is complete and shown. */
  isFixed: boolean;
}

export const START: BlockState = { containers: [], leaf: { kind: "none" }, blank: -1 };

const FENCE = /^( *)(`{3,}|~{3,}) *([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})(?: +(.*?))??(?: +#+)? *$/;
const UNDERLINE = /^ {0,3}={3,} *$/;
/** Rows that are looked at before a table is shown. */
const SAMPLE = 40;
/** A paragraph with a mark that stays open is shown as it is when it is longer. */
const MAX_OPEN = 2048;
const MAX_RULE = 80;
const CODE_INDENT = "  ";
const CODE_GOES_ON = "↳ ";
/** Ask for another glyph, or join two: of no use here, and nothing is hidden by leaving them out. */
const SELECTORS = /[\ufe0e\ufe0f\u200d]/g;

/** Takes one line; the rows that are finished by it go to `out`. */
export function step(
  state: BlockState,
  segment: Segment,
  style: BlockStyle,
  out: string[],
): BlockState {
  return new Step(state, style, out).take(segment);
}

/** Ends the text: what is still held back goes to `out`. */
export function finish(state: BlockState, style: BlockStyle, out: string[]): void {
  new Step(state, style, out).closeLeaf();
}

/** The work on one line, with a state of its own. */
class Step {
  #state: BlockState;
  #style: BlockStyle;
  #out: string[];

  constructor(state: BlockState, style: BlockStyle, out: string[]) {
    [this.#state, this.#style, this.#out] = [{ ...state }, style, out];
  }

  take({ text, goesOn }: Segment): BlockState {
    const raw = text.replace(/\r$/, "");
    const { leaf } = this.#state;
    if (leaf.kind === "fence") this.#fenceLine(leaf, raw, goesOn);
    else {
      if (goesOn) this.#append(toProse(raw), "");
      else this.#line(toProse(raw));
    }
    return this.#state;
  }

  closeLeaf(): void {
    const { leaf } = this.#state;
    if (leaf.kind === "paragraph") this.#commit(leaf.text, true);
    if (leaf.kind === "table") this.#showSample(leaf);
    if (leaf.kind === "fence" || leaf.kind === "table") this.#wantGap();
    this.#state.leaf = { kind: "none" };
  }

  #line(line: string): void {
    const open = this.#state.containers;
    const inParagraph = this.#state.leaf.kind === "paragraph";
    const { containers, rest, kept } = findContainers(open, line, inParagraph);
    const isSame = kept === open.length && containers.length === kept;
    const isLazy = inParagraph && kept < open.length && containers.length === kept &&
      isText(rest);
    if (!isSame && !isLazy) {
      this.closeLeaf();
      this.#state.containers = containers;
    }
    this.#leafLine(isLazy ? rest.trimStart() : rest);
  }

  #leafLine(line: string): void {
    if (line.trim() === "") return this.#blank();
    const { leaf } = this.#state;
    if (leaf.kind === "table") {
      if (line.includes("|")) return this.#addRow(leaf, line);
      this.closeLeaf();
    }
    const aligns = leaf.kind === "paragraph" ? parseDelimiter(line) : undefined;
    if (aligns && leaf.kind === "paragraph" && this.#openTable(leaf, aligns)) return;
    const fence = FENCE.exec(line);
    if (fence) return this.#openFence(fence);
    const heading = HEADING.exec(line);
    if (heading) return this.#heading(heading[1]!.length, heading[2] ?? "");
    if (isRule(line) || leaf.kind === "paragraph" && UNDERLINE.test(line)) return this.#rule();
    this.#append(line, "\n");
  }

  #blank(): void {
    this.closeLeaf();
    const inner = this.#state.containers.at(-1);
    if (inner?.kind === "item" && !inner.isShown) return this.#emit([""]);
    this.#state.blank = countQuotes(this.#state.containers);
  }

  #openFence([, indent, mark, info]: RegExpExecArray): void {
    this.closeLeaf();
    const language = /^[\w+#.-]*/.exec(info!.trim())![0].toLowerCase();
    this.#wantGap();
    this.#state.leaf = { kind: "fence", mark: mark!, indent: indent!.length, language, memory: "" };
  }

  #fenceLine(fence: Fence, raw: string, goesOn: boolean): void {
    const line = goesOn ? raw : this.#inFence(fence, raw);
    if (line === undefined) {
      this.closeLeaf();
      return this.#line(toProse(raw));
    }
    if (!goesOn && isClosing(line, fence.mark)) return this.closeLeaf();
    const code = sanitizeLine(expandTabs(line));
    const highlighted = this.#style.highlight?.(fence.language)?.(code, fence.memory);
    this.#state.leaf = { ...fence, memory: highlighted?.memory ?? "" };
    this.#emitCode(highlighted?.text ?? code);
  }

  /** The line without what its containers need; undefined when it leaves the quote. */
  #inFence(fence: Fence, raw: string): string | undefined {
    let line = raw;
    let indent = fence.indent;
    for (const container of this.#state.containers) {
      if (container.kind === "item") indent += container.offset;
      else {
        const mark = /^ {0,3}> ?/.exec(line);
        if (!mark) return undefined;
        line = line.slice(mark[0].length);
      }
    }
    const spaces = expandTabs(/^[ \t]*/.exec(line)![0]);
    return spaces.slice(Math.min(indent, spaces.length)) + line.trimStart();
  }

  #emitCode(code: string): void {
    const rows = breakRows(code, this.#room(CODE_INDENT.length));
    const goesOn = this.#style.palette.quiet(CODE_GOES_ON);
    this.#emit(rows.map((row, i) => row === "" ? "" : (i === 0 ? CODE_INDENT : goesOn) + row));
  }

  #heading(level: number, text: string): void {
    this.closeLeaf();
    this.#wantGap();
    const flag = level === 1 ? STYLE.title : STYLE.strong;
    const spans = this.#inline(text).spans.map((span) => ({ ...span, style: span.style | flag }));
    this.#emitSpans(wrapSpans(spans, this.#room()).map((row) => row.spans));
  }

  #rule(): void {
    this.closeLeaf();
    const text = "─".repeat(Math.min(this.#room(), MAX_RULE));
    this.#emitSpans([[{ text, style: STYLE.quiet, at: 0 }]]);
  }

  #append(line: string, between: string): void {
    const { leaf } = this.#state;
    const open = leaf.kind === "paragraph" ? leaf.text : "";
    const before = between !== "" && open.includes("|") ? this.#commit(open, false) : open;
    const text = before === "" ? line : before + between + line;
    // A table's head can only be told from the line after it.
    const isHead = between !== "" && line.includes("|");
    this.#state.leaf = { kind: "paragraph", text: isHead ? text : this.#commit(text, false) };
  }

  /** Shows what nothing can change any more, in whole rows; returns the rest. */
  #commit(text: string, isWhole: boolean): string {
    if (text === "") return "";
    const { spans, settled } = this.#inline(text);
    const rows = wrapSpans(spans, this.#room());
    const end = isWhole || settled >= text.length
      ? rows.length
      : countSettled(rows, settled, text.length > MAX_OPEN);
    this.#emitSpans(rows.slice(0, end).map((row) => row.spans));
    return end === rows.length ? "" : text.slice(rows[end]!.at);
  }

  #openTable(paragraph: Paragraph, aligns: Align[]): boolean {
    const lines = paragraph.text.split("\n");
    const head = splitRow(lines.pop()!);
    if (paragraph.text === "" || head.length !== aligns.length) return false;
    this.#commit(lines.join("\n"), true);
    const cells = head.map((cell) => this.#inline(cell).spans);
    this.#state.leaf = { kind: "table", head: cells, aligns, sample: [], isFixed: false };
    return true;
  }

  #addRow(table: Table, line: string): void {
    const cells = splitRow(line);
    const row = table.aligns.map((_, i) => this.#inline(cells[i] ?? "").spans);
    if (table.isFixed) return this.#emitRows(table, [row]);
    const full = { ...table, sample: [...table.sample, row] };
    this.#state.leaf = full;
    if (full.sample.length < SAMPLE) return;
    this.#showSample(full);
    this.#state.leaf = { ...full, isFixed: true };
  }

  #showSample(table: Table): void {
    if (table.isFixed) return;
    this.#wantGap();
    this.#emitSpans(renderHead(table.head, this.#layOut(table)));
    this.#emitRows(table, table.sample);
  }

  #emitRows(table: Table, rows: TableRow[]): void {
    const layout = this.#layOut(table);
    const room = this.#room();
    for (const row of rows) {
      const lines = renderRow(row, table.head, layout);
      if (!layout.widths) this.#wantGap();
      this.#emitSpans(lines.flatMap((line) => wrapSpans(line, room).map(({ spans }) => spans)));
    }
  }

  #layOut({ head, sample, aligns }: Table) {
    return layOutTable([head, ...sample], aligns, this.#room());
  }

  #inline(text: string) {
    return parseInline(text, this.#style.keepTicks);
  }

  /** Columns for the content. */
  #room(less = 0): number {
    const { columns } = this.#style;
    return Math.max(1, columns - prefixOf(this.#state.containers, columns).width - less);
  }

  #emitSpans(rows: Span[][]): void {
    this.#emit(rows.map((spans) => paintSpans(spans, this.#style.palette)));
  }

  #emit(rows: string[]): void {
    if (rows.length === 0) return;
    this.#emitGap();
    const { containers } = this.#state;
    const { first, others } = prefixOf(containers, this.#style.columns);
    const { quiet } = this.#style.palette;
    rows.forEach((row, i) => {
      const prefix = i === 0 ? first : others;
      const shown = row === "" ? prefix.trimEnd() : prefix;
      this.#out.push((shown.trim() === "" ? shown : quiet(shown)) + row);
    });
    this.#state.containers = containers.map((one) =>
      one.kind === "item" && !one.isShown ? { ...one, isShown: true } : one
    );
    this.#state.last = { quotes: countQuotes(containers), wantsGap: false };
  }

  #emitGap(): void {
    const { blank, last, containers } = this.#state;
    if (last && (blank >= 0 || last.wantsGap)) {
      const quotes = Math.min(blank < 0 ? last.quotes : blank, countQuotes(containers));
      const row = blankRow(quotes);
      this.#out.push(row === "" ? "" : this.#style.palette.quiet(row));
    }
    this.#state.blank = -1;
  }

  /** What comes next is set apart by a blank row. */
  #wantGap(): void {
    const { last } = this.#state;
    if (last) this.#state.last = { ...last, wantsGap: true };
  }
}

/** Rows before the first that what follows may still change; all when too much is open. */
function countSettled(rows: Row[], settled: number, isLong: boolean): number {
  const end = rows.findLastIndex((row, i) =>
    i > 0 && row.style === 0 && (isLong || row.at <= settled)
  );
  return end > 0 ? end : isLong ? rows.length : 0;
}

function toProse(raw: string): string {
  return sanitizeLine(expandTabs(raw.replace(SELECTORS, "")));
}

function isClosing(line: string, mark: string): boolean {
  const text = line.trim();
  return text.length >= mark.length && text.replaceAll(mark[0]!, "") === "";
}

/** Whether a line can go on a paragraph. */
function isText(line: string): boolean {
  return line.trim() !== "" && !FENCE.test(line) && !HEADING.test(line) && !isRule(line);
}

function expandTabs(text: string): string {
  if (!text.includes("\t")) return text;
  let out = "";
  for (const part of text.split(/(\t)/)) {
    out += part === "\t" ? " ".repeat(4 - out.length % 4) : part;
  }
  return out;
}
