import { type Markup, markup } from "../../html/markup.ts";
import { renderPage } from "../../html/page.ts";
import { countAll, type ReviewSummary } from "../../review_summary.ts";
import { countOf } from "../../style.ts";
import { renderBreakdown } from "./breakdown.ts";
import { renderFiles } from "./file_table.ts";
import { type Piece, renderFindings } from "./findings_section.ts";
import { renderOverview } from "./overview.ts";
import script from "./review.js" with { type: "text" };
import style from "./review.css" with { type: "text" };
import { type FindRule, renderRules } from "./rule_table.ts";
import type { ReportTally } from "./report_tally.ts";

/** What the page of a review is made of. */
export interface ReviewPage {
  /** What was reviewed. */
  name: string;
  /** Of devmcp. */
  version: string;
  summary: ReviewSummary;
  tally: ReportTally;
  /** Findings and notes that the page has room for, in order. */
  pieces: Piece[];
  problems?: Markup;
  /** Of a single file. */
  remarks?: Markup;
  findRule: FindRule;
}

/** The whole page, from what is known at the end. */
export function renderReviewPage(page: ReviewPage): string {
  const { name, version, summary: { files, lines } } = page;
  return renderPage({
    title: `Review of ${name}`,
    facts: markup`${countOf(files, "file")}, ${countOf(lines, "line")}`,
    body: markup`${sections(page).map((section) => section && markup`${section}\n`)}`,
    style,
    script,
    version,
  });
}

function sections(page: ReviewPage): (Markup | false | undefined)[] {
  const { summary, tally, pieces, problems, remarks, findRule } = page;
  const rules = tally.rules();
  const found = rules.reduce((sum, { count }) => sum + count, 0);
  const shown = pieces.filter(({ severity }) => severity).length;
  return [
    renderOverview(summary, tally),
    problems,
    remarks,
    summary.files > 0 && countAll(summary.issues) + found === 0 && nothingFound(),
    renderBreakdown(tally),
    found > 0 && renderRules(rules, findRule),
    !remarks && files(page),
    pieces.length > 0 && renderFindings(pieces, found - shown, summary.issues, tally),
  ];
}

function files({ summary, tally, pieces }: ReviewPage): Markup | false {
  const rows = tally.files();
  const shown = new Set(pieces.map(({ file }) => file));
  return rows.length > 0 && renderFiles(rows, summary.files_with_issues, (row) => shown.has(row));
}

function nothingFound(): Markup {
  return markup`<section id="clean"><h2>No findings</h2>
<p class="lead">There is nothing to tell of what was reviewed.</p></section>`;
}
