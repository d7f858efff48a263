import { type Markup, markup, type Printable } from "./markup.ts";

/** A column of a table that can be sorted and filtered. */
export interface HtmlColumn<Row> {
  title: string;
  /** What the title stands for, where it is short. */
  hint?: string;
  cell(row: Row): Printable;
  /** Numbers stand to the right, and are first sorted from the highest. */
  numeric?: boolean;
  /** What it is sorted by. @default the text of the cell, or the number in it */
  sort?(row: Row): number | string;
  /** More classes of its cells. */
  class?: string;
}

/** A choice beside the filter: "Language". */
export interface HtmlChoice<Row> {
  label: string;
  of(row: Row): string;
}

export interface HtmlTable<Row> {
  /** Unique in the page. */
  id: string;
  /** What the table holds, for those who do not see it. */
  caption: string;
  columns: HtmlColumn<Row>[];
  rows: readonly Row[];
  /** What rows can be filtered by besides their text. */
  choices?: HtmlChoice<Row>[];
  /** The column by which the rows are sorted already, and how. */
  sorted?: { column: number; order: "ascending" | "descending" };
  /** What to say of rows that are left out, and how to get them. */
  more?: Markup | string;
  /** What the filter's field says. @default "Filter" */
  filter?: string;
}

/** A table; sorting and filtering come with the page's script, without which all is there too. */
export function htmlTable<Row>(table: HtmlTable<Row>): Markup {
  const { id, caption, columns, rows, choices = [], more } = table;
  return markup`<div class="table" id="${id}">
${tools(table)}
<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption class="unseen">${caption}</caption>
<thead><tr>${columns.map((column, index) => heading(table, column, index))}</tr></thead>
<tbody>
${
    rows.map((row) =>
      markup`<tr${dataOf(choices, row)}>${columns.map((one) => cell(one, row))}</tr>\n`
    )
  }
</tbody>
</table>
</div>
${more && markup`<p class="more">${more}</p>`}
</div>`;
}

function heading<Row>(
  { sorted }: HtmlTable<Row>,
  { title, hint, numeric }: HtmlColumn<Row>,
  index: number,
): Markup {
  const order = sorted?.column === index ? sorted.order : "none";
  return markup`<th scope="col" class="${numeric ? "n" : ""}" aria-sort="${order}" title="${
    hint ?? ""
  }">${title}</th>`;
}

function cell<Row>({ cell, sort, numeric, class: more }: HtmlColumn<Row>, row: Row): Markup {
  const classes = [numeric && "n", more].filter(Boolean).join(" ");
  const by = sort && markup` data-by="${sort(row)}"`;
  return markup`<td${classes && markup` class="${classes}"`}${by}>${cell(row)}</td>`;
}

/** `data-0="python"`: a row's value of each choice. */
function dataOf<Row>(choices: HtmlChoice<Row>[], row: Row): Markup[] {
  return choices.map(({ of }, index) => markup` data-${index}="${of(row)}"`);
}

/** The filter; shown by the script. */
function tools<Row>(
  { id, rows, choices = [], caption, filter = "Filter" }: HtmlTable<Row>,
): Markup {
  return markup`<div class="tools" hidden>
<input type="search" id="${id}-filter" placeholder="${filter}" aria-label="${filter}: ${caption}" autocomplete="off" spellcheck="false">
${choices.map(({ label, of }, index) => select(label, index, rows.map(of)))}
<output aria-live="polite" for="${id}-filter"></output>
</div>`;
}

function select(label: string, index: number, values: string[]): Printable {
  const distinct = [...new Set(values)].sort();
  if (distinct.length < 2) return undefined;
  return markup`<select data-choice="${index}" aria-label="${label}">
<option value="">${label}: all</option>
${distinct.map((value) => markup`<option value="${value}">${value}</option>`)}
</select>`;
}
