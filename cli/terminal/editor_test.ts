import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_INPUT } from "./clean_input.ts";
import { ACTIONS } from "./edit_actions.ts";
import { applyKey } from "./editor.ts";
import { press, shown } from "./editor_fixture.ts";
import { type EditorState, editorWith } from "./editor_state.ts";
import { viewEditor } from "./editor_view.ts";
import type { Key } from "./keys.ts";
import { paletteOf } from "../style.ts";
import { textWidth } from "../width.ts";

function checkTable(table: [keys: string, text: string][], history: string[] = []): void {
  for (const [keys, text] of table) assert.equal(shown(press(keys, { history }).state), text, keys);
}

Deno.test("applyKey() moves the cursor", () => {
  checkTable([
    ["abc<ctrl-a>", "|abc"],
    ["abc<home><right>", "a|bc"],
    ["abc<ctrl-b><left><ctrl-f>", "ab|c"],
    ["abc<ctrl-a><end>", "abc|"],
    ["foo bar-baz<alt-b>", "foo bar-|baz"],
    ["foo bar<ctrl-left><ctrl-left>", "|foo bar"],
    ["foo bar<ctrl-a><alt-f>", "foo| bar"],
    ["foo bar<ctrl-a><ctrl-right><alt-right>", "foo bar|"],
    ["äöü e\u0301<left>", "äöü |e\u0301"],
    ["a👩‍💻🇩🇪<left><left>", "a|👩‍💻🇩🇪"],
    ["<left><right><alt-b><alt-f>", "|"],
    ["one<ctrl-j>two<ctrl-home>", "|one\ntwo"],
  ]);
});

Deno.test("applyKey() moves through the lines", () => {
  checkTable([
    ["one<ctrl-j>three<up>", "one|\nthree"],
    ["three<ctrl-j>one<up><down>", "three\none|"],
    ["abc<ctrl-j>def<ctrl-a><up>", "|abc\ndef"],
    ["語語<ctrl-j>abc<left><up>", "語語|\nabc"],
    ["a<alt-enter>b<shift-enter>c", "a\nb\nc|"],
  ]);
});

Deno.test("applyKey() removes, cuts and puts back", () => {
  checkTable([
    ["abc<backspace>", "ab|"],
    ["abc<ctrl-a><delete>", "|bc"],
    ["abc<ctrl-a><ctrl-d>", "|bc"],
    ["abc<ctrl-h><ctrl-h><ctrl-h><ctrl-h>", "|"],
    ["e\u0301<backspace>", "|"],
    ["a👍🏽<backspace>", "a|"],
    ["foo bar-baz<ctrl-w>", "foo |"],
    ["foo bar-baz<alt-backspace>", "foo bar-|"],
    ["foo bar<ctrl-a><alt-d>", "| bar"],
    ["foo bar<ctrl-u>x<ctrl-y>", "xfoo bar|"],
    ["foo bar<ctrl-a><ctrl-k><ctrl-y><ctrl-y>", "foo barfoo bar|"],
    ["one<ctrl-j>two<up><ctrl-a><ctrl-k><ctrl-k>", "|two"],
    ["one<ctrl-j>two<ctrl-u><ctrl-u>", "one|"],
    ["a b c<ctrl-w><ctrl-w><ctrl-y>", "a b c|"],
    ["a b c<ctrl-w><left><ctrl-w><ctrl-y>", "a b| "],
    ["abc<ctrl-t>", "acb|"],
    ["abc<ctrl-a><right><ctrl-t>", "ba|c"],
  ]);
});

Deno.test("applyKey() takes back", () => {
  checkTable([
    ["abc<ctrl-_>", "|"],
    ["abc<ctrl-w>x<ctrl-_><ctrl-_>", "abc|"],
    ["abc<left>X<ctrl-_>", "ab|c"],
    ["{pasted}<ctrl-x><ctrl-u>", "|"],
    ["abc<ctrl-c><ctrl-_>", "abc|"],
    ["<ctrl-_>", "|"],
  ]);
});

Deno.test("applyKey() shows earlier input that begins as what was typed", () => {
  const history = ["/help", "review a.py", "/model x", "review b.py"];
  checkTable([
    ["<up>", "review b.py|"],
    ["<up><up><up><down>", "/model x|"],
    ["/<up><up>", "/help|"],
    ["/<up><up><up>", "/help|"],
    ["/<up><down>", "/|"],
    ["rev<up><up><down><down>", "rev|"],
    ["<up>!<up>", "review b.py!|"],
    ["<ctrl-p><ctrl-n>", "|"],
  ], history);
});

Deno.test("applyKey() searches earlier input with Ctrl-R", () => {
  const history = ["format A", "review a.py", "tests", "review b.py", "review b.py"];
  checkTable([
    ["<ctrl-r>rev", "|review b.py"],
    ["<ctrl-r>rev<ctrl-r>", "|review a.py"],
    ["<ctrl-r>rev<ctrl-r><ctrl-r>", "|review a.py"],
    ["<ctrl-r>A.p<enter>", "review |a.py"],
    ["<ctrl-r>rev<end>!", "review b.py!|"],
    ["draft<ctrl-r>rev<escape>", "draft|"],
    ["draft<ctrl-r>rev<ctrl-g>", "draft|"],
    ["<ctrl-r>a.x<backspace>", "review |a.py"],
  ], history);
  assert.deepEqual(press("<ctrl-r>rev<enter>", { history }).effects, []);
  assert.equal(press("<ctrl-r>rev<enter><enter>", { history }).effects[0]?.kind, "submit");
  assert.equal(press("<ctrl-r>nowhere", { history }).state.search?.isFound, false);
});

Deno.test("applyKey() sends the input, or goes on in the next line", () => {
  const table: [keys: string, sent: string | undefined, left: string][] = [
    ["hello<enter>", "hello", "|"],
    ["a\\<enter>b<enter>", "a\nb", "|"],
    ['"""<enter>x<enter>', undefined, '"""\nx\n|'],
    ['"""<enter>x<enter>"""<enter>', "x", "|"],
    ['"""x"""<enter>', "x", "|"],
    ['a """ b<enter>', 'a """ b', "|"],
    ["<enter>  <enter>", undefined, "  |"],
    ["{a\r\nb\rc\x1b[A}<enter>", "a\nb\nc[A", "|"],
  ];
  for (const [keys, sent, left] of table) {
    const { state, effects } = press(keys);
    assert.deepEqual([effects, shown(state)], [
      sent === undefined ? [] : [{ kind: "submit", text: sent }],
      left,
    ]);
  }
});

Deno.test("applyKey() asks for what it cannot do itself", () => {
  const table: [keys: string, effect: unknown][] = [
    ["ab<ctrl-c>", { kind: "cancel", hadText: true }],
    ["<ctrl-c>", { kind: "cancel", hadText: false }],
    ["<ctrl-d>", { kind: "leave" }],
    ["a<ctrl-j>/he<tab>", { kind: "complete", line: "/he", cursor: 3 }],
    ["<ctrl-x><ctrl-e>", { kind: "edit" }],
    ["<ctrl-l>", { kind: "clear" }],
    ["<ctrl-z>", { kind: "suspend" }],
  ];
  for (const [keys, effect] of table) assert.deepEqual(press(keys).effects, [effect]);
  assert.deepEqual(press("<ctrl-e><f5><page-up><ctrl-x>x<ctrl-x><ctrl-x><ctrl-e>").effects, []);
});

Deno.test("applyKey() takes a paste of a megabyte, and not more", () => {
  const pasted = "語 def f(): pass\n".repeat(80_000);
  const context = { history: [] };
  let { state } = applyKey(editorWith(""), { kind: "paste", text: pasted }, context);
  assert.equal(state.text.length, MAX_INPUT);
  for (let i = 0; i < 300; i++) {
    const name = i % 2 ? "backspace" : "left";
    state = applyKey(state, { kind: "key", name }, context).state;
    state = applyKey(state, { kind: "text", text: "x" }, context).state;
  }
  assert.ok(state.undo.reduce((sum, { text }) => sum + text.length, 0) < 5 * MAX_INPUT);
});

const context = { history: ["older\ninput", "/help", "é́ 👩‍💻 review", "x\x1b[31m\u202e"] };
const anyKey: fc.Arbitrary<Key> = fc.oneof(
  fc.constantFrom(...ACTIONS.keys(), "escape", "ctrl-g", "f5").map((name) => (
    { kind: "key" as const, name }
  )),
  fc.constantFrom("a", "b c", "é", "\u0301", "👩‍💻", "\u200d", "🇩", "語", "\u202e", "\\", '"""')
    .map((text) => ({ kind: "text" as const, text })),
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => ({ kind: "paste" as const, text })),
);

function isBoundary({ text, cursor }: EditorState): boolean {
  const characters = new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text);
  return cursor === text.length || [...characters].some(({ index }) => index === cursor);
}

Deno.test("applyKey() and viewEditor() keep their promises whatever is pressed", () => {
  const palette = paletteOf({ color: false });
  fc.assert(
    fc.property(
      fc.array(anyKey, { maxLength: 40 }),
      fc.integer({ min: 8, max: 60 }),
      fc.integer({ min: 2, max: 9 }),
      (keys, columns, maxRows) => {
        let state = editorWith("");
        for (const key of keys) {
          state = applyKey(state, key, context).state;
          assert.doesNotMatch(state.text, /(?![\n\t])\p{Cc}|\p{Cs}/u);
          assert.ok(isBoundary(state), shown(state));
          const { lines, cursor } = viewEditor(state, { columns, maxRows, palette });
          assert.ok(lines.length <= maxRows);
          for (const line of lines) {
            assert.ok(textWidth(line) < columns, line);
            assert.doesNotMatch(line, /[\p{Cc}\u200b-\u200f\u202a-\u202e]/u);
          }
          assert.ok(cursor.row < lines.length && cursor.column < columns);
        }
      },
    ),
    { numRuns: 500 },
  );
});
