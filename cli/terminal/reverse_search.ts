import { characterBefore, toBoundary } from "./characters.ts";
import { cleanInput } from "./clean_input.ts";
import type { EditorContext, EditorState, ReverseSearch } from "./editor_state.ts";
import type { Key } from "./keys.ts";

export interface Searched {
  state: EditorState;
  isOver: boolean;
  /** Whether the key that ended it also does what it does elsewhere. */
  passesOn: boolean;
}

const MAX_QUERY = 200;

export function startSearch(state: EditorState): EditorState {
  const { text, cursor } = state;
  const search = { query: "", index: Infinity, isFound: true, draft: { text, cursor } };
  return { ...state, search, last: "other" };
}

/** What a key does while the search goes on. */
export function searchKey(
  state: EditorState,
  search: ReverseSearch,
  key: Key,
  { history }: EditorContext,
): Searched {
  const goOn = (next: EditorState): Searched => ({ state: next, isOver: false, passesOn: false });
  if (key.kind !== "key") return goOn(find(state, extended(search, key.text), history));
  switch (key.name) {
    case "ctrl-r":
      return goOn(findOlder(state, search, history));
    case "backspace":
    case "ctrl-h":
      return goOn(find(state, shortened(search), history));
    case "enter":
    case "tab":
      return { state: without(state), isOver: true, passesOn: false };
    case "escape":
    case "ctrl-g":
    case "ctrl-c":
      return { state: { ...without(state), ...search.draft }, isOver: true, passesOn: false };
  }
  return { state: without(state), isOver: true, passesOn: true };
}

function without(state: EditorState): EditorState {
  return { ...state, search: undefined, walk: undefined, last: "other" };
}

function extended(search: ReverseSearch, text: string): ReverseSearch {
  const added = cleanInput(text).replace(/\n[^]*/, "");
  return { ...search, query: (search.query + added).slice(0, MAX_QUERY).toWellFormed() };
}

function shortened(search: ReverseSearch): ReverseSearch {
  const { query } = search;
  return {
    ...search,
    query: query.slice(0, characterBefore(query, query.length)),
    index: Infinity,
  };
}

/** Shows the newest input at or before `search.index` that holds the query, upper case or lower. */
function find(
  state: EditorState,
  search: ReverseSearch,
  history: readonly string[],
): EditorState {
  const query = search.query.toLowerCase();
  if (query === "") return { ...state, search: { ...search, index: Infinity, isFound: true } };
  const from = Math.min(search.index, history.length - 1);
  const index = history.findLastIndex((input, i) => i <= from && holds(input, query));
  if (index < 0) {
    return { ...state, search: { ...search, index: state.search!.index, isFound: false } };
  }
  const text = cleanInput(history[index]!);
  const cursor = toBoundary(text, text.toLowerCase().indexOf(query));
  return { ...state, text, cursor, search: { ...search, index, isFound: true } };
}

function holds(input: string, query: string): boolean {
  return input.toLowerCase().includes(query);
}

/** The newest input older than the shown one, and not the same. */
function findOlder(
  state: EditorState,
  search: ReverseSearch,
  history: readonly string[],
): EditorState {
  let index = search.index - 1;
  while (history[index] === state.text) index--;
  return find(state, { ...search, index }, history);
}
