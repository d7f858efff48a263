import { insert, replace } from "./edit_text.ts";
import { type Applied, type EditorState, editorWith } from "./editor_state.ts";

const QUOTES = '"""';

/** Enter: sends the input, or goes on in a new line where the input says so. */
export function submit(state: EditorState): Applied {
  const { text, cursor } = state;
  if (text[cursor - 1] === "\\") return { state: replace(state, cursor - 1, cursor, "\n") };
  if (isOpen(text)) return { state: insert(state, "\n") };
  if (text.trim() === "") return { state: { ...state, last: "other" } };
  return { state: editorWith("", state), effect: { kind: "submit", text: unquoted(text) } };
}

/** Between `"""` and `"""` newlines are text. */
function isOpen(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed.startsWith(QUOTES)) return false;
  return trimmed.length < 2 * QUOTES.length || !trimmed.endsWith(QUOTES);
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith(QUOTES)) return text;
  return trimmed.slice(QUOTES.length, -QUOTES.length).replace(/^\n|\n$/g, "");
}
