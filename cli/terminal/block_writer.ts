import type { BlockState, BlockStyle } from "./block_state.ts";
import { blankRow, countQuotes, prefixOf } from "./containers.ts";
import { type Inline, parseInline } from "./inline_markdown.ts";
import { paintSpans, type Span } from "./span.ts";

/** Puts rows behind the marks of what they stand in, and blank rows between blocks. */
export class BlockWriter {
  /** Replaced as rows are written. */
  state: BlockState;
  readonly style: BlockStyle;
  #out: string[];

  constructor(state: BlockState, style: BlockStyle, out: string[]) {
    [this.state, this.style, this.#out] = [{ ...state }, style, out];
  }

  /** Columns for the content. */
  room(less = 0): number {
    const { columns } = this.style;
    return Math.max(1, columns - prefixOf(this.state.containers, columns).width - less);
  }

  inline(text: string): Inline {
    return parseInline(text, this.style.keepTicks);
  }

  /** What comes next is set apart by a blank row. */
  wantGap(): void {
    const { last } = this.state;
    if (last) this.state.last = { ...last, wantsGap: true };
  }

  writeSpans(rows: Span[][]): void {
    this.write(rows.map((spans) => paintSpans(spans, this.style.palette)));
  }

  /** @param rows safe and painted, each as wide as {@link room} at most */
  write(rows: string[]): void {
    if (rows.length === 0) return;
    this.#writeGap();
    const { containers } = this.state;
    const { first, others } = prefixOf(containers, this.style.columns);
    rows.forEach((row, i) => this.#out.push(this.#mark(i === 0 ? first : others, row)));
    this.state.containers = containers.map((one) =>
      one.kind === "item" && !one.isShown ? { ...one, isShown: true } : one
    );
    this.state.last = { quotes: countQuotes(containers), wantsGap: false };
  }

  #mark(prefix: string, row: string): string {
    const shown = row === "" ? prefix.trimEnd() : prefix;
    return (shown.trim() === "" ? shown : this.style.palette.quiet(shown)) + row;
  }

  #writeGap(): void {
    const { blank, last, containers } = this.state;
    if (last && (blank >= 0 || last.wantsGap)) {
      const quotes = Math.min(blank < 0 ? last.quotes : blank, countQuotes(containers));
      this.#out.push(this.#mark(blankRow(quotes), ""));
    }
    this.state.blank = -1;
  }
}
