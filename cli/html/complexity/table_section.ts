import { grouped } from "../../style.ts";
import { type Markup, markup } from "../markup.ts";
import type { HtmlColumn } from "../table.ts";

/** As many files and folders a page lists. */
export const MAX_ROWS = 500;

/** A section of a page that is one table. */
export function tableSection(id: string, title: string, lead: string, table: Markup): Markup {
  return markup`<section id="${id}">
<h2>${title}</h2>
${lead && markup`<p class="lead">${lead}</p>`}
${table}
</section>`;
}

/** A column of numbers, or of what is told instead of one. */
export function numberColumn<Row>(
  title: string,
  hint: string,
  value: (row: Row) => number | string,
): HtmlColumn<Row> {
  const cell = (row: Row) => {
    const own = value(row);
    return typeof own === "number" ? grouped(own) : own;
  };
  return { title, hint, numeric: true, cell };
}

/** What is said of rows that a page has no room for; nothing without any. */
export function leftOut(shown: number, all: number, what: string, how: string): string {
  if (shown >= all) return "";
  return `The first ${grouped(shown)} of ${grouped(all)} ${what}; ${how}.`;
}
