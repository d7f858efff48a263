import { type Markup, markup } from "../../html/markup.ts";
import { countOf, grouped } from "../../style.ts";
import type { ReportTally } from "./report_tally.ts";

/** Findings by category and by language, as bars. */
export function renderBreakdown(tally: ReportTally): Markup | undefined {
  const categories = tally.categories().map(({ category, count }) => (
    { name: category, count, hint: "" }
  ));
  if (categories.length === 0) return undefined;
  const languages = tally.languages().map(({ language, files, count }) => (
    { name: language, count, hint: countOf(files, "file") }
  ));
  return markup`<section id="breakdown" class="pair">
${bars("By category", categories)}
${languages.length > 1 && bars("By language", languages)}
</section>`;
}

interface Bar {
  name: string;
  count: number;
  hint: string;
}

function bars(title: string, all: Bar[]): Markup {
  const most = Math.max(1, ...all.map(({ count }) => count));
  const rows = all.map(({ name, count, hint }) =>
    markup`<li><span class="label">${name}${
      hint && markup` <small>${hint}</small>`
    }</span><svg class="meter" aria-hidden="true"><rect width="${
      (100 * count / most).toFixed(2)
    }%" height="100%"/></svg><b>${grouped(count)}</b></li>\n`
  );
  return markup`<div><h2>${title}</h2>
<ul class="bars">${rows}</ul></div>`;
}
