import { dataElement, type Markup, markup } from "../markup.ts";
import { mapTree } from "./map_tree.ts";
import type { PageTally } from "./page_tally.ts";
import { RANKS } from "./rank.ts";

/** Of the mean complexity, in the colours of the ranks. */
const MEANS = ["up to 2", "2–3", "3–5", "5–7", "7–10", "above 10"];

/** The place of the map, which the page's script draws and shows. */
export function mapSection({ files }: PageTally): Markup {
  return markup`<section id="map" hidden>
<h2>Map</h2>
<p class="lead">Each area is a file, as large as its lines are many. A click on a folder opens it; arrow keys go from one to the next, Enter opens, Backspace goes back. The tables below tell the same.</p>
<div class="map-bar">
<nav aria-label="Folder of the map"><ol class="crumbs"></ol></nav>
<div class="group by" role="group" aria-label="Colour by"><button type="button" data-by="worst" aria-pressed="true">Worst function</button><button type="button" data-by="mean" aria-pressed="false">Mean</button></div>
</div>
<div class="map" role="tree" aria-label="Map of the code"></div>
${legend("worst", RANKS.map(([rank, range]) => `${rank} ${range}`))}
${legend("mean", MEANS)}
<div class="tip" role="tooltip" hidden></div>
${dataElement("map-data", mapTree(files))}
</section>`;
}

function legend(by: string, names: string[]): Markup {
  return markup`<ul class="legend" data-by="${by}"${by !== "worst" && markup` hidden`}>${
    names.map((name, index) => markup`<li><i class="r${index + 1}"></i>${name}</li>`)
  }<li><i class="r0"></i>no functions</li></ul>`;
}
