import {
  characterAfter,
  characterBefore,
  lineEnd,
  lineStart,
  NO_SPACE,
  wordEnd,
  wordStart,
} from "./characters.ts";
import { cut, insert, moveTo, remove, replace } from "./edit_text.ts";
import type { Applied, EditorContext, EditorState } from "./editor_state.ts";
import { lineAbove, lineBelow } from "./line_moves.ts";
import { newer, older } from "./history_walk.ts";
import { startSearch } from "./reverse_search.ts";
import { submit } from "./submit_input.ts";

/** What a key does. */
export type Action = (state: EditorState, context: EditorContext) => Applied;

/** Where a key takes the cursor, or how far it removes. */
type Target = (text: string, cursor: number) => number;

const move = (target: Target): Action => (state) => ({
  state: moveTo(state, target(state.text, state.cursor)),
});

/** Removes what is between the cursor and the target. */
const erase = (target: Target, how: typeof remove): Action => (state) => {
  const { text, cursor } = state;
  const other = target(text, cursor);
  return { state: how(state, Math.min(other, cursor), Math.max(other, cursor)) };
};

/** To the end of the line; at its end the newline. */
const restOfLine: Target = (text, cursor) =>
  lineEnd(text, cursor) === cursor ? characterAfter(text, cursor) : lineEnd(text, cursor);
const startOfLine: Target = (text, cursor) =>
  lineStart(text, cursor) === cursor ? characterBefore(text, cursor) : lineStart(text, cursor);
const wordByWord: Target = (text, cursor) => wordStart(text, cursor);
const spaceBySpace: Target = (text, cursor) => wordStart(text, cursor, NO_SPACE);

const newline: Action = (state) => ({ state: insert(state, "\n") });

/** Changes the two characters at the cursor, or at the end of the line the last two. */
const transpose: Action = (state) => {
  const { text, cursor } = state;
  const end = cursor === lineEnd(text, cursor) ? cursor : characterAfter(text, cursor);
  const middle = characterBefore(text, end);
  const start = characterBefore(text, middle);
  if (start < lineStart(text, cursor) || start === middle) return { state };
  const swapped = text.slice(middle, end) + text.slice(start, middle);
  return { state: replace(state, start, end, swapped) };
};

const undo: Action = (state) => {
  const place = state.undo.at(-1);
  if (!place) return { state };
  return { state: { ...state, ...place, undo: state.undo.slice(0, -1), last: "other" } };
};

/** Empties the input; it can be brought back with Ctrl-_. */
const cancel: Action = (state) => {
  const hadText = state.text !== "";
  return {
    state: { ...state, text: "", cursor: 0, last: "other" },
    effect: { kind: "cancel", hadText },
  };
};

const deleteOrLeave: Action = (state, context) =>
  state.text === ""
    ? { state, effect: { kind: "leave" } }
    : erase(characterAfter, remove)(state, context);

const complete: Action = (state) => {
  const { text, cursor } = state;
  const start = lineStart(text, cursor);
  const line = text.slice(start, lineEnd(text, cursor));
  return { state, effect: { kind: "complete", line, cursor: cursor - start } };
};

const up: Action = (state, { history }) => ({ state: lineAbove(state) ?? older(state, history) });
const down: Action = (state, { history }) => ({ state: lineBelow(state) ?? newer(state, history) });

const back = move(characterBefore);
const forward = move(characterAfter);
const toStart = move(lineStart);
const toEnd = move(lineEnd);
const backspace = erase(characterBefore, remove);
const wordBack = move(wordByWord);
const wordForward = move(wordEnd);
const cutWordBack = erase(wordByWord, cut);
const cutWord = erase(wordEnd, cut);

/** The keys of Emacs, as in every shell, and those that keyboards have besides. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map(Object.entries<Action>({
  "ctrl-b": back,
  "left": back,
  "ctrl-f": forward,
  "right": forward,
  "ctrl-a": toStart,
  "home": toStart,
  "ctrl-e": toEnd,
  "end": toEnd,
  "alt-b": wordBack,
  "ctrl-left": wordBack,
  "alt-left": wordBack,
  "alt-f": wordForward,
  "ctrl-right": wordForward,
  "alt-right": wordForward,
  "alt-<": move(() => 0),
  "ctrl-home": move(() => 0),
  "alt->": move((text) => text.length),
  "ctrl-end": move((text) => text.length),
  "up": up,
  "ctrl-p": up,
  "down": down,
  "ctrl-n": down,
  "backspace": backspace,
  "shift-backspace": backspace,
  "ctrl-h": backspace,
  "delete": erase(characterAfter, remove),
  "ctrl-d": deleteOrLeave,
  "ctrl-k": erase(restOfLine, cut),
  "ctrl-u": erase(startOfLine, cut),
  "ctrl-w": erase(spaceBySpace, cut),
  "alt-backspace": cutWordBack,
  "alt-ctrl-h": cutWordBack,
  "ctrl-backspace": cutWordBack,
  "alt-d": cutWord,
  "alt-delete": cutWord,
  "ctrl-delete": cutWord,
  "ctrl-y": (state) => ({ state: insert(state, state.killed) }),
  "ctrl-t": transpose,
  "ctrl-_": undo,
  "ctrl-x ctrl-u": undo,
  "enter": submit,
  "alt-enter": newline,
  "shift-enter": newline,
  "ctrl-enter": newline,
  "ctrl-j": newline,
  "alt-ctrl-j": newline,
  "tab": complete,
  "ctrl-c": cancel,
  "ctrl-l": (state) => ({ state, effect: { kind: "clear" } }),
  "ctrl-z": (state) => ({ state, effect: { kind: "suspend" } }),
  "ctrl-r": (state) => ({ state: startSearch(state) }),
  "ctrl-x": (state) => ({ state: { ...state, isCommand: true, last: "other" } }),
  "ctrl-x ctrl-e": (state) => ({ state, effect: { kind: "edit" } }),
}));
