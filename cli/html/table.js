// @ts-check
/** Sorting and filtering of the page's tables. */

for (const table of document.querySelectorAll(".table")) enhance(table);

/** @param {Element} table */
function enhance(table) {
  const headings = [...table.querySelectorAll("th")];
  headings.forEach((heading, index) => addButton(table, headings, heading, index));
  addFilter(table);
}

/**
 * @param {Element} table
 * @param {HTMLElement[]} headings
 * @param {HTMLElement} heading
 * @param {number} index
 */
function addButton(table, headings, heading, index) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => {
    const order = nextOrder(heading);
    for (const one of headings) one.setAttribute("aria-sort", one === heading ? order : "none");
    sortBody(table, index, order, heading.classList.contains("n"));
  });
}

/**
 * Numbers begin with the highest, words with A.
 *
 * @param {HTMLElement} heading
 */
function nextOrder(heading) {
  const first = heading.classList.contains("n") ? "descending" : "ascending";
  const other = first === "ascending" ? "descending" : "ascending";
  return heading.getAttribute("aria-sort") === first ? other : first;
}

/**
 * Equal rows keep their order.
 *
 * @param {Element} table
 * @param {number} column
 * @param {string} order
 * @param {boolean} numeric
 */
function sortBody(table, column, order, numeric) {
  const body = table.querySelector("tbody");
  if (!body) return;
  const rows = Array.from(body.rows).map((row) => ({
    row,
    key: keyOf(row.cells[column], numeric),
  }));
  const sign = order === "ascending" ? 1 : -1;
  rows.sort((a, b) => sign * compare(a.key, b.key));
  body.append(...rows.map(({ row }) => row));
}

/**
 * @param {HTMLTableCellElement | undefined} cell
 * @param {boolean} numeric
 */
function keyOf(cell, numeric) {
  const text = cell?.dataset.by ?? cell?.textContent ?? "";
  if (!numeric) return text.toLowerCase();
  const number = parseFloat(text.replaceAll(",", ""));
  return Number.isNaN(number) ? -Infinity : number;
}

/**
 * @param {number | string} a
 * @param {number | string} b
 */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param {Element} table */
function addFilter(table) {
  const tools = table.querySelector(".tools");
  const field = tools?.querySelector("input");
  const told = tools?.querySelector("output");
  if (!(tools instanceof HTMLElement) || !field || !told) return;
  const selects = [...tools.querySelectorAll("select")];
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => (
    { row: /** @type {HTMLElement} */ (row), text: (row.textContent ?? "").toLowerCase() }
  ));
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/);
    let count = 0;
    for (const { row, text } of rows) {
      const isIn = words.every((word) => text.includes(word)) &&
        selects.every(({ value, dataset }) =>
          value === "" || row.getAttribute(`data-${dataset.choice}`) === value
        );
      row.hidden = !isIn;
      if (isIn) count++;
    }
    const total = rows.length.toLocaleString("en");
    told.textContent = count === rows.length ? total : `${count.toLocaleString("en")} of ${total}`;
  };
  for (const one of [field, ...selects]) one.addEventListener("input", show);
  show();
  tools.hidden = false;
}
