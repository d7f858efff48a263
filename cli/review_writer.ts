import { type FileReview, limitIssues } from "../analysis/review.ts";
import type { App, Output } from "./app.ts";
import type { LineAt } from "./excerpt.ts";
import { loadRenderer, type ReviewFormat } from "./formats/formats.ts";
import type { Renderer } from "./formats/renderer.ts";
import { createTally, type ReviewSummary } from "./review_summary.ts";

/** Writes reviews as they come, in one format or several: nothing of them is kept but the totals. */
export interface ReviewWriter {
  file(path: string, review: FileReview, lineAt: LineAt): void;
  /** Says of a file that could not be reviewed. The message on stderr is the caller's. */
  problem(path: string, message: string): void;
  /**
   * Completes the output, and sums up on stderr.
   *
   * @param known what only the end of all files tells
   */
  end(known?: Pick<ReviewSummary, "baseline_mended">): void;
}

/** A format, and where it goes. */
export interface ReviewTarget {
  format: ReviewFormat;
  output: Output;
  /** Issues shown per file at most; 0 for all. @default 0 */
  maxIssues?: number;
}

export interface ReviewWriterOptions {
  /** What is reviewed, for a title. @default "files" */
  subject?: string;
  /** One file was asked for by name: say what is good and what to improve in it. */
  single?: boolean;
  /** Count the findings of each rule; text gives the counts instead of the findings. */
  statistics?: boolean;
  /** What files looked like before; filled. @default each is rendered anew */
  rendered?: Rendered;
  /** Milliseconds since the process began. @default performance.now */
  now?: () => number;
}

/** What reviews look like in the formats in which a file's piece depends on nothing else. */
export class Rendered {
  readonly #texts = new Map<string, WeakMap<FileReview, string>>();

  /** Of one format, on one kind of screen; undefined where pieces depend on what else there is. */
  of({ format, output, maxIssues }: ReviewTarget): WeakMap<FileReview, string> | undefined {
    if (!ALONE.has(format)) return undefined;
    const key = JSON.stringify([format, output.columns, output.color, maxIssues]);
    const texts = this.#texts.get(key) ?? new WeakMap();
    // The screen had other sizes before.
    if (!this.#texts.has(key) && this.#texts.size >= 4) this.#texts.clear();
    this.#texts.set(key, texts);
    return texts;
  }
}

const ALONE: ReadonlySet<ReviewFormat> = new Set(["text", "jsonl"]);

/** Loads what the formats need; nothing is written before the first file or the end. */
export async function createReviewWriter(
  targets: ReviewTarget[],
  app: App,
  {
    subject = "files",
    single = false,
    statistics = false,
    rendered,
    now = () => performance.now(),
  }: ReviewWriterOptions = {},
): Promise<ReviewWriter> {
  const sinks = await Promise.all(targets.map(async (target) => {
    const options = { app, style: target.output, subject, single, statistics };
    return createSink(await loadRenderer(target.format, options), target, rendered?.of(target));
  }));
  const { renderMissed, renderSummary } = await import("./formats/text.ts");
  const tally = createTally({ statistics });
  const start = now();
  return {
    file(path, review, lineAt) {
      tally.add(review);
      for (const sink of sinks) sink.file(path, review, lineAt);
    },
    problem(path, message) {
      for (const sink of sinks) sink.problem(path, message);
    },
    end(known) {
      const summary = { ...tally.summary(), ...known };
      for (const sink of sinks) sink.end(summary);
      const saidAll = saysItAll(targets, app, { single, statistics }) && !summary.baseline_mended;
      if (saidAll) return;
      const text = wantsSummary(targets, app)
        ? renderSummary(summary, now() - start, app.stderr)
        : "";
      const all = text + renderMissed(summary);
      if (all) app.stderr.write(all);
    },
  };
}

/** A single file's text on standard output does. */
function saysItAll(
  targets: ReviewTarget[],
  { stdout }: App,
  { single, statistics }: ReviewWriterOptions,
): boolean {
  return Boolean(single) && !statistics &&
    targets.some(({ format, output }) => format === "text" && output === stdout);
}

/** Where a person reads along: the text, or nothing else on standard output. */
function wantsSummary(targets: ReviewTarget[], { stdout }: App): boolean {
  return targets.some(({ format }) => format === "text") ||
    !targets.some(({ output }) => output === stdout);
}

function createSink(
  renderer: Renderer,
  { output, maxIssues = 0 }: ReviewTarget,
  rendered?: WeakMap<FileReview, string>,
) {
  // Held back until something follows: a mistake found before that leaves the output empty.
  let pending = renderer.header?.() ?? "";
  const write = (text: string | void) => {
    if (pending || text) output.write(pending + (text ?? ""));
    pending = "";
  };
  return {
    file(path: string, review: FileReview, lineAt: LineAt) {
      const text = rendered?.get(review) ??
        renderer.file(path, limitIssues(review, maxIssues), lineAt);
      rendered?.set(review, text);
      write(text);
    },
    problem(path: string, message: string) {
      const text = renderer.problem?.(path, message);
      if (text) write(text);
    },
    end: (summary: ReviewSummary) => write(renderer.footer?.(summary)),
  };
}
