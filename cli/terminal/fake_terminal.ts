import { characterWidth } from "../width.ts";
import { styleAfter } from "./styled_text.ts";
import type { ScreenSize, Terminal } from "./terminal_size.ts";

/** A place on the screen: a wide character leaves the one after it empty. */
interface Cell {
  text: string;
  style: string;
}

interface Line {
  cells: Cell[];
  /** Goes on in the next line, because it was too long. */
  isWrapped: boolean;
}

// deno-lint-ignore no-control-regex
const TOKENS = /\x1b\[(\??)([\d;]*)([A-Za-z])|\r|\n|[^\x1b\r\n]|\x1b/gsu;

/**
 * As much of a VT100 as the screen uses, for tests. Throws at any other sequence or control.
 * `reflow`: whether it breaks and joins long lines when its width changes, as most do.
 */
export class FakeTerminal implements Terminal {
  columns: number;
  rows: number;
  isCursorShown = true;
  isSynchronized = false;
  cursor = { row: 0, column: 0 };
  /** What has left the screen at its top. */
  history: Line[] = [];
  /** Everything that was written. */
  written = "";
  readonly isTerminal = true;
  readonly color = true;
  #screen: Line[] = [];
  #wraps = true;
  /** After the last column is filled, the next character wraps. */
  #isPending = false;
  #style = "";
  /** What a combining mark goes to. */
  #last?: Cell;
  #listeners = new Set<() => void>();
  #reflow: boolean;

  constructor({ columns, rows, reflow = true }: ScreenSize & { reflow?: boolean }) {
    [this.columns, this.rows, this.#reflow] = [columns, rows, reflow];
    this.#fill();
  }

  size(): ScreenSize {
    return { columns: this.columns, rows: this.rows };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  writeBytes(bytes: Uint8Array): void {
    this.write(new TextDecoder().decode(bytes));
  }

  write(text: string): void {
    this.written += text;
    for (const [token, isPrivate, parameters, final] of text.matchAll(TOKENS)) {
      if (final) this.#control(isPrivate + final, parameters ?? "");
      else if (token === "\r") {
        [this.#last, this.cursor.column, this.#isPending] = [undefined, 0, false];
      } else if (token === "\n") this.#lineFeed();
      else this.#put(token);
    }
  }

  resize({ columns, rows }: ScreenSize): void {
    if (this.#reflow) this.#flow(columns, rows);
    else this.#crop(columns, rows);
    for (const listener of [...this.#listeners]) listener();
  }

  /** The rows of the screen as text, without spaces at their ends. */
  get text(): string[] {
    return this.#screen.map(textOf);
  }

  /** The same with the history before it, without blank rows at the end. */
  get allText(): string[] {
    const all = [...this.history, ...this.#screen].map(textOf);
    return all.slice(0, all.findLastIndex((row) => row !== "") + 1);
  }

  /** The rows of the screen with what each cell looks like, to be compared. */
  get looks(): string[] {
    return this.#screen.map(({ cells }) =>
      cells.map(({ text, style }) => text === " " ? text : style + text).join("|")
    );
  }

  #fill(): void {
    while (this.#screen.length < this.rows) this.#screen.push(this.#blank());
  }

  #blank(): Line {
    return { cells: Array.from({ length: this.columns }, blankCell), isWrapped: false };
  }

  #lineFeed(): void {
    this.#isPending = false;
    if (this.cursor.row < this.rows - 1) {
      this.cursor.row++;
      return;
    }
    this.history.push(this.#screen.shift()!);
    this.#fill();
  }

  #put(character: string): void {
    if (/[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/u.test(character)) {
      throw new Error(`a control reached the terminal: ${JSON.stringify(character)}`);
    }
    const width = characterWidth(character);
    if (width === 0) return this.#combine(character);
    if (this.#wraps && (this.#isPending || this.cursor.column + width > this.columns)) {
      this.#screen[this.cursor.row]!.isWrapped = true;
      this.cursor.column = 0;
      this.#lineFeed();
    }
    const column = Math.min(this.cursor.column, this.columns - width);
    const { cells } = this.#screen[this.cursor.row]!;
    cells[column] = this.#last = { text: character, style: this.#style };
    if (width === 2) cells[column + 1] = { text: "", style: this.#style };
    this.#isPending = this.#wraps && column + width >= this.columns;
    this.cursor.column = Math.min(column + width, this.columns - 1);
  }

  #combine(character: string): void {
    if (this.#last) this.#last.text += character;
  }

  #control(kind: string, parameters: string): void {
    const [count, at] = [Number(parameters || 1), this.cursor];
    const act = ({
      A: () => at.row = Math.max(0, at.row - count),
      G: () => at.column = Math.min(this.columns, count) - 1,
      H: () => this.cursor = { row: 0, column: 0 },
      K: () => this.#erase(at.row, at.column),
      J: () => this.#eraseScreen(Number(parameters)),
      m: () => this.#style = styleAfter(`${this.#style}\x1b[${parameters}m`),
      "?h": () => this.#setMode(parameters, true),
      "?l": () => this.#setMode(parameters, false),
    } as Record<string, () => void>)[kind];
    if (!act) throw new Error(`an unknown sequence reached the terminal: ${kind}`);
    act();
    if (kind !== "m") this.#last = undefined;
    if (kind !== "m" && !kind.startsWith("?")) this.#isPending = false;
  }

  #setMode(mode: string, isOn: boolean): void {
    if (mode === "7") this.#wraps = isOn;
    else if (mode === "25") this.isCursorShown = isOn;
    else if (mode === "2026") this.isSynchronized = isOn;
    else throw new Error(`an unknown mode reached the terminal: ${mode}`);
  }

  #erase(row: number, from: number): void {
    const line = this.#screen[row]!;
    line.isWrapped = false;
    for (let column = from; column < this.columns; column++) line.cells[column] = blankCell();
  }

  #eraseScreen(what: number): void {
    if (what === 3) this.history = [];
    else if (what === 2) this.#screen.forEach((_, row) => this.#erase(row, 0));
    else {
      this.#erase(this.cursor.row, this.cursor.column);
      for (let row = this.cursor.row + 1; row < this.rows; row++) this.#erase(row, 0);
    }
  }

  /** As xterm: what is too wide is lost. */
  #crop(columns: number, rows: number): void {
    for (const line of this.#screen) {
      line.cells.length = Math.min(columns, line.cells.length);
      while (line.cells.length < columns) line.cells.push(blankCell());
    }
    [this.columns, this.rows] = [columns, rows];
    while (this.cursor.row >= rows) {
      this.history.push(this.#screen.shift()!);
      this.cursor.row--;
    }
    this.#screen.length = Math.min(rows, this.#screen.length);
    this.#fill();
    this.cursor.column = Math.min(this.cursor.column, columns - 1);
  }

  /** As tmux, kitty and most others: lines are broken anew, and fill the screen from below. */
  #flow(columns: number, rows: number): void {
    const end = Math.max(this.cursor.row, this.#lastUsed());
    const old = [...this.history, ...this.#screen.slice(0, end + 1)];
    const cursorLine = this.history.length + this.cursor.row;
    this.columns = columns;
    this.rows = rows;
    const lines: Line[] = [];
    let cursorRow = 0;
    let open: Cell[] = [];
    old.forEach((line, i) => {
      if (i === cursorLine) {
        const offset = open.length + this.cursor.column;
        cursorRow = lines.length + Math.floor(offset / columns);
        this.cursor.column = offset % columns;
      }
      open = [...open, ...(line.isWrapped ? line.cells : used(line.cells))];
      if (line.isWrapped) return;
      lines.push(...split(open, columns));
      open = [];
    });
    while (lines.length <= cursorRow) lines.push(this.#blank());
    const top = Math.max(0, lines.length - rows);
    [this.history, this.#screen] = [lines.slice(0, top), lines.slice(top)];
    this.cursor.row = Math.max(0, cursorRow - top);
    this.#fill();
  }

  #lastUsed(): number {
    return this.#screen.findLastIndex((line) => used(line.cells).length > 0);
  }
}

function blankCell(): Cell {
  return { text: " ", style: "" };
}

function textOf({ cells }: Line): string {
  return cells.map(({ text }) => text).join("").trimEnd();
}

function used(cells: Cell[]): Cell[] {
  return cells.slice(0, cells.findLastIndex(({ text }) => text !== " ") + 1);
}

/** A wide character is not cut in two. */
function split(cells: Cell[], columns: number): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from === 0 || from < cells.length;) {
    const to = cells[from + columns]?.text === "" ? from + columns - 1 : from + columns;
    const part = cells.slice(from, to);
    while (part.length < columns) part.push(blankCell());
    lines.push({ cells: part, isWrapped: to < cells.length });
    from = to;
  }
  return lines;
}
