import type { Tree } from "web-tree-sitter";

type ByTree = (tree: number) => number;

/**
 * The exports of web-tree-sitter's WASM core that its own TreeCursor is made of. Emscripten hangs them on the options
 * object given to `Parser.init`. Called directly they leave the cursor where it is in WASM memory, while each step of
 * the public TreeCursor copies it in and out: half the time over a large tree. `syntax_test.ts` holds them to the
 * public cursor, so that a new version of the library cannot change them unnoticed.
 */
export interface CursorExports {
  _ts_tree_root_node_wasm(tree: number): void;
  _ts_tree_cursor_new_wasm(tree: number): void;
  _ts_tree_cursor_delete_wasm(tree: number): void;
  _ts_tree_cursor_goto_first_child_wasm: ByTree;
  _ts_tree_cursor_goto_next_sibling_wasm: ByTree;
  _ts_tree_cursor_goto_parent_wasm: ByTree;
  _ts_tree_cursor_current_node_type_id_wasm: ByTree;
  _ts_tree_cursor_current_node_is_missing_wasm: ByTree;
  _ts_tree_cursor_current_field_id_wasm: ByTree;
  _ts_tree_cursor_start_index_wasm: ByTree;
  _ts_tree_cursor_end_index_wasm: ByTree;
}

/** Moves over one tree. There is one cursor at a time: `release` it before the library is called again. */
export interface RawCursor {
  /** 0 when there is nothing to go to, else 1; so for the next two. */
  firstChild(): number;
  nextSibling(): number;
  parent(): number;
  symbol(): number;
  isMissing(): number;
  /** Which of its parent's fields the node is; 0 for none. */
  field(): number;
  /** Offsets in UTF-16 units. */
  start(): number;
  end(): number;
  release(): void;
}

/** Puts the library's transfer buffer on the root of `tree`. */
export function openCursor(core: CursorExports, tree: Tree): RawCursor {
  const address = (tree as unknown as { 0: number })[0];
  const {
    _ts_tree_cursor_goto_first_child_wasm: first,
    _ts_tree_cursor_goto_next_sibling_wasm: next,
    _ts_tree_cursor_goto_parent_wasm: parent,
    _ts_tree_cursor_current_node_type_id_wasm: symbol,
    _ts_tree_cursor_current_node_is_missing_wasm: missing,
    _ts_tree_cursor_current_field_id_wasm: field,
    _ts_tree_cursor_start_index_wasm: start,
    _ts_tree_cursor_end_index_wasm: end,
  } = core;
  core._ts_tree_root_node_wasm(address);
  core._ts_tree_cursor_new_wasm(address);
  return {
    firstChild: () => first(address),
    nextSibling: () => next(address),
    parent: () => parent(address),
    symbol: () => symbol(address),
    isMissing: () => missing(address),
    field: () => field(address),
    start: () => start(address),
    end: () => end(address),
    release: () => core._ts_tree_cursor_delete_wasm(address),
  };
}
