import type { Output } from "./app.ts";
import { sanitizeLine } from "./sanitize.ts";
import { padEnd, textWidth, truncateEnd } from "./width.ts";

/** Where the work stands. */
export interface ProgressState {
  /** What is done: "Reviewing". */
  label: string;
  done: number;
  total: number;
  /** Time since the start, in milliseconds. */
  elapsedMs: number;
}

export interface Progress {
  /** One more step (or `steps`) is done. */
  advance(steps?: number): void;
  /** What is done now, and in how many steps, when that has changed. */
  update(label: string, total?: number): void;
  /** Takes the bar off the screen before something else is written; the next redraw brings it back. */
  hide(): void;
  /** Takes the bar off the screen for good. */
  stop(): void;
}

export interface ProgressOptions {
  label: string;
  /** Steps in all. */
  total: number;
  /** A clock in milliseconds. @default performance.now */
  now?: () => number;
}

/** Shorter work shows no bar at all: no flicker. */
const DELAY_MS = 1000;
const REDRAW_MS = 100;
const MAX_BAR = 40;
const MIN_BAR = 5;
const CLEAR_LINE = "\r\x1b[K";

/**
 * A progress bar, drawn on a terminal only, after one second, at most ten times per second. Call
 * `stop()` in a `finally`: it also is what clears the line after Ctrl-C.
 */
export function createProgress(
  output: Output,
  { now = () => performance.now(), ...options }: ProgressOptions,
): Progress {
  if (!output.isTerminal) return { advance() {}, update() {}, hide() {}, stop() {} };
  let { label, total } = options;
  const start = now();
  let done = 0;
  let shown = false;
  let drawnAt = start + DELAY_MS - REDRAW_MS;
  const draw = () => {
    if (now() - drawnAt < REDRAW_MS) return;
    drawnAt = now();
    const state = { label, done, total, elapsedMs: drawnAt - start };
    // The last column stays free: a full line would wrap on some terminals.
    output.write(CLEAR_LINE + renderProgress(state, output.columns - 1));
    shown = true;
  };
  const hide = () => {
    if (shown) output.write(CLEAR_LINE);
    shown = false;
  };
  const timer = setInterval(draw, REDRAW_MS);
  return {
    advance(steps = 1) {
      done += steps;
      draw();
    },
    update(newLabel, newTotal = total) {
      [label, total] = [newLabel, newTotal];
      draw();
    },
    hide,
    stop() {
      clearInterval(timer);
      hide();
    },
  };
}

/** The bar in at most `columns` columns: `Reviewing [=====>    ] 512/1812, 28 %, about 5 s left`. */
export function renderProgress(state: ProgressState, columns: number): string {
  const { done, total } = state;
  const label = sanitizeLine(state.label);
  const count = `${done}/${total}`.padStart(2 * `${total}`.length + 1);
  const percent = `${Math.floor(total > 0 ? 100 * done / total : 0)} %`;
  const left = timeLeft(state);
  const texts = [`${count}, ${percent}${left}`, `${count}, ${percent}`, count];
  for (const text of texts) {
    const room = columns - textWidth(label) - textWidth(text) - 4;
    if (room >= MIN_BAR) return `${label} [${bar(state, Math.min(room, MAX_BAR))}] ${text}`;
  }
  return truncateEnd(`${label} ${count}`, Math.max(1, columns));
}

function bar({ done, total }: ProgressState, width: number): string {
  const filled = total > 0 ? Math.min(width, Math.floor(width * done / total)) : 0;
  return padEnd("=".repeat(filled) + (filled < width ? ">" : ""), width);
}

/** A rate from less than this is a guess. */
const MIN_SHARE = 0.02;

function timeLeft({ done, total, elapsedMs }: ProgressState): string {
  if (done >= total || done < total * MIN_SHARE || done === 0) return "";
  const seconds = Math.ceil(elapsedMs / done * (total - done) / 1000);
  return seconds < 100
    ? `, about ${seconds} s left`
    : `, about ${Math.ceil(seconds / 60)} min left`;
}
