import type { ComplexityLimits } from "../../../analysis/metrics/complexity_limits.ts";
import { type PlacedFunction, placeOf } from "../../complexity_tally.ts";
import { countOf, grouped } from "../../style.ts";
import { type Markup, markup } from "../markup.ts";
import { isAbove, MEASURES } from "./measures.ts";
import { renderRank } from "./rank.ts";

/** As many functions are shown with their source. */
export const MAX_WORST = 20;
const MAX_LINES = 300;
const MAX_COLUMNS = 240;

/** A function with what it says. */
export interface WorstFunction {
  one: PlacedFunction;
  /** From its first line on; empty where the file could not be read again. */
  lines: string[];
  /** Decisions by line of the file, without those of functions inside. */
  decisions: ReadonlyMap<number, number>;
}

/** The worst functions with their source. */
export function worstSection(worst: WorstFunction[], limits: ComplexityLimits): Markup | undefined {
  if (worst.length === 0) return undefined;
  return markup`<section id="worst">
<h2>The worst functions</h2>
<p class="lead">Lines that decide are marked, with the number of decisions; together they make the cyclomatic complexity.</p>
<div class="worst">
${worst.map((one, index) => details(one, limits, index))}
</div>
</section>`;
}

/** A link to what is inside opens it. */
function details(worst: WorstFunction, limits: ComplexityLimits, index: number): Markup {
  const { one } = worst;
  return markup`<details${index === 0 && markup` open`}>
<summary>${renderRank(one.cyclomatic)}<span class="name">${one.name}</span><span class="place">${
    placeOf(one)
  }</span></summary>
<div class="inside" id="worst-${index + 1}">
<ul class="measures">${MEASURES.map((names) => measure(one, names, limits))}</ul>
${source(worst)}
</div>
</details>
`;
}

function measure(
  one: PlacedFunction,
  { key, unit }: (typeof MEASURES)[number],
  limits: ComplexityLimits,
): Markup {
  const isOver = isAbove(one, key, limits);
  const limit = isOver && ` (at most ${limits[key]})`;
  return markup`<li${isOver && markup` class="over"`}><b>${
    grouped(one[key])
  }</b> ${unit}${limit}</li>`;
}

function source({ one, lines, decisions }: WorstFunction): Markup {
  if (lines.length === 0) return markup`<p class="more">The source could not be read again.</p>`;
  const shown = lines.slice(0, MAX_LINES);
  const more = lines.length - shown.length;
  const first = one.cellLine ?? one.line;
  return markup`<pre class="source" tabindex="0" aria-label="Source of ${one.name}"><code>${
    shown.map((text, index) => line(text, first + index, decisions.get(one.line + index) ?? 0))
  }</code></pre>
${more > 0 && markup`<p class="more">and ${countOf(more, "more line")}</p>`}`;
}

function line(text: string, number: number, decisions: number): Markup {
  const shown = text.length > MAX_COLUMNS ? `${text.slice(0, MAX_COLUMNS)}…` : text;
  const count = decisions > 0 ? `+${decisions}` : `−${-decisions}`;
  return decisions !== 0
    ? markup`<span class="l hit" data-n="${number}" data-d="${count}">${shown || " "}</span>`
    : markup`<span class="l" data-n="${number}">${shown || " "}</span>`;
}
