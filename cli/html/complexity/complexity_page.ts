import {
  type ComplexityLimits,
  DEFAULT_LIMITS,
} from "../../../analysis/metrics/complexity_limits.ts";
import { type Markup, markup } from "../markup.ts";
import { renderPage } from "../page.ts";
import style from "./complexity.css" with { type: "text" };
import layout from "./layout.js" with { type: "text" };
import { filesSection } from "./files_section.ts";
import { foldersSection } from "./folders_section.ts";
import { functionsSection } from "./functions_section.ts";
import { gapsSection } from "./gaps_section.ts";
import { languagesSection } from "./languages_section.ts";
import { mapSection } from "./map_section.ts";
import type { PageTally } from "./page_tally.ts";
import squarify from "./squarify.js" with { type: "text" };
import { factsOf, summarySection } from "./summary_section.ts";
import treemap from "./treemap.js" with { type: "text" };
import { type WorstFunction, worstSection } from "./worst_section.ts";

export interface ComplexityPage {
  /** What was measured, as the title says it. */
  subject: string;
  tally: PageTally;
  worst: WorstFunction[];
  /** @default DEFAULT_LIMITS */
  limits?: ComplexityLimits;
  /** What else to say below the title: that only changes were looked at. */
  note?: string;
  version: string;
}

/** The report of `devmcp complexity --html`. */
export function renderComplexityPage(
  { subject, tally, worst, limits = DEFAULT_LIMITS, note, version }: ComplexityPage,
): string {
  const isEmpty = tally.files.length === 0;
  return renderPage({
    title: `Complexity of ${subject}`,
    facts: markup`${factsOf(tally)}${note && ` · ${note}`}`,
    body: isEmpty ? nothing(tally) : sections(tally, worst, limits),
    style,
    script: [squarify, layout, treemap].map(withoutImports).join("\n"),
    version,
  });
}

function sections(tally: PageTally, worst: WorstFunction[], limits: ComplexityLimits): Markup {
  const parts: [string, string, Markup | undefined][] = [
    ["map", "Map", mapSection(tally)],
    ["functions", "Functions", functionsSection(tally, limits, worst.map(({ one }) => one))],
    ["worst", "Worst functions", worstSection(worst, limits)],
    ["files", "Files", filesSection(tally)],
    ["folders", "Folders", foldersSection(tally)],
    ["languages", "Languages", languagesSection(tally)],
    ["gaps", "Not measured", gapsSection(tally)],
  ];
  const there = parts.filter(([, , part]) => part !== undefined);
  return markup`<nav aria-label="Contents"><ul class="contents">${
    there.map(([id, title]) => markup`<li><a href="${`#${id}`}">${title}</a></li>`)
  }</ul></nav>
${summarySection(tally, limits)}
${there.map(([, , part]) => markup`${part}\n`)}`;
}

function nothing(tally: PageTally): Markup {
  return markup`<section><h2>Nothing was measured</h2><p class="lead">There is no file here whose functions devmcp can measure; devmcp languages tells which it can.</p></section>${
    gapsSection(tally)
  }`;
}

/** Scripts of a page stand in one, one after the other. */
function withoutImports(script: string): string {
  return script.replace(/^import .*$/gm, "").replace(/^export (?=function)/gm, "");
}
