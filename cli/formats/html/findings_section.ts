import { SEVERITIES, type Severity } from "../../../analysis/issue.ts";
import { type Markup, markup } from "../../html/markup.ts";
import { countAll } from "../../review_summary.ts";
import { countOf, grouped } from "../../style.ts";
import { inlineCode } from "./inline_code.ts";
import type { FileRow, ReportTally } from "./report_tally.ts";

/** A part of what is told of a file: a finding, or notes about the file. */
export interface Piece {
  file: FileRow;
  severity?: Severity;
  markup: Markup;
}

/** The findings, by file, with what chooses among them. */
export function renderFindings(
  pieces: Piece[],
  left: number,
  issues: Record<Severity, number>,
  tally: ReportTally,
): Markup {
  const shown = pieces.filter(({ severity }) => severity).length;
  return markup`<section id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">Findings</h2>
${tools(issues, tally)}
<p class="keys" hidden><kbd>j</kbd> and <kbd>k</kbd> go to the next finding and back.</p>
${byFile(pieces).map(([file, own]) => fileSection(file, own))}
<p class="none" hidden>Nothing fits the filter.</p>
${
    left > 0 &&
    markup`<p class="more">${grouped(shown)} are shown, the most severe of all. Not shown: ${
      countOf(left, "finding")
    }; <code>devmcp review --format jsonl</code> tells them, too.</p>`
  }
</section>`;
}

function byFile(pieces: Piece[]): [FileRow, Piece[]][] {
  const files = new Map<FileRow, Piece[]>();
  for (const piece of pieces) {
    const own = files.get(piece.file);
    if (own) own.push(piece);
    else files.set(piece.file, [piece]);
  }
  return [...files];
}

function fileSection({ id, path, language, counts, score }: FileRow, pieces: Piece[]): Markup {
  const all = countAll(counts);
  return markup`<details class="file" id="${id}" data-language="${language}" open>
<summary><h3>${path}</h3><span class="counts">${
    SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
      markup`<span class="severity ${severity}" title="${severity}">${
        grouped(counts[severity])
      }<span class="unseen"> ${severity}</span></span> `
    )
  }</span><span class="score">${all > 0 && markup`score ${score}`}</span></summary>
${pieces.map((piece) => piece.markup)}</details>
`;
}

/** Notes about a file, after its findings. */
export function renderNotes(notes: string[]): Markup {
  return markup`<ul class="notes">${
    notes.map((note) => markup`<li>${inlineCode(note)}</li>`)
  }</ul>\n`;
}

/** Shown by the script, without which all findings are there. */
function tools(issues: Record<Severity, number>, tally: ReportTally): Markup {
  const categories = tally.categories().map(({ category, count }) => ({ name: category, count }));
  const rules = tally.rules().map(({ rule, count }) => ({ name: rule, count }));
  const languages = tally.languages().filter(({ count }) => count > 0)
    .map(({ language, count }) => ({ name: language, count }));
  return markup`<div class="tools" role="search" aria-label="Findings" hidden>
<input type="search" id="findings-filter" placeholder="Filter by file, message, rule" aria-label="Filter findings" autocomplete="off" spellcheck="false">
<div class="group" role="group" aria-label="Severity">${severityButtons(issues)}</div>
${select("Category", "category", categories)}
${select("Rule", "rule", rules)}
${select("Language", "language", languages)}
<output aria-live="polite" for="findings-filter"></output>
</div>`;
}

/** One of them holds: all, or one severity. */
function severityButtons(issues: Record<Severity, number>): Markup[] {
  const choices = ["", ...SEVERITIES.filter((severity) => issues[severity] > 0)];
  return choices.map((severity) =>
    markup`<button type="button" data-severity="${severity}" aria-pressed="${
      String(severity === "")
    }">${severity || "all"}</button>`
  );
}

interface Choice {
  name: string;
  count: number;
}

function select(label: string, key: string, choices: Choice[]): Markup | undefined {
  if (choices.length < 2) return undefined;
  const byName = [...choices].sort((a, b) => a.name < b.name ? -1 : 1);
  return markup`<select data-key="${key}" aria-label="${label}"><option value="">${label}: all</option>${
    byName.map(({ name, count }) =>
      markup`<option value="${name}">${name} (${grouped(count)})</option>`
    )
  }</select>`;
}
