import { Language, Parser, type Tree } from "web-tree-sitter";
import { createLineIndex } from "./line_index.ts";
import { type CursorExports, openCursor, type RawCursor } from "./syntax_cursor.ts";
import { Action, Kind, type KindTable, mapGrammar } from "./syntax_kinds.ts";

/** Where the text is not Python: 1-based line and column (UTF-16 units). */
export interface SyntaxProblem {
  line: number;
  column: number;
  message: string;
}

/**
 * A Python syntax tree as flat arrays, in source order: node 0 is the root, a node's children follow it, and
 * `next[node]` is the first node after all of them. Comments, punctuation and the insides of plain strings are left
 * out; {@link Kind} and {@link Token} say what `kind` holds.
 */
export interface SyntaxTree {
  text: string;
  /** Number of nodes, and the length of each array. */
  size: number;
  kind: Uint8Array;
  /** Offsets into `text`, in UTF-16 units; `end` is exclusive. */
  start: Uint32Array;
  end: Uint32Array;
  /** The root is its own parent. */
  parent: Uint32Array;
  next: Uint32Array;
  /** The outermost places that could not be parsed, at most {@link MAX_ERRORS}. */
  errors: SyntaxProblem[];
}

/** More errors than this say nothing new. */
export const MAX_ERRORS = 100;

export interface PythonParser {
  /** Never fails: what cannot be parsed is in `errors`. WASM memory is released before it returns. */
  parse(text: string): SyntaxTree;
}

/** web-tree-sitter has one WASM core per thread, whoever asks first. */
let core: Promise<CursorExports> | undefined;

async function startCore(wasmBinary: Uint8Array): Promise<CursorExports> {
  const options = { wasmBinary: wasmBinary as Uint8Array<ArrayBuffer> };
  await Parser.init(options);
  return options as unknown as CursorExports;
}

/**
 * Starts tree-sitter (`coreWasm`, once per thread) and loads the Python grammar into it.
 * @throws {WebAssembly.CompileError} when the bytes are not those modules.
 */
export async function createPythonParser(
  coreWasm: Uint8Array,
  grammarWasm: Uint8Array,
): Promise<PythonParser> {
  const exports = await (core ??= startCore(coreWasm));
  const language = await Language.load(grammarWasm);
  const parser = new Parser();
  parser.setLanguage(language);
  const table = mapGrammar(language);
  return { parse: (text) => parseText(parser, exports, table, text) };
}

function parseText(
  parser: Parser,
  core: CursorExports,
  table: KindTable,
  text: string,
): SyntaxTree {
  const tree = parser.parse(withoutLoneReturns(text))!;
  try {
    return flatten(core, table, tree, text);
  } finally {
    tree.delete();
  }
}

/** The grammar takes \r for a space where Python ends the line. Offsets stay as they are. */
function withoutLoneReturns(text: string): string {
  return text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
}

function flatten(core: CursorExports, table: KindTable, tree: Tree, text: string): SyntaxTree {
  const { descendantCount, hasError } = tree.rootNode;
  const flat = emptyTree(text, descendantCount);
  const cursor = openCursor(core, tree);
  try {
    if (hasError) walk(cursor, withErrors(table), flat, errorRecorder(cursor, table, flat));
    else walk(cursor, table, flat);
  } finally {
    cursor.release();
  }
  return trim(flat);
}

function emptyTree(text: string, capacity: number): SyntaxTree {
  return {
    text,
    size: 0,
    kind: new Uint8Array(capacity),
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    parent: new Uint32Array(capacity),
    next: new Uint32Array(capacity),
    errors: [],
  };
}

/** The arrays without their unused ends, which share the memory. */
function trim(tree: SyntaxTree): SyntaxTree {
  const { size, kind, start, end, parent, next } = tree;
  return {
    ...tree,
    kind: kind.subarray(0, size),
    start: start.subarray(0, size),
    end: end.subarray(0, size),
    parent: parent.subarray(0, size),
    next: next.subarray(0, size),
  };
}

/** An error may be anywhere, so look below every node that has children. */
function withErrors(table: KindTable): KindTable {
  return { ...table, actions: table.actions.map((action) => action && Action.descend) };
}

/** Visits the nodes in source order, keeping those the table wants; `see` is told of all others too. */
function walk(
  cursor: RawCursor,
  { kinds, actions }: KindTable,
  tree: SyntaxTree,
  see: (symbol: number) => void = () => {},
): void {
  let above = 0;
  while (true) {
    const symbol = cursor.symbol();
    see(symbol);
    if (actions[symbol] !== Action.drop) {
      const node = record(cursor, tree, kinds[symbol]!, above);
      const hasInside = actions[symbol] === Action.descend && !isPlainString(tree, node);
      if (hasInside && cursor.firstChild()) {
        above = node;
        continue;
      }
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return;
      tree.next[above] = tree.size;
      above = tree.parent[above]!;
    }
  }
}

function record(cursor: RawCursor, tree: SyntaxTree, kind: number, above: number): number {
  const node = tree.size++;
  tree.kind[node] = kind;
  tree.start[node] = cursor.start();
  tree.end[node] = cursor.end();
  tree.parent[node] = above;
  tree.next[node] = node + 1;
  return node;
}

function isPlainString(tree: SyntaxTree, node: number): boolean {
  return tree.kind[node] === Kind.string && !isFormatted(tree.text, tree.start[node]!);
}

/** Whether the string literal at `offset` has an `f` before its quotes. */
function isFormatted(text: string, offset: number): boolean {
  for (let i = offset; i < offset + 2; i++) {
    const letter = text.charCodeAt(i) | 0x20;
    if (letter === 0x66) return true;
    if (letter !== 0x72) return false;
  }
  return false;
}

/** Notes errors and missing tokens on the way, but not those inside an error. */
function errorRecorder(
  cursor: RawCursor,
  { kinds, names }: KindTable,
  tree: SyntaxTree,
): (symbol: number) => void {
  const lines = createLineIndex(tree.text);
  let coveredUpTo = 0;
  return (symbol) => {
    const missing = cursor.isMissing();
    if ((!missing && kinds[symbol] !== Kind.ERROR) || tree.errors.length === MAX_ERRORS) return;
    const start = cursor.start(), end = cursor.end();
    if (start < coveredUpTo) return;
    coveredUpTo = end;
    tree.errors.push({
      line: lines.lineAt(start),
      column: lines.columnAt(start),
      message: missing
        ? `missing ${names[symbol] ?? "something"}`
        : describe(tree.text.slice(start, end)),
    });
  };
}

const EXCERPT_LENGTH = 40;

function describe(source: string): string {
  const line = source.slice(0, EXCERPT_LENGTH).split(/[\r\n]/, 1)[0]!.trim();
  return line === "" ? "cannot be parsed" : `cannot parse ${JSON.stringify(line)}`;
}
