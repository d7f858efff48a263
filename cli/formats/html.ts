import { SEVERITIES } from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import type { LineAt } from "../excerpt.ts";
import type { Markup } from "../html/markup.ts";
import type { ReviewSummary } from "../review_summary.ts";
import { countOf } from "../style.ts";
import { renderFinding } from "./html/finding.ts";
import { type Piece, renderNotes } from "./html/findings_section.ts";
import { createProblems } from "./html/problems_section.ts";
import { renderRemarks } from "./html/remarks_section.ts";
import { renderReviewPage } from "./html/review_page.ts";
import type { FindRule } from "./html/rule_table.ts";
import { createReportTally, type FileRow, languageTitle } from "./html/report_tally.ts";
import { createWorst } from "./html/worst.ts";
import type { Renderer } from "./renderer.ts";
import { createUnique, uniqueFingerprint } from "./unique_fingerprint.ts";

export interface HtmlOptions {
  /** What is reviewed, for the title. */
  subject: string;
  /** Of devmcp. */
  version: string;
  findRule: FindRule;
  /** One file was asked for: the page says what is good and what to improve in it. */
  single: boolean;
}

/** Characters of all findings in a page: more of them opens slowly. */
const MOST_CHARACTERS = 10e6;
/** A finding counts as so many at least: there are at most 5,000. */
const LEAST = 2000;

/**
 * A page to look at. All is kept until the end, where the summary is known; so it is bounded: the most
 * severe findings stay.
 */
export function createHtml({ subject, version, findRule, single }: HtmlOptions): Renderer {
  const tally = createReportTally();
  const problems = createProblems();
  const pieces = createWorst<Piece>(
    MOST_CHARACTERS,
    ({ markup }) => Math.max(LEAST, `${markup}`.length),
  );
  let remarks: Markup | undefined;
  let name = subject;
  return {
    file(path: string, review: FileReview, lineAt: LineAt): string {
      const file = fileRow(path, review);
      tally.add(file, review);
      const unique = createUnique(path);
      for (const issue of review.issues) {
        const id = `f-${unique(issue).slice(0, 16)}`;
        const { url } = findRule(issue.rule) ?? {};
        pieces.add(SEVERITIES.length - SEVERITIES.indexOf(issue.severity), () => (
          { file, severity: issue.severity, markup: renderFinding(issue, { id, url, lineAt }) }
        ));
      }
      const notes = notesOf(review);
      if (notes.length > 0) pieces.add(0, () => ({ file, markup: renderNotes(notes) }));
      if (single) [name, remarks] = [path, renderRemarks(review)];
      return "";
    },
    problem: problems.add,
    footer: (summary: ReviewSummary): string =>
      renderReviewPage({
        name,
        version,
        summary,
        tally,
        pieces: pieces.kept(),
        problems: problems.render(),
        remarks,
        findRule,
      }),
  };
}

function fileRow(path: string, { counts, lines, overall_score: score }: FileReview): FileRow {
  const id = `file-${uniqueFingerprint(path, "").slice(0, 12)}`;
  return { id, path, language: languageTitle(path), counts, lines, score };
}

/** What else is told of a file. */
function notesOf({ issues_omitted: omitted, ...review }: FileReview): string[] {
  const { fixed = [], fix_notes = [], model_notes = [] } = review;
  const mended = fixed.map(({ rule, count }) => `\`${rule}\` (${count})`).join(", ");
  return [
    ...omitted > 0
      ? [`${countOf(omitted, "more finding")} not shown; --max-issues 0 shows all`]
      : [],
    ...mended ? [`Fixed: ${mended}`] : [],
    ...fix_notes,
    ...model_notes,
  ];
}
