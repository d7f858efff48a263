import { SEVERITIES, type Severity } from "../../../analysis/issue.ts";
import { type Markup, markup } from "../../html/markup.ts";
import { countAll, type ReviewSummary } from "../../review_summary.ts";
import { countOf, grouped } from "../../style.ts";
import { inlineCode } from "./inline_code.ts";
import type { ReportTally } from "./report_tally.ts";

/** The figures of a review, and what they are made of. */
export function renderOverview(summary: ReviewSummary, tally: ReportTally): Markup {
  const { issues } = summary;
  return markup`<section id="overview" aria-labelledby="overview-title">
<h2 id="overview-title" class="unseen">Overview</h2>
<dl class="figures">${figures(summary, tally)}</dl>
${countAll(issues) > 0 && severityBar(issues)}
${notes(summary, tally)}
</section>`;
}

function figures(summary: ReviewSummary, tally: ReportTally): Markup[] {
  const { files, files_with_issues: touched, lines, issues, overall_score: score } = summary;
  const fixable = tally.rules().reduce((sum, row) => sum + row.fixable, 0);
  const all = countAll(issues);
  return [
    score === null
      ? figure("Score", "–", "no files")
      : figure("Score", markup`<span class="score ${rankOf(score)}">${score}</span>`, "of 100"),
    figure(
      "Findings",
      grouped(all),
      all === 0 ? "nothing to tell" : `in ${grouped(touched)} of ${countOf(files, "file")}`,
    ),
    figure("Safe fixes", grouped(fixable), fixable > 0 ? "devmcp review --fix" : "none"),
    figure("Lines", grouped(lines), `in ${countOf(files, "file")}`),
  ];
}

function figure(title: string, value: Markup | string, below: string): Markup {
  return markup`<div><dt>${title}</dt><dd>${value}<small>${below}</small></dd></div>`;
}

/** How good a score is. */
export function rankOf(score: number): "good" | "fair" | "poor" {
  return score >= 80 ? "good" : score >= 50 ? "fair" : "poor";
}

/** Between the parts of a bar, in percent of it. */
const GAP = 0.2;

/** The severities as parts of one bar, and their numbers. */
function severityBar(issues: Record<Severity, number>): Markup {
  const all = countAll(issues);
  let x = 0;
  const parts = SEVERITIES.filter((severity) => issues[severity] > 0).map((severity) => {
    const width = 100 * issues[severity] / all;
    const part = markup`<rect class="${severity}" x="${x.toFixed(2)}%" width="${
      Math.max(0.2, width - GAP).toFixed(2)
    }%" height="100%"/>`;
    x += width;
    return part;
  });
  const legend = SEVERITIES.map((severity) =>
    markup`<li><span class="dot ${severity}"></span>${severity} <b>${
      grouped(issues[severity])
    }</b></li>`
  );
  return markup`<svg class="bar" aria-hidden="true">${parts}</svg>
<ul class="legend">${legend}</ul>`;
}

function notes(summary: ReviewSummary, tally: ReportTally): Markup | undefined {
  const all = [...fixedNotes(summary), ...silentNotes(summary), ...modelNotes(summary, tally)];
  if (all.length === 0) return undefined;
  return markup`<ul class="notes">${all.map((note) => markup`<li>${inlineCode(note)}</li>`)}</ul>`;
}

function fixedNotes({ fixed }: ReviewSummary): string[] {
  if (!fixed) return [];
  return [`Fixed ${countOf(fixed.findings, "finding")} in ${countOf(fixed.files, "file")}.`];
}

function silentNotes({ suppressed, baseline_mended: mended }: ReviewSummary): string[] {
  const { comment = 0, baseline = 0 } = suppressed ?? {};
  return [
    comment > 0 && `Not told: ${countOf(comment, "finding")} silenced by comments.`,
    baseline > 0 && `Not told: ${countOf(baseline, "finding")} known from the baseline.`,
    mended && `Mended: ${countOf(mended, "finding")} of the baseline.`,
  ].filter((note) => typeof note === "string");
}

function modelNotes(summary: ReviewSummary, tally: ReportTally): string[] {
  const { model_issues: advice, model_missed: missed } = summary;
  const models = tally.models().map((model) => `\`${model}\``).join(", ");
  return [
    advice !== undefined && `Advice of a model (${models}): ${countOf(advice, "finding")}.`,
    missed &&
    `Not or not wholly reviewed by the model: ${
      countOf(missed.files, "file")
    }, the first because: ${missed.reason}`,
  ].filter((note) => typeof note === "string");
}
