import type { Output } from "../app.ts";
import type { Place } from "./pen.ts";
import {
  countRows,
  fitRows,
  NOTHING_DRAWN,
  redraw,
  repaint,
  rowsAbove,
  toRows,
} from "./screen_rows.ts";
import { type ScreenSize, type Terminal, watchTerminal } from "./terminal_size.ts";

/**
 * The lower end of a terminal: finished lines scroll away upwards as in any program, so that the
 * terminal's own scrolling works; below them what still changes, then the bottom (status, input).
 * All texts given here are safe already: visible characters and SGR sequences.
 *
 * What is printed and the tail are drawn at most every {@link FLUSH_MS}; the bottom, which shows
 * what is typed, is drawn as soon as the running task ends.
 */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** Finished lines, each at most `columns` wide. */
  print(lines: string[]): void;
  /** Lines under what was printed that still change; replaced as a whole. */
  setTail(lines: string[]): void;
  /** The last lines, and where the cursor stands in them; both from 0. */
  setBottom(lines: string[], cursor?: { row: number; column: number }): void;
  /** Called after the size has changed; the caller then gives tail and bottom anew. */
  onResize(listener: () => void): void;
  /** Leaves the terminal to another program, and takes it back. */
  suspend(): void;
  resume(): void;
  /** Takes everything off the screen, the scrolled lines too. */
  clear(): void;
  /** The terminal as it was; what was printed stays. */
  close(): void;
}

export interface ScreenOptions {
  /** Only prints, for a terminal that knows no sequences (TERM=dumb). @default !output.isTerminal */
  isPlain?: boolean;
  /** @default the process's terminal */
  terminal?: Terminal;
  /** Runs work later and returns how to prevent it. @default setTimeout */
  later?: (work: () => void, ms: number) => () => void;
}

const FLUSH_MS = 20;
/** Finished rows that are drawn again after a resize: no screen is higher. */
const MAX_KEPT = 500;
const CLEAR = "\x1b[H\x1b[2J\x1b[3J";

/** The screen of a terminal; where there is none, only printing does anything. */
export function createScreen(output: Output, options: ScreenOptions = {}): Screen {
  const { isPlain = !output.isTerminal } = options;
  return isPlain ? new PlainScreen(output) : new LiveScreen(output, options);
}

function runLater(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

class LiveScreen implements Screen {
  #output: Output;
  #terminal: Terminal;
  #size: ScreenSize;
  #later: (work: () => void, ms: number) => () => void;
  #listeners: (() => void)[] = [];
  #stops: (() => void)[] = [];
  #cancelFlush?: () => void;
  #isFlushQueued = false;
  #isActive = true;
  #drawn = NOTHING_DRAWN;
  /** Rows above the drawn ones that are on the screen, as far as they are ours. */
  #kept: string[] = [];
  /** Rows drawn a second time since the screen became smaller; the first may come back from above. */
  #excess = 0;
  #printed: string[] = [];
  #tail: string[] = [];
  #bottom: string[] = [];
  #cursor?: Place;

  constructor(output: Output, { terminal = watchTerminal(), later = runLater }: ScreenOptions) {
    [this.#output, this.#terminal, this.#later] = [output, terminal, later];
    this.#size = terminal.size();
    this.#stops.push(terminal.onChange(() => this.#checkSize()));
  }

  get columns(): number {
    return this.#size.columns;
  }

  get rows(): number {
    return this.#size.rows;
  }

  print(lines: string[]): void {
    for (const line of lines) this.#printed.push(line);
    this.#flushSoon();
  }

  setTail(lines: string[]): void {
    this.#tail = lines;
    this.#flushSoon();
  }

  setBottom(lines: string[], cursor?: Place): void {
    [this.#bottom, this.#cursor] = [lines, cursor];
    if (this.#isFlushQueued) return;
    this.#isFlushQueued = true;
    queueMicrotask(() => this.#flush());
  }

  onResize(listener: () => void): void {
    this.#listeners.push(listener);
  }

  suspend(): void {
    if (!this.#isActive) return;
    this.#flush();
    this.#draw({ rows: [""], cursor: { row: 0, column: 0 } });
    this.#isActive = false;
  }

  resume(): void {
    this.#isActive = true;
    [this.#drawn, this.#kept] = [NOTHING_DRAWN, []];
    this.#flush();
  }

  clear(): void {
    [this.#printed, this.#kept] = [[], []];
    this.#drawn = { ...NOTHING_DRAWN, isCursorShown: this.#drawn.isCursorShown };
    this.#write(CLEAR);
    this.#flush();
  }

  close(): void {
    this.suspend();
    this.#cancelFlush?.();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #flushSoon(): void {
    this.#cancelFlush ??= this.#later(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    this.#cancelFlush?.();
    [this.#cancelFlush, this.#isFlushQueued] = [undefined, false];
    if (this.#isActive && !this.#checkSize()) this.#draw(this.#fit());
  }

  #fit() {
    return fitRows(this.#tail, this.#bottom, { cursor: this.#cursor, ...this.#size });
  }

  #draw(live: ReturnType<typeof fitRows>): void {
    const printed = toRows(this.#printed.splice(0), this.columns);
    this.#kept = [...this.#kept, ...printed].slice(-MAX_KEPT);
    const { bytes, drawn } = redraw(this.#drawn, { printed, ...live });
    this.#drawn = drawn;
    if (bytes !== "") this.#write(bytes);
  }

  /** Draws everything anew if the size is another one. */
  #checkSize(): boolean {
    const old = this.#size;
    const size = this.#terminal.size();
    if (!this.#isActive || size.columns === old.columns && size.rows === old.rows) return false;
    this.#size = size;
    const { columns } = size;
    const { rows, at } = this.#drawn;
    const excess = this.#excess * Math.ceil(old.columns / columns);
    const printed = countRows(this.#kept, columns) + excess;
    const toCursor = rowsAbove(rows, at, columns);
    const live = Math.max(countRows(rows, columns), toCursor + 1);
    this.#kept = toRows([...this.#kept, ...this.#printed.splice(0)], columns).slice(-MAX_KEPT);
    for (const listener of this.#listeners) listener();
    this.#paint(Math.min(printed + toCursor, size.rows), printed + live - size.rows);
    return true;
  }

  /**
   * Draws what the terminal has left on the screen, and no more: what is above is in its history.
   * @param gone rows that have gone up beyond the screen's top
   */
  #paint(above: number, gone: number): void {
    const live = this.#fit();
    const printed = this.#kept.slice(Math.max(0, gone - this.#excess));
    this.#excess = Math.max(0, gone + printed.length - this.#kept.length);
    const { bytes, drawn } = repaint(above, { printed, ...live });
    this.#drawn = drawn;
    this.#write(bytes);
  }

  /** Where the terminal is gone there is nobody to be told. */
  #write(bytes: string): void {
    try {
      this.#output.write(bytes);
    } catch {
      this.#isActive = false;
    }
  }
}

/** Without sequences: what changes is never shown. */
class PlainScreen implements Screen {
  readonly rows = 24;
  #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  get columns(): number {
    return this.#output.columns;
  }

  print(lines: string[]): void {
    if (lines.length > 0) this.#output.write(`${lines.join("\n")}\n`);
  }

  setTail(): void {}
  setBottom(): void {}
  onResize(): void {}
  suspend(): void {}
  resume(): void {}
  clear(): void {}
  close(): void {}
}
