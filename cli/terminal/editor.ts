import { type Action, ACTIONS } from "./edit_actions.ts";
import { toBoundary } from "./characters.ts";
import type { Applied, Draft, EditorContext, EditorState } from "./editor_state.ts";
import { insert } from "./edit_text.ts";
import type { Key } from "./keys.ts";
import { searchKey } from "./reverse_search.ts";

const MAX_UNDO = 200;
const MAX_UNDO_LENGTH = 4 * 1024 * 1024;

/** What the key makes of the input. */
export function applyKey(before: EditorState, key: Key, context: EditorContext): Applied {
  const searched = before.search && searchKey(before, before.search, key, context);
  if (searched?.isOver === false) return { state: searched.state };
  const start = searched?.state ?? before;
  if (searched && !searched.passesOn) return { state: start };
  const { state, effect } = actionOf(start, key)(start, context);
  return { state: settled(start, state), effect };
}

function actionOf(state: EditorState, key: Key): Action {
  if (key.kind === "key") {
    const name = state.isCommand ? `ctrl-x ${key.name}` : key.name;
    return ACTIONS.get(name) ?? ((same) => ({ state: { ...same, last: "other" } }));
  }
  const last = key.kind === "paste" ? "other" : "typed";
  return (same) => ({ state: { ...insert(same, key.text), last } });
}

function settled(before: EditorState, after: EditorState): EditorState {
  const isWalking = after.walk !== before.walk;
  const hasChanged = after.text !== before.text;
  return {
    ...after,
    cursor: toBoundary(after.text, after.cursor),
    undo: hasChanged && after.undo === before.undo ? remembered(before, after) : after.undo,
    walk: hasChanged && !isWalking ? undefined : after.walk,
    candidates: after.candidates === before.candidates ? [] : after.candidates,
    isCommand: after.isCommand && !before.isCommand,
  };
}

function remembered(before: EditorState, { last }: EditorState): Draft[] {
  const { undo, text, cursor } = before;
  if (last === "typed" && before.last === "typed") return undo;
  const places = [...undo, { text, cursor }].slice(-MAX_UNDO);
  let length = 0;
  const first = places.findLastIndex((place) => (length += place.text.length) > MAX_UNDO_LENGTH);
  return places.slice(first + 1);
}
