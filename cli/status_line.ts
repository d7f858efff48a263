import type { Output } from "./app.ts";
import { sanitizeLine } from "./sanitize.ts";
import { textWidth, truncateEnd } from "./width.ts";

/** One line on a terminal about what is going on, with the time it takes. */
export interface StatusLine {
  /** Shows a text at once. */
  show(text: string): void;
  /** Takes the line off the screen for good. */
  stop(): void;
}

const REDRAW_MS = 100;
const CLEAR_LINE = "\r\x1b[K";

/**
 * A status line for work whose end is not known. Drawn on a terminal only. Call `stop()` in a
 * `finally`.
 */
export function createStatusLine(
  output: Output,
  now: () => number = () => performance.now(),
): StatusLine {
  if (!output.isTerminal) return { show() {}, stop() {} };
  const start = now();
  let text = "";
  let timer: number | undefined;
  const draw = () => {
    const line = renderStatus(text, now() - start, output.columns - 1);
    output.write(CLEAR_LINE + line);
  };
  return {
    show(next) {
      timer ??= setInterval(draw, REDRAW_MS);
      const isNew = text !== next;
      text = next;
      if (isNew) draw();
    },
    stop() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      output.write(CLEAR_LINE);
    },
  };
}

/**
 * `starcoder2:7b writes, first token after 0.4 s, 120 tokens … 3 s` in at most `columns` columns:
 * where there is no room, parts are left out, the model's tag first, and what is left is cut.
 */
export function renderStatus(text: string, elapsedMs: number, columns: number): string {
  const time = ` … ${Math.floor(elapsedMs / 1000)} s`;
  const room = Math.max(1, columns - time.length);
  let line = sanitizeLine(text);
  for (const part of LEFT_OUT_FIRST) {
    if (textWidth(line) > room) line = line.replace(part, "");
  }
  return truncateEnd(line, room) + time;
}

/** The tag, what is said of the first token, the owner of `hf.co/owner/name`, and the verb. */
const LEFT_OUT_FIRST = [
  /(?<=[^\s:]):[^\s,]+/,
  /, first token after [\d.]+ s/,
  /[^\s/]+\/(?:[^\s/]+\/)*/,
  /^Waiting for | writes(?=,)/,
];
