import { cleanInput } from "./clean_input.ts";
import type { EditorState, HistoryWalk } from "./editor_state.ts";

/** The next older input that begins as what was typed; the same where there is none. */
export function older(state: EditorState, history: readonly string[]): EditorState {
  const walk = state.walk ?? startWalk(state, history);
  for (let index = walk.index - 1; index >= 0; index--) {
    if (fits(history[index]!, walk, state.text)) return at(state, { ...walk, index }, history);
  }
  return { ...state, last: "other" };
}

/** The next newer one; after the newest what was typed before. */
export function newer(state: EditorState, history: readonly string[]): EditorState {
  const { walk } = state;
  if (!walk) return { ...state, last: "other" };
  for (let index = walk.index + 1; index < history.length; index++) {
    if (fits(history[index]!, walk, state.text)) return at(state, { ...walk, index }, history);
  }
  return { ...state, ...walk.draft, walk: undefined, last: "other" };
}

function startWalk({ text, cursor }: EditorState, history: readonly string[]): HistoryWalk {
  return { draft: { text, cursor }, prefix: text.slice(0, cursor), index: history.length };
}

function fits(input: string, { prefix }: HistoryWalk, shown: string): boolean {
  return input !== shown && input.startsWith(prefix);
}

/** The cursor goes where the next key goes on: to the end. */
function at(state: EditorState, walk: HistoryWalk, history: readonly string[]): EditorState {
  const text = cleanInput(history[walk.index]!);
  return { ...state, text, cursor: text.length, walk, last: "other" };
}
