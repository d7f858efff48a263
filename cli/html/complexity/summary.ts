import type { Rank } from "../../../analysis/complexity.ts";
import {
  type ComplexityGrade,
  gradeComplexity,
  type RiskLines,
} from "../../../analysis/metrics/complexity_grade.ts";
import type { ComplexityLimits } from "../../../analysis/metrics/complexity_limits.ts";
import { countOf, grouped } from "../../style.ts";
import { type Markup, markup } from "../markup.ts";
import { MEASURES, type PageTally } from "./tally.ts";

/** The letters, and the cyclomatic complexity that each stands for. */
export const RANKS: [Rank, string][] = [
  ["A", "1–5"],
  ["B", "6–10"],
  ["C", "11–20"],
  ["D", "21–30"],
  ["E", "31–40"],
  ["F", "above 40"],
];

/** Figures, what is above its limit, the grade, and how functions are spread over the letters. */
export function summarySection(tally: PageTally, limits: ComplexityLimits): Markup {
  return markup`<section id="summary" aria-label="Summary" class="overview">
<div>${figures(tally)}${limitsOf(tally, limits)}</div>
<div>${grade(tally.risk)}${distribution(tally)}</div>
</section>`;
}

function figures({ summary, lines }: PageTally): Markup {
  const { files, functions, mean_cyclomatic: mean, highest_cyclomatic: highest } = summary;
  const list: [string, string][] = [
    ["Files", grouped(files)],
    ["Lines", grouped(lines)],
    ["Functions", grouped(functions)],
    ["Languages", `${summary.languages.length}`],
    ["Mean complexity", mean?.toFixed(1) ?? "–"],
    ["Highest complexity", highest === null ? "–" : grouped(highest)],
  ];
  return markup`<dl class="figures">${
    list.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)
  }</dl>`;
}

const FEELINGS: Record<ComplexityGrade, "good" | "fair" | "poor"> = {
  A: "good",
  B: "good",
  C: "fair",
  D: "poor",
  E: "poor",
};

function grade(risk: RiskLines): Markup | undefined {
  const letter = gradeComplexity(risk);
  if (!letter) return undefined;
  const all = risk.low + risk.moderate + risk.high + risk.veryHigh;
  const share = (lines: number) => percent(lines, all);
  return markup`<div class="grade">
<span class="letter ${FEELINGS[letter]}" role="img" aria-label="Grade ${letter}">${letter}</span>
<p><strong>${share(risk.low)}</strong> of the code is in functions that are simple (at most 10), ${
    share(risk.moderate)
  } in those of moderate risk (11–20), <strong>${
    share(risk.high)
  }</strong> of high (21–50) and <strong>${share(risk.veryHigh)}</strong> of very high risk.</p>
</div>`;
}

function percent(part: number, all: number): string {
  const value = all === 0 ? 0 : 100 * part / all;
  return part > 0 && value < 0.1 ? "<0.1\u00a0%" : `${value.toFixed(1)}\u00a0%`;
}

const NAMES: Record<keyof ComplexityLimits, string> = {
  cyclomatic: "cyclomatic complexity",
  cognitive: "cognitive complexity",
  nesting: "nesting",
  parameters: "parameters",
  length: "length in lines",
};

function limitsOf({ above }: PageTally, limits: ComplexityLimits): Markup | undefined {
  const set = MEASURES.filter((measure) => limits[measure] > 0);
  if (set.length === 0) return undefined;
  return markup`<table class="bars limits">
<thead><tr><th scope="col">Limit</th><th scope="col" class="n">at most</th><th scope="col" class="n">functions above</th></tr></thead>
<tbody>${
    set.map((measure) =>
      markup`<tr><th scope="row">${NAMES[measure]}</th><td class="n">${
        limits[measure]
      }</td><td class="n">${
        above[measure] > 0 ? markup`<span class="over">${grouped(above[measure])}</span>` : "none"
      }</td></tr>`
    )
  }</tbody>
</table>`;
}

function distribution({ ranks, summary }: PageTally): Markup {
  const most = Math.max(1, ...Object.values(ranks));
  const all = Math.max(1, summary.functions);
  return markup`<table class="bars">
<caption class="unseen">Functions by cyclomatic complexity</caption>
<thead><tr><th scope="col">Rank</th><th scope="col">Complexity</th><th scope="col" class="n">Functions</th><th scope="col" class="n">Share</th><th class="bar"><span class="unseen">Bar</span></th></tr></thead>
<tbody>${
    RANKS.map(([rank, range], index) =>
      markup`<tr><th scope="row"><span class="rank r${
        index + 1
      }">${rank}</span></th><td>${range}</td><td class="n">${
        grouped(ranks[rank])
      }</td><td class="n">${percent(ranks[rank], all)}</td><td class="bar">${
        bar(ranks[rank] / most, index + 1)
      }</td></tr>`
    )
  }</tbody>
</table>`;
}

/** A share that is seen even when it is small. */
function bar(share: number, rank: number): Markup {
  const width = share === 0 ? 0 : Math.max(0.4, Math.round(share * 1000) / 10);
  return markup`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="10"/><rect class="b${rank}" width="${width}" height="10"/></svg>`;
}

/** `12 files, 3,400 lines` for the line below the title. */
export function factsOf({ summary, lines }: PageTally): string {
  return `${countOf(summary.files, "file")} · ${countOf(lines, "line")} · ${
    countOf(summary.functions, "function")
  }`;
}
