import { cleanInput, MAX_INPUT } from "./clean_input.ts";
import type { EditorState } from "./editor_state.ts";

/** Puts text where the cursor is; what there is no room for is left out. */
export function insert(state: EditorState, text: string): EditorState {
  const { cursor } = state;
  const clean = cleanInput(text).slice(0, MAX_INPUT - state.text.length).toWellFormed();
  return {
    ...state,
    text: state.text.slice(0, cursor) + clean + state.text.slice(cursor),
    cursor: cursor + clean.length,
    last: "other",
  };
}

/** Puts `text` in the place of what stands from `from` to `to`; the cursor goes behind it. */
export function replace(state: EditorState, from: number, to: number, text: string): EditorState {
  return insert(remove(state, from, to), text);
}

export function moveTo(state: EditorState, cursor: number): EditorState {
  return { ...state, cursor, last: "other" };
}

export function remove(state: EditorState, from: number, to: number): EditorState {
  const text = state.text.slice(0, from) + state.text.slice(to);
  return { ...state, text, cursor: from, last: "other" };
}

/** As {@link remove}, but Ctrl-Y brings it back; one cut after the other comes back as one. */
export function cut(state: EditorState, from: number, to: number): EditorState {
  if (from === to) return { ...state, last: "other" };
  const taken = state.text.slice(from, to);
  const before = state.last === "cut" ? state.killed : "";
  const killed = from < state.cursor ? taken + before : before + taken;
  return { ...remove(state, from, to), killed, last: "cut" };
}
