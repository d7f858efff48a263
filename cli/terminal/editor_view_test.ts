import assert from "node:assert/strict";
import fc from "fast-check";
import { paletteOf } from "../style.ts";
import { press } from "./editor_fixture.ts";
import { textWidth } from "../width.ts";
import { editorWith } from "./editor_state.ts";
import { viewEditor } from "./editor_view.ts";
import { rowsAround } from "./wrap_input.ts";

const palette = paletteOf({ color: false });

/** The lines with `|` where the cursor stands; wide characters take two columns. */
function view(script: string, { columns = 20, maxRows = 8, placeholder = "" } = {}): string[] {
  const { lines, cursor } = viewEditor(press(script, { history: ["review a.py"] }).state, {
    columns,
    maxRows,
    palette,
    placeholder,
  });
  const row = lines[cursor.row]!;
  let column = 0;
  let at = 0;
  while (column < cursor.column) {
    const character = String.fromCodePoint(row.codePointAt(at)!);
    column += textWidth(character);
    at += character.length;
  }
  return lines.with(cursor.row, `${row.slice(0, at)}|${row.slice(at)}`);
}

Deno.test("viewEditor() shows prompt, text and cursor", () => {
  const table: [script: string, lines: string[]][] = [
    ["", ["> |"]],
    ["hello<left>", ["> hell|o"]],
    ["one<ctrl-j>two", ["> one", "… two|"]],
    ["abcdefghijklmnopqrs", ["> abcdefghijklmnop", "  qrs|"]],
    ["abcdefghijklmnop", ["> abcdefghijklmnop|"]],
    ["語語語語語語語語語", ["> 語語語語語語語語", "  語|"]],
    ["a\u202eb", ["> a\\u{202e}b|"]],
    ["{a\tb}", ["> a    b|"]],
    ["👩‍💻!", ["> 👩💻!|"]],
    ["<ctrl-r>rev", ["> |review a.py", "search: rev"]],
  ];
  for (const [script, lines] of table) assert.deepEqual(view(script), lines);
  assert.deepEqual(view("<ctrl-r>xyz", { columns: 40 }), ["> |", "search, nothing found: xyz"]);
});

Deno.test("viewEditor() scrolls a long input to the cursor", () => {
  const lines = Array.from({ length: 50 }, (_, i) => `l${i}`).join("<ctrl-j>");
  assert.deepEqual(view(lines, { maxRows: 3 }), ["… l47", "… l48", "… l49|"]);
  assert.deepEqual(view(`${lines}<ctrl-home>`, { maxRows: 3 }), ["> |l0", "… l1", "… l2"]);
  assert.deepEqual(
    view(`${lines}<ctrl-home><down><down><down>`, { maxRows: 3 }),
    [
      "… l2",
      "… l|3",
      "… l4",
    ].map((line, i) => i === 1 ? "… |l3" : line),
  );
});

Deno.test("viewEditor() shows a placeholder and candidates", () => {
  assert.deepEqual(view("", { placeholder: "Ask away" }), ["> |Ask away"]);
  const state = { ...editorWith("/"), candidates: ["/help", "/model", "/models", "/clear", "/x"] };
  const options = { columns: 24, maxRows: 8, palette };
  assert.deepEqual(viewEditor(state, options).lines, [
    "> /",
    "/help    /model",
    "/models  /clear",
    "/x",
  ]);
  assert.deepEqual(viewEditor(state, { ...options, maxRows: 4 }).lines, [
    "> /",
    "/help    /model",
    "… 3 more",
  ]);
});

Deno.test("rowsAround() shows every part of the text once, in order", () => {
  const text = fc.array(fc.constantFrom("a", "語", "👍", "\n", "x".repeat(4095), "\u0301"))
    .map((parts) => parts.join(""));
  fc.assert(fc.property(text, fc.nat(), fc.integer({ min: 4, max: 90 }), (text, at, width) => {
    let cursor = at % (text.length + 1);
    if (/[\udc00-\udfff]/.test(text[cursor] ?? "")) cursor++;
    const { rows, cursorRow } = rowsAround({ text, cursor }, width, Infinity);
    assert.equal(
      rows.map(({ start, end, isLineStart }) =>
        (isLineStart && start > 0 ? "\n" : "") + text.slice(start, end)
      ).join(""),
      text,
    );
    const { start, end } = rows[cursorRow]!;
    assert.ok(start <= cursor && cursor <= end);
  }));
});
