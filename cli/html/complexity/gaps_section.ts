import { grouped } from "../../style.ts";
import { type Markup, markup } from "../markup.ts";
import type { PageTally } from "./page_tally.ts";

/** What could not be measured, and why; nothing when all was. */
export function gapsSection({ problems, problemCount }: PageTally): Markup | undefined {
  if (problemCount === 0) return undefined;
  const more = problemCount - problems.length;
  return markup`<section id="gaps">
<h2>Not measured</h2>
<ul class="gaps">${
    problems.map(({ path, reason }) => markup`<li><code>${path}</code>: ${reason}</li>\n`)
  }${more > 0 && markup`<li>and ${grouped(more)} more; devmcp complexity --json has all</li>`}</ul>
</section>`;
}
