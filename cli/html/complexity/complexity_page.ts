import {
  type ComplexityLimits,
  DEFAULT_LIMITS,
} from "../../../analysis/metrics/complexity_limits.ts";
import { grouped } from "../../style.ts";
import { dataElement, type Markup, markup } from "../markup.ts";
import { renderPage } from "../page.ts";
import style from "./complexity.css" with { type: "text" };
import layout from "./layout.js" with { type: "text" };
import { mapTree } from "./map_tree.ts";
import squarify from "./squarify.js" with { type: "text" };
import { factsOf, RANKS, summarySection } from "./summary.ts";
import { filesSection, foldersSection, functionsSection, languagesSection } from "./tables.ts";
import type { PageTally } from "./tally.ts";
import treemap from "./treemap.js" with { type: "text" };
import { type WorstFunction, worstSection } from "./worst.ts";

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

function mapSection({ files }: PageTally): Markup {
  return markup`<section id="map" hidden>
<h2>Map</h2>
<p class="lead">Each area is a file, as large as its lines are many. A click on a folder opens it; arrow keys go from one to the next, Enter opens, Backspace goes back. The tables below tell the same.</p>
<div class="map-bar">
<nav aria-label="Folder of the map"><ol class="crumbs"></ol></nav>
<div class="group by" role="group" aria-label="Colour by"><button type="button" data-by="worst" aria-pressed="true">Worst function</button><button type="button" data-by="mean" aria-pressed="false">Mean</button></div>
</div>
<div class="map" role="tree" aria-label="Map of the code"></div>
${legend("worst", RANKS.map(([rank, range]) => `${rank} ${range}`))}
${legend("mean", ["up to 2", "2–3", "3–5", "5–7", "7–10", "above 10"])}
<div class="tip" role="tooltip" hidden></div>
${dataElement("map-data", mapTree(files))}
</section>`;
}

function legend(by: string, names: string[]): Markup {
  return markup`<ul class="legend" data-by="${by}"${by !== "worst" && markup` hidden`}>${
    names.map((name, index) => markup`<li><i class="r${index + 1}"></i>${name}</li>`)
  }<li><i class="r0"></i>no functions</li></ul>`;
}

function gapsSection({ problems, problemCount }: PageTally): Markup | undefined {
  if (problemCount === 0) return undefined;
  const more = problemCount - problems.length;
  return markup`<section id="gaps">
<h2>Not measured</h2>
<ul class="gaps">${
    problems.map(({ path, reason }) => markup`<li><code>${path}</code>: ${reason}</li>\n`)
  }${more > 0 && markup`<li>and ${grouped(more)} more; devmcp complexity --json has all</li>`}</ul>
</section>`;
}

/** Scripts of a page stand in one, one after the other. */
function withoutImports(script: string): string {
  return script.replace(/^import .*$/gm, "").replace(/^export (?=function)/gm, "");
}
