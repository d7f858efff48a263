import { LineReader } from "./line_reader.ts";
import { type BlockState, type BlockStyle, START } from "./block_state.ts";
import { finish, step } from "./markdown_blocks.ts";
import { type MarkdownPalette, markdownPalette } from "./span.ts";

export interface MarkdownOptions {
  /** Of the terminal. */
  columns: number;
  color: boolean;
  /** @default the usual one, or none without colour */
  palette?: MarkdownPalette;
  /** The highlighter of a language, if there is one and it is loaded. */
  highlight?: BlockStyle["highlight"];
}

export interface MarkdownRows {
  /** Finished rows: safe, styled, as wide as there is room. */
  lines: string[];
  /** What would follow if the text ended here; worked out when it is read. */
  readonly tail: string[];
}

/**
 * Shows Markdown while it comes in pieces. The finished rows depend on the text alone, not on the
 * pieces. Text of any origin may be given: what acts on a terminal is escaped.
 */
export interface MarkdownStream {
  push(text: string): MarkdownRows;
  /** The rest; a new text may begin after it. */
  end(): MarkdownRows;
  /** From the next row on. The tail is what `push("")` gives. */
  resize(columns: number): void;
}

export function createMarkdownStream(options: MarkdownOptions): MarkdownStream {
  const { columns, color, palette = markdownPalette(color) } = options;
  let style: BlockStyle = { columns, palette, keepTicks: !color, highlight: options.highlight };
  let reader = new LineReader();
  let state: BlockState = START;
  const take = (segments: ReturnType<LineReader["push"]>) => {
    const lines: string[] = [];
    for (const segment of segments) state = step(state, segment, style, lines);
    return lines;
  };
  return {
    push(text) {
      const lines = take(reader.push(text));
      return withTail(lines, state, reader, style);
    },
    end() {
      const lines = take(reader.end());
      finish(state, style, lines);
      [reader, state] = [new LineReader(), START];
      return { lines, tail: [] };
    },
    resize(columns) {
      style = { ...style, columns };
    },
  };
}

function withTail(
  lines: string[],
  state: BlockState,
  { rest }: LineReader,
  style: BlockStyle,
): MarkdownRows {
  let tail: string[] | undefined;
  return {
    lines,
    get tail() {
      return tail ??= renderTail(state, rest, style);
    },
  };
}

function renderTail(state: BlockState, rest: LineReader["rest"], style: BlockStyle): string[] {
  const rows: string[] = [];
  // The second half of a character has yet to come.
  const line = rest && { ...rest, text: rest.text.replace(/[\ud800-\udbff]$/, "") };
  finish(line && line.text !== "" ? step(state, line, style, rows) : state, style, rows);
  return rows;
}
