import { characterAfter, lineEnd, lineStart } from "./characters.ts";
import { moveTo } from "./edit_text.ts";
import type { EditorState } from "./editor_state.ts";

/** The cursor one line up, as many characters from its start; undefined in the first line. */
export function lineAbove(state: EditorState): EditorState | undefined {
  const start = lineStart(state.text, state.cursor);
  return start === 0 ? undefined : moveInto(state, lineStart(state.text, start - 1));
}

/** The same one line down; undefined in the last line. */
export function lineBelow(state: EditorState): EditorState | undefined {
  const end = lineEnd(state.text, state.cursor);
  return end === state.text.length ? undefined : moveInto(state, end + 1);
}

function moveInto(state: EditorState, start: number): EditorState {
  const { text, cursor } = state;
  const end = lineEnd(text, start);
  let target = start;
  let place = lineStart(text, cursor);
  for (; place < cursor && target < end; place = characterAfter(text, place)) {
    target = characterAfter(text, target);
  }
  return moveTo(state, target);
}
