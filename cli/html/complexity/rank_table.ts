import { grouped } from "../../style.ts";
import { type Markup, markup } from "../markup.ts";
import type { PageTally } from "./page_tally.ts";
import { percent } from "./percent.ts";
import { RANKS, renderLetter } from "./rank.ts";

/** How the functions are spread over the letters. */
export function rankTable({ ranks, summary }: PageTally): Markup {
  const most = Math.max(1, ...Object.values(ranks));
  const all = Math.max(1, summary.functions);
  return markup`<table class="bars">
<caption class="unseen">Functions by cyclomatic complexity</caption>
<thead><tr><th scope="col">Rank</th><th scope="col">Complexity</th><th scope="col" class="n">Functions</th><th scope="col" class="n">Share</th><th class="bar"><span class="unseen">Bar</span></th></tr></thead>
<tbody>${
    RANKS.map(([rank, range], index) =>
      markup`<tr><th scope="row">${renderLetter(rank)}</th><td>${range}</td><td class="n">${
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
