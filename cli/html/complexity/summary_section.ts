import {
  type ComplexityGrade,
  gradeComplexity,
  type RiskLines,
} from "../../../analysis/metrics/complexity_grade.ts";
import type { ComplexityLimits } from "../../../analysis/metrics/complexity_limits.ts";
import { countOf, grouped } from "../../style.ts";
import { type Markup, markup } from "../markup.ts";
import { MEASURES } from "./measures.ts";
import type { PageTally } from "./page_tally.ts";
import { percent } from "./percent.ts";
import { rankTable } from "./rank_table.ts";

/** Figures, what is above its limit, the grade, and how functions are spread over the letters. */
export function summarySection(tally: PageTally, limits: ComplexityLimits): Markup {
  return markup`<section id="summary" aria-label="Summary" class="overview">
<div>${figures(tally)}${limitsOf(tally, limits)}</div>
<div>${grade(tally.risk)}${rankTable(tally)}</div>
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

function limitsOf({ above }: PageTally, limits: ComplexityLimits): Markup | undefined {
  const set = MEASURES.filter(({ key }) => limits[key] > 0);
  if (set.length === 0) return undefined;
  return markup`<table class="bars limits">
<thead><tr><th scope="col">Limit</th><th scope="col" class="n">at most</th><th scope="col" class="n">functions above</th></tr></thead>
<tbody>${
    set.map(({ key, name }) =>
      markup`<tr><th scope="row">${name}</th><td class="n">${limits[key]}</td><td class="n">${
        above[key] > 0 ? markup`<span class="over">${grouped(above[key])}</span>` : "none"
      }</td></tr>`
    )
  }</tbody>
</table>`;
}

/** `12 files, 3,400 lines` for the line below the title. */
export function factsOf({ summary, lines }: PageTally): string {
  return `${countOf(summary.files, "file")} · ${countOf(lines, "line")} · ${
    countOf(summary.functions, "function")
  }`;
}
