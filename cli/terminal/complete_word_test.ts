import assert from "node:assert/strict";
import { completeWord } from "./complete_word.ts";
import { press, shown } from "./editor_fixture.ts";
import { editorWith } from "./editor_state.ts";

Deno.test("completeWord() takes what the candidates have in common", () => {
  const table: [typed: string, from: number, candidates: string[], text: string, listed: number][] =
    [
      ["/he", 0, ["/help"], "/help |", 0],
      ["/mo", 0, ["/model", "/models"], "/model|", 2],
      ["see @sr", 4, ["@src/"], "see @src/|", 0],
      ["/x", 0, [], "/x|", 0],
      ["/", 0, ["/a", "/b"], "/|", 2],
      ["a", 0, ["x\x1b[31my\nz"], "x[31my z |", 0],
      ["one<ctrl-j>/he", 0, ["/help"], "one\n/help |", 0],
      ["/he x<left><left>", 0, ["/help"], "/help| x", 0],
    ];
  for (const [typed, from, candidates, text, listed] of table) {
    const { state } = press(typed);
    const completed = completeWord(state, state, { from, candidates });
    assert.equal(shown(completed), text);
    assert.equal(completed.candidates.length, listed);
  }
});

Deno.test("completeWord() drops an answer that comes too late", () => {
  const asked = editorWith("/he");
  const { state } = press("x", { start: asked });
  assert.equal(completeWord(state, asked, { from: 0, candidates: ["/help"] }), state);
});

Deno.test("completeWord() can be taken back", () => {
  const state = editorWith("/he");
  const completed = completeWord(state, state, { from: 0, candidates: ["/help"] });
  assert.equal(shown(press("<ctrl-_>", { start: completed }).state), "/he|");
});
