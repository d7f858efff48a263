import { type Markup, markup } from "../../html/markup.ts";
import { countOf } from "../../style.ts";
import { inlineCode } from "./inline_code.ts";

const MOST = 200;

/** Files that could not be reviewed; bounded. */
export interface Problems {
  add(path: string, message: string): void;
  /** Nothing when there are none. */
  render(): Markup | undefined;
}

export function createProblems(): Problems {
  const rows: Markup[] = [];
  let count = 0;
  return {
    add(path, message) {
      if (count++ < MOST) rows.push(markup`<li><code>${path}</code> ${inlineCode(message)}</li>\n`);
    },
    render() {
      if (count === 0) return undefined;
      const more = count - rows.length;
      return markup`<section id="problems" aria-labelledby="problems-title">
<h2 id="problems-title">Not reviewed: ${countOf(count, "file")}</h2>
<ul class="problems">${rows}</ul>
${more > 0 && markup`<p class="more">and ${countOf(more, "more file")}</p>`}
</section>`;
    },
  };
}
