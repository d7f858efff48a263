import type { Output } from "./app.ts";
import { renderBytes, renderSeconds } from "./byte_text.ts";
import { sanitizeLine } from "./sanitize.ts";
import { padEnd, textWidth, truncateEnd } from "./width.ts";

/** What a server says while it downloads: the layer or step, and its bytes. */
export interface PullStep {
  /** `pulling manifest`, `pulling 8934d96d3f08`: a layer is known by its status. */
  status: string;
  /** Bytes of the layer that are there. */
  completed?: number;
  /** Bytes of the layer. */
  total?: number;
}

/** Where a download stands, over all layers that the server has named so far. */
export interface PullState {
  /** What is downloaded. */
  label: string;
  status: string;
  completed: number;
  total: number;
  /** Bytes in a second, over the last seconds; undefined as long as it would be a guess. */
  speed?: number;
}

/** Adds up what a server says of each layer. */
export interface PullTally {
  add(step: PullStep): PullState;
  readonly state: PullState;
}

/** Models have some six layers; a server that names more than this is not counted further. */
const MAX_LAYERS = 1000;
/** The time that a speed is measured over. */
const SPEED_WINDOW_MS = 8000;
const MIN_SPEED_MS = 1000;
const SAMPLE_MS = 100;

/**
 * Counts a download. What was there before it (a layer of an earlier pull, the first part of one
 * that was interrupted) counts as done but not as speed.
 */
export function createPullTally(label: string, now = () => performance.now()): PullTally {
  const layers = new Map<string, { completed: number; total: number }>();
  let samples: { at: number; bytes: number }[] = [];
  /** Bytes that came since the start. */
  let received = 0;
  let status = "";
  const state = (): PullState => {
    const all = [...layers.values()];
    const sum = (of: "completed" | "total") => all.reduce((bytes, layer) => bytes + layer[of], 0);
    return { label, status, completed: sum("completed"), total: sum("total"), speed: speed() };
  };
  const speed = () => {
    const first = samples[0];
    const ms = first ? now() - first.at : 0;
    return first && ms >= MIN_SPEED_MS ? (received - first.bytes) / ms * 1000 : undefined;
  };
  const keepSample = () => {
    const at = now();
    if (at - (samples.at(-1)?.at ?? -Infinity) < SAMPLE_MS) return;
    samples = [...samples.filter((one) => at - one.at <= SPEED_WINDOW_MS), { at, bytes: received }];
  };
  return {
    add(step) {
      status = step.status;
      const layer = readLayer(step);
      const before = layers.get(status);
      if (layer && (before || layers.size < MAX_LAYERS)) {
        if (before) received += Math.max(0, layer.completed - before.completed);
        layers.set(status, layer);
        keepSample();
      }
      return state();
    },
    get state() {
      return state();
    },
  };
}

/** A server's figures may be anything. */
function readLayer({ completed = 0, total }: PullStep) {
  const isSize = (value: unknown): value is number =>
    Number.isSafeInteger(value) && value as number >= 0;
  if (!isSize(total) || !isSize(completed) || total === 0) return undefined;
  return { total, completed: Math.min(completed, total) };
}

export interface PullProgress {
  update(step: PullStep): PullState;
  /** Tells something in a line of its own, which stays. */
  say(text: string): void;
  /** Takes the bar off the screen for good. */
  stop(): void;
}

const REDRAW_MS = 100;
/** A full line would wrap, on some terminals as it is, on all when Ctrl-C puts its `^C` behind it. */
const MARGIN = 3;
const CLEAR_LINE = "\r\x1b[K";

/**
 * Shows a download: a bar on a terminal, else a line for each tenth of it and for each step without
 * bytes. Call `stop()` in a `finally`.
 */
export function createPullProgress(
  output: Output,
  label: string,
  now = () => performance.now(),
): PullProgress {
  const tally = createPullTally(label, now);
  return output.isTerminal ? drawBar(output, tally, now) : tellLines(output, tally);
}

function drawBar(output: Output, tally: PullTally, now: () => number): PullProgress {
  let drawnAt = -Infinity;
  const draw = () => {
    if (now() - drawnAt < REDRAW_MS) return;
    drawnAt = now();
    output.write(CLEAR_LINE + renderPull(tally.state, output.columns - MARGIN));
  };
  // The speed falls and the time left grows also while nothing comes.
  const timer = setInterval(draw, 5 * REDRAW_MS);
  return {
    update(step) {
      const state = tally.add(step);
      draw();
      return state;
    },
    say: (text) => output.write(`${CLEAR_LINE}${sanitizeLine(text)}\n`),
    stop() {
      clearInterval(timer);
      if (drawnAt > -Infinity) output.write(CLEAR_LINE);
      drawnAt = -Infinity;
    },
  };
}

/** More lines than this say nothing new, whatever the server sends. */
const MAX_LINES = 60;

function tellLines(output: Output, tally: PullTally): PullProgress {
  let last = "";
  let lines = 0;
  return {
    update(step) {
      const state = tally.add(step);
      const line = plainLine(state);
      if (line !== last && lines < MAX_LINES) {
        output.write(`${line}\n`);
        last = line;
        lines++;
      }
      return state;
    },
    say: (text) => output.write(`${sanitizeLine(text)}\n`),
    stop() {},
  };
}

/** One text for each tenth of the download. */
function plainLine({ label, status, completed, total }: PullState): string {
  const head = sanitizeLine(label);
  if (total === 0 || completed >= total) return `${head}: ${shortStatus(status)}`;
  const tenths = Math.floor(10 * completed / total);
  return `${head}: ${10 * tenths} % of ${renderBytes(total)}`;
}

const MAX_STATUS = 60;

function shortStatus(status: string): string {
  return truncateEnd(sanitizeLine(status.slice(0, 4 * MAX_STATUS)), MAX_STATUS);
}

const MAX_BAR = 40;
const MIN_BAR = 5;

/** `mistral [=====>   ] 1.2 of 4.4 GB, 28 %, 12.3 MB/s, 4 min left`, in at most `columns` columns. */
export function renderPull(state: PullState, columns: number): string {
  const label = truncateEnd(sanitizeLine(state.label), Math.max(8, Math.floor(columns / 2)));
  const { completed, total } = state;
  if (total === 0 || completed >= total) {
    return truncateEnd(`${label}: ${shortStatus(state.status)}`, Math.max(1, columns));
  }
  const bytes = `${renderBytes(completed)} of ${renderBytes(total)}`;
  const percent = `${Math.floor(100 * completed / total)} %`;
  const pace = renderPace(state);
  for (const text of [`${bytes}, ${percent}${pace}`, `${bytes}, ${percent}`, percent]) {
    const room = columns - textWidth(label) - textWidth(text) - 4;
    if (room < MIN_BAR) continue;
    return `${label} [${bar(completed / total, Math.min(room, MAX_BAR))}] ${text}`;
  }
  return truncateEnd(`${label} ${percent}`, Math.max(1, columns));
}

function renderPace({ speed, completed, total }: PullState): string {
  if (speed === undefined) return "";
  if (speed < 1) return ", waiting";
  return `, ${renderBytes(speed)}/s, ${renderSeconds((total - completed) / speed)} left`;
}

function bar(share: number, width: number): string {
  const filled = Math.min(width, Math.floor(width * share));
  return padEnd("=".repeat(filled) + (filled < width ? ">" : ""), width);
}
