import { isAdvice, type Issue, SEVERITIES, type Severity } from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import { type LineAt, renderExcerpt } from "../excerpt.ts";
import { countAll, type ReviewSummary } from "../review_summary.ts";
import { sanitizeLine } from "../sanitize.ts";
import { renderStatistics } from "./statistics.ts";
import type { Renderer } from "./renderer.ts";
import { countOf, grouped, type Palette, paletteOf, type TextStyle } from "../style.ts";

/** Reviews as text: the findings, or how many there are of each rule. */
export function createText(
  { style, single, statistics }: { style: TextStyle; single: boolean; statistics: boolean },
): Renderer {
  const render = single ? renderReview : renderIssues;
  return {
    file: (path, review, lineAt) => statistics ? "" : render(path, review, lineAt, style),
    footer: (summary) => statistics ? renderStatistics(summary.statistics ?? [], style) : "",
  };
}

/** A whole review as text: its issues with excerpts, then the verdict. */
export function renderReview(
  path: string,
  review: FileReview,
  lineAt: LineAt,
  style: TextStyle,
): string {
  return renderIssues(path, review, lineAt, style) + renderVerdict(path, review, style);
}

/** Each issue with its place, the source around it and the fix there is; empty without issues. */
export function renderIssues(
  path: string,
  { issues, issues_omitted: omitted, model_notes = [], fix_notes = [] }: FileReview,
  lineAt: LineAt,
  style: TextStyle,
): string {
  const palette = paletteOf(style);
  const file = sanitizeLine(path);
  const blocks = issues.map((issue) => renderIssue(file, issue, lineAt, style, palette));
  if (omitted > 0) {
    const more = `${file}: ${countOf(omitted, "more issue")} not shown; --max-issues 0 shows all`;
    blocks.push(`${palette.quiet(more)}\n`);
  }
  for (const note of [...fix_notes, ...model_notes]) {
    blocks.push(palette.quiet(`${file}: note: ${sanitizeLine(note)}`) + "\n");
  }
  return blocks.map((block) => `${block}\n`).join("");
}

function renderIssue(
  file: string,
  issue: Issue,
  lineAt: LineAt,
  { columns }: TextStyle,
  palette: Palette,
): string {
  const paint = palette.severity[issue.severity];
  const cell = issue.cell === undefined ? "" : `cell ${issue.cell}:`;
  const place = palette.strong(file) + palette.quiet(`:${cell}${issue.line}:${issue.column}:`);
  const rule = palette.strong(sanitizeLine(nameSource(issue)));
  const notes = [...fixNotes(issue, palette), ...suggestionNotes(issue, palette)];
  const style = { columns, quiet: palette.quiet, mark: paint, notes };
  return [
    `${place} ${paint(issue.severity)} ${rule} ${renderInline(issue.message, palette)}`,
    ...renderExcerpt(issue, (line) => lineAt(line, issue.cell), style),
  ].join("\n") + "\n";
}

function fixNotes({ fix }: Issue, palette: Palette): string[] {
  if (!fix) return [];
  const kind = fix.safe ? palette.good("safe fix") : "unsafe fix";
  return [`${kind}: ${renderInline(fix.message, palette)}`];
}

/** The rule, or that a model said so and how sure it is: `(model, 0.7)`. */
function nameSource(issue: Issue): string {
  if (!isAdvice(issue)) return issue.rule;
  return issue.confidence === undefined ? "(model)" : `(model, ${issue.confidence})`;
}

function suggestionNotes({ suggestion }: Issue, palette: Palette): string[] {
  return suggestion ? [`suggestion: ${renderInline(suggestion, palette)}`] : [];
}

/** One line with `code` in colour. */
function renderInline(text: string, palette: Palette): string {
  return sanitizeLine(text).replace(/`[^`]+`/g, (code) => palette.code(code));
}

/** The score of one file, why, and what its facts suggest. */
export function renderVerdict(path: string, review: FileReview, style: TextStyle): string {
  const palette = paletteOf(style);
  const score = palette.strong(`score ${review.overall_score}/100`);
  const found = describe(review.counts) + describeAdvice(review) + describeSuppressed(review) +
    describeFixed(review);
  const head = `${palette.strong(sanitizeLine(path))}: ${score}, ${found}\n`;
  return [
    head,
    ...list("To improve", review.suggestions, palette.severity.major("-"), palette),
    ...list("What is good", review.compliments, palette.good("+"), palette),
  ].join("");
}

/** What the model said beside that; nothing where none was asked. */
function describeAdvice({ model, issues }: FileReview): string {
  if (model === undefined) return "";
  const advice = countOf(issues.filter(isAdvice).length, "finding");
  return `; ${advice} of ${sanitizeLine(model)}`;
}

function describeSuppressed({ issues_suppressed: suppressed }: FileReview): string {
  const parts = suppressedParts(suppressed);
  return parts.length > 0 ? `; not told: ${parts.join(", ")}` : "";
}

function describeFixed({ fixed = [] }: FileReview): string {
  const count = fixed.reduce((sum, { count }) => sum + count, 0);
  return count > 0 ? `; fixed ${countOf(count, "finding")}` : "";
}

function list(title: string, items: string[], bullet: string, palette: Palette): string[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => `  ${bullet} ${renderInline(item, palette)}\n`);
  return [`\n${palette.strong(title)}\n`, ...lines];
}

/** The outcome of many files in one line, for stderr. */
export function renderSummary(
  summary: ReviewSummary,
  durationMs: number,
  style: Pick<TextStyle, "color">,
): string {
  const { strong } = paletteOf(style);
  const { files, lines, issues, model_issues: advice, overall_score: score } = summary;
  if (files === 0) return "Reviewed no files\n";
  const where = summary.files_with_issues > 0 && files > 1
    ? ` in ${countOf(summary.files_with_issues, "file")}`
    : "";
  return `Reviewed ${countOf(files, "file")} (${countOf(lines, "line")}) in ` +
    `${duration(durationMs)}: ${describe(issues)}${where}, ${strong(`score ${score}/100`)}` +
    (advice === undefined ? "" : `; ${countOf(advice, "finding")} of a model`) + "\n" +
    renderFixed(summary) + renderSuppressed(summary);
}

/** What was mended: `Fixed 3 findings in 2 files`. */
function renderFixed({ fixed }: ReviewSummary): string {
  if (!fixed) return "";
  return `Fixed ${countOf(fixed.findings, "finding")} in ${countOf(fixed.files, "file")}\n`;
}

/** What is not told, and what the baseline need not hold any more. */
function renderSuppressed({ suppressed, baseline_mended: mended = 0 }: ReviewSummary): string {
  const parts = suppressedParts(suppressed);
  const [are, them] = mended === 1 ? ["is", "it"] : ["are", "them"];
  return (parts.length > 0 ? `Not told: ${parts.join(", ")}\n` : "") +
    (mended > 0
      ? `${grouped(mended)} of the baseline ${are} mended: --update-baseline removes ${them}\n`
      : "");
}

function suppressedParts({ comment, baseline } = { comment: 0, baseline: 0 }): string[] {
  return [
    ...comment > 0 ? [`${grouped(comment)} silenced by comments`] : [],
    ...baseline > 0 ? [`${grouped(baseline)} known from the baseline`] : [],
  ];
}

/** What a model that should have been asked did not review, in one line; empty when there is nothing. */
export function renderMissed({ model_missed: missed }: ReviewSummary): string {
  if (!missed) return "";
  const files = countOf(missed.files, "file");
  return `Not or not wholly reviewed by the model: ${files}, the first because: ` +
    `${sanitizeLine(missed.reason)}\n`;
}

/** `3 issues (1 critical, 2 minor)`. */
function describe(counts: Record<Severity, number>): string {
  const all = countAll(counts);
  if (all === 0) return "no issues";
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => `${grouped(counts[severity])} ${severity}`);
  return `${countOf(all, "issue")} (${parts.join(", ")})`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
