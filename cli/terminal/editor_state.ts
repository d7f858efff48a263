import { cleanInput, MAX_INPUT } from "./clean_input.ts";

/** What stands in the input, and what the keys before have left behind. */
export interface EditorState {
  /** No controls but newlines and tabs, no lone surrogates. */
  text: string;
  /** Where the next character goes: a boundary between characters, in UTF-16 units. */
  cursor: number;
  /** What was cut last, for Ctrl-Y. */
  killed: string;
  /** What stood there before, the newest last. */
  undo: Draft[];
  /** While the arrows show earlier input. */
  walk?: HistoryWalk;
  /** While Ctrl-R searches it. */
  search?: ReverseSearch;
  /** Shown below the input until the next key. */
  candidates: string[];
  /** Ctrl-X was pressed, and waits for a second key. */
  isCommand?: boolean;
  /** What the last key did; typing is undone at once, cuts are put together. */
  last: "typed" | "cut" | "other";
}

/** A text that is being written. */
export interface Draft {
  text: string;
  cursor: number;
}

/** Where the arrows stand in the earlier input. */
export interface HistoryWalk {
  /** What was typed before. */
  draft: Draft;
  /** What stood before the cursor then: only inputs that begin with it are shown. */
  prefix: string;
  index: number;
}

/** A search through the earlier input, from the newest to the oldest. */
export interface ReverseSearch {
  query: string;
  /** The newest input that may be shown; Infinity before one was found. */
  index: number;
  isFound: boolean;
  /** What was typed before. */
  draft: Draft;
}

export interface EditorContext {
  /** Earlier inputs, the oldest first. */
  history: readonly string[];
}

/** What a key asks for beyond the text. */
export type EditorEffect =
  | { kind: "submit"; text: string }
  /** Ctrl-C; `hadText`: it has cleared the input. */
  | { kind: "cancel"; hadText: boolean }
  | { kind: "leave" }
  /** The line of the cursor, and where in it that stands. */
  | { kind: "complete"; line: string; cursor: number }
  /** The text shall be changed in the user's own editor. */
  | { kind: "edit" }
  | { kind: "clear" }
  | { kind: "suspend" };

export interface Applied {
  state: EditorState;
  effect?: EditorEffect;
}

/** An input with a text in it, the cursor at its end. */
export function editorWith(text: string, before?: Pick<EditorState, "killed">): EditorState {
  const clean = cleanInput(text).slice(0, MAX_INPUT);
  const { killed = "" } = before ?? {};
  return { text: clean, cursor: clean.length, killed, undo: [], candidates: [], last: "other" };
}
