import type { FileReview } from "../analysis/review.ts";
import type { App } from "./app.ts";
import type { LineAt } from "./excerpt.ts";
import { createTally } from "./review_summary.ts";

export const REVIEW_FORMATS = ["text", "json", "sarif", "github"] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

/** Writes reviews as they come: nothing of them is kept but the totals. */
export interface ReviewWriter {
  file(path: string, review: FileReview, lineAt: LineAt): void;
  /** Says of a file that could not be reviewed. The message on stderr is the caller's. */
  problem(path: string, message: string): void;
  /** Completes the output, and sums up on stderr. */
  end(): void;
}

export interface ReviewWriterOptions {
  /** One file was asked for by name: say what is good and what to improve in it. */
  single?: boolean;
  /** Milliseconds since the process began. @default performance.now */
  now?: () => number;
}

/** What one format writes; `undefined` and "" write nothing. */
interface Renderer {
  header?(): string;
  file(path: string, review: FileReview, lineAt: LineAt): string;
  problem?(path: string, message: string): void;
  footer?(summary: ReturnType<ReturnType<typeof createTally>["summary"]>): string;
}

/** Loads what the format needs; nothing is written before the first file or the end. */
export async function createReviewWriter(
  format: ReviewFormat,
  app: App,
  { single = false, now = () => performance.now() }: ReviewWriterOptions = {},
): Promise<ReviewWriter> {
  const renderer = await rendererOf(format, app, single);
  const { renderMissed, renderSummary } = await import("./review_text.ts");
  const tally = createTally();
  const start = now();
  // Held back until something follows: a mistake found before that leaves the output empty.
  let pending = renderer.header?.() ?? "";
  const write = (text = "") => {
    if (pending + text) app.stdout.write(pending + text);
    pending = "";
  };
  return {
    file(path, review, lineAt) {
      tally.add(review);
      write(renderer.file(path, review, lineAt));
    },
    problem: (path, message) => renderer.problem?.(path, message),
    end() {
      const summary = tally.summary();
      write(renderer.footer?.(summary));
      // A single file's text says it all.
      if (format === "text" && single) return;
      const text = format === "text" ? renderSummary(summary, now() - start, app.stderr) : "";
      const all = text + renderMissed(summary);
      if (all) app.stderr.write(all);
    },
  };
}

async function rendererOf(format: ReviewFormat, app: App, single: boolean): Promise<Renderer> {
  if (format === "json") return (await import("./review_json.ts")).createReviewJson();
  if (format === "github") return { file: (await import("./github.ts")).renderGithub };
  if (format === "sarif") return await sarifRenderer(app);
  const { renderIssues, renderReview } = await import("./review_text.ts");
  const render = single ? renderReview : renderIssues;
  return { file: (path, review, lineAt) => render(path, review, lineAt, app.stdout) };
}

async function sarifRenderer({ version, loadAsset }: App): Promise<Renderer> {
  const [{ createSarif }, { loadRules }] = await Promise.all([
    import("./sarif.ts"),
    import("./load_rules.ts"),
  ]);
  const rules = await loadRules({ loadAsset });
  const findRule = (code: string) => {
    const rule = rules.find(code);
    const help = [rule?.why, rule?.instead].filter(Boolean).join("\n\n");
    return rule && { name: rule.name, summary: rule.summary, help, url: rule.url };
  };
  return createSarif({ version, findRule });
}
