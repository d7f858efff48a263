import assert from "node:assert/strict";
import { type HtmlTable, htmlTable } from "./table.ts";

interface Row {
  name: string;
  language: string;
  size: number;
}

const TABLE: HtmlTable<Row> = {
  id: "rows",
  caption: "Rows <all>",
  columns: [
    { title: "Name", cell: ({ name }) => name, class: "name" },
    { title: "Size", cell: ({ size }) => size.toLocaleString("en"), numeric: true },
    { title: "Half", cell: () => "x", sort: ({ size }) => size / 2, numeric: true },
  ],
  rows: [{ name: "<b>", language: "go", size: 1200 }, { name: "c", language: "python", size: 1 }],
  choices: [{ label: "Language", of: ({ language }) => language }],
  sorted: { column: 1, order: "descending" },
  more: "and 3 more",
};

Deno.test("htmlTable() tells all without a script: rows, order, what is left out", () => {
  const text = `${htmlTable(TABLE)}`;
  assert.match(text, /<td class="name">&lt;b&gt;<\/td><td class="n">1,200<\/td>/);
  assert.match(text, /<td class="n" data-by="600">x<\/td>/);
  assert.match(text, /<th scope="col" class="n" aria-sort="descending"/);
  assert.match(text, /<p class="more">and 3 more<\/p>/);
  assert.match(text, /<tr data-0="go">/);
  assert.match(text, /<div class="tools" hidden>/);
});

Deno.test("htmlTable() offers a choice only where there is one", () => {
  assert.match(`${htmlTable(TABLE)}`, /<option value="">Language: all<\/option>/);
  const one = htmlTable({ ...TABLE, rows: TABLE.rows.slice(0, 1) });
  assert.doesNotMatch(`${one}`, /<select/);
});
