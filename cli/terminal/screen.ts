/**
 * The lower end of a terminal: finished lines scroll away upwards as in any program, so that the
 * terminal's own scrolling works; below them what still changes, then the bottom (status, input).
 * All texts given here are safe already: visible characters and SGR sequences.
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
