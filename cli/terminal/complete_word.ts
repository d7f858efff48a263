import { cleanInput } from "./clean_input.ts";
import { lineStart } from "./characters.ts";
import { replace } from "./edit_text.ts";
import type { EditorState } from "./editor_state.ts";

/** What could stand where the cursor is. */
export interface WordCompletion {
  /** Where in the cursor's line the word begins. */
  from: number;
  /** Whole words, the best first. */
  candidates: string[];
}

/**
 * Takes what all candidates have in common into the input, and shows them where they are several.
 *
 * @param asked the input when it was asked for: the answer to an older one is dropped
 */
export function completeWord(
  state: EditorState,
  asked: EditorState,
  { from, candidates }: WordCompletion,
): EditorState {
  if (state.text !== asked.text || state.cursor !== asked.cursor || state.search) return state;
  const words = candidates.map((word) => cleanInput(word).replaceAll("\n", " "));
  if (words.length === 0) return state;
  const start = lineStart(state.text, state.cursor) + from;
  const typed = state.text.slice(start, state.cursor);
  const common = words.length === 1 ? whole(words[0]!, state) : commonStart(words);
  const isLonger = common.length > typed.length || words.length === 1;
  const next = isLonger ? replace(state, start, state.cursor, common) : state;
  const undo = next === state ? state.undo : [...state.undo, asked];
  return { ...next, undo, candidates: words.length > 1 ? words : [] };
}

/** A folder goes on, a word is followed by the next one. */
function whole(word: string, { text, cursor }: EditorState): string {
  return /[/:]$/.test(word) || /^\s/.test(text.slice(cursor, cursor + 1)) ? word : `${word} `;
}

function commonStart(words: string[]): string {
  const [first = "", ...others] = words;
  let length = first.length;
  for (const word of others) {
    while (!word.startsWith(first.slice(0, length))) length--;
  }
  return first.slice(0, length);
}
