import { Language, Parser, type Tree } from "web-tree-sitter";
import { createLineIndex } from "../text/line_index.ts";
import { type CursorExports, openCursor, type RawCursor } from "./syntax_cursor.ts";
import { isCoreLost, loseCore } from "./lost_core.ts";
import { Action, Kind, type KindTable, mapGrammar } from "../python/syntax_kinds.ts";

/** Where the text is not of the language: 1-based line and column (UTF-16 units). */
export interface SyntaxProblem {
  line: number;
  column: number;
  message: string;
  /** Up to here, exclusive; the same place for what is missing. */
  end: { line: number; column: number };
  /** A token that is not there, rather than text that cannot be parsed. */
  isMissing: boolean;
}

/**
 * A syntax tree as flat arrays, in source order: node 0 is the root, a node's children follow it, and
 * `next[node]` is the first node after all of them. What the table of kinds does not want is left out: of Python,
 * comments, punctuation and the insides of plain strings; there {@link Kind} and {@link Token} say what `kind` holds.
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
  /** Which of its parent's fields a node is, as the grammar numbers them; empty where the table wants none. */
  field: Uint8Array;
  /** The outermost places that could not be parsed, at most {@link MAX_ERRORS}. */
  errors: SyntaxProblem[];
  /** Whether brackets come in pairs; only looked at where there are errors. */
  isBalanced: boolean;
}

/** More errors than this say nothing new. */
export const MAX_ERRORS = 100;

export interface SourceParser {
  /** Never fails: what cannot be parsed is in `errors`. WASM memory is released before it returns. */
  parse(text: string): SyntaxTree;
}

export type PythonParser = SourceParser;

/** web-tree-sitter has one WASM core per thread, whoever asks first. */
let core: Promise<CursorExports> | undefined;

async function startCore(wasmBinary: Uint8Array): Promise<CursorExports> {
  // What it prints when it gives up is said by the error.
  const options = { wasmBinary: wasmBinary as Uint8Array<ArrayBuffer>, printErr: () => {} };
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
  const { parse } = await createParser(coreWasm, grammarWasm, mapGrammar, () => Infinity);
  return { parse: (text) => parse(text, withoutLoneReturns(text)) };
}

/** Some grammars take minutes for texts made to be slow; what people write takes a second per megabyte. */
function patienceMs(text: string): number {
  return 10_000 + text.length / 100;
}

/**
 * Loads any grammar; what is kept of its trees is up to `mapKinds`. Its `parse` throws an Error for a
 * text that takes longer than `patience` (milliseconds).
 *
 * @throws {WebAssembly.CompileError} when the bytes are not those modules.
 */
export async function createParser(
  coreWasm: Uint8Array,
  grammarWasm: Uint8Array,
  mapKinds: (language: Language) => KindTable,
  patience: (text: string) => number = patienceMs,
): Promise<{
  /** @param parsed what the grammar is to see in place of the text: as long as it */
  parse(text: string, parsed?: string): SyntaxTree;
}> {
  if (isCoreLost()) throw new Error(LOST);
  const exports = await (core ??= startCore(coreWasm));
  const language = await Language.load(grammarWasm);
  const parser = new Parser();
  parser.setLanguage(language);
  const table = mapKinds(language);
  return {
    parse(text, parsed = text) {
      const tree = parseWithin(parser, parsed, patience(text));
      try {
        return flatten(exports, table, tree, text);
      } finally {
        tree.delete();
      }
    },
  };
}

function parseWithin(parser: Parser, text: string, patienceMs: number): Tree {
  const end = performance.now() + patienceMs;
  // The library's types say that it gives nothing; it is asked whether to stop.
  const progressCallback = (() => performance.now() > end) as () => void;
  if (isCoreLost()) throw new Error(LOST);
  const tree = orLost(() =>
    parser.parse(text, null, patienceMs === Infinity ? {} : { progressCallback })
  );
  if (tree) return tree;
  parser.reset();
  throw new Error(`it takes longer than ${Math.round(patienceMs / 1000)} s to parse`);
}

const LOST = "the parser has no memory left";

/** Some texts let a grammar want more memory than there is; the library cannot be started anew then. */
function orLost<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    loseCore();
    throw new Error(LOST, { cause: error });
  }
}

/** The grammar takes \r for a space where Python ends the line. Offsets stay as they are. */
function withoutLoneReturns(text: string): string {
  return text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
}

function flatten(core: CursorExports, table: KindTable, tree: Tree, text: string): SyntaxTree {
  const { descendantCount, hasError } = tree.rootNode;
  const flat = emptyTree(text, descendantCount, table);
  const cursor = openCursor(core, tree);
  try {
    if (hasError) walkErrors(cursor, table, flat);
    else walk(cursor, table, flat);
  } finally {
    cursor.release();
  }
  return trim(flat);
}

function emptyTree(text: string, capacity: number, { hasFields }: KindTable): SyntaxTree {
  return {
    text,
    size: 0,
    kind: new Uint8Array(capacity),
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    parent: new Uint32Array(capacity),
    next: new Uint32Array(capacity),
    field: new Uint8Array(hasFields ? capacity : 0),
    errors: [],
    isBalanced: true,
  };
}

/** The arrays without their unused ends, which share the memory. */
function trim(tree: SyntaxTree): SyntaxTree {
  const { size, kind, start, end, parent, next, field } = tree;
  return {
    ...tree,
    kind: kind.subarray(0, size),
    start: start.subarray(0, size),
    end: end.subarray(0, size),
    parent: parent.subarray(0, size),
    next: next.subarray(0, size),
    field: field.subarray(0, size),
  };
}

function walkErrors(cursor: RawCursor, table: KindTable, tree: SyntaxTree): void {
  const record = errorRecorder(cursor, table, tree);
  const brackets = bracketCounter(cursor, table);
  walk(cursor, withErrors(table), tree, (symbol) => {
    record(symbol);
    brackets.see(symbol);
  });
  tree.isBalanced = brackets.areBalanced();
}

/** An error may be anywhere, so look below every node that has children. */
function withErrors(table: KindTable): KindTable {
  return { ...table, actions: table.actions.map((action) => action && Action.descend) };
}

/** Visits the nodes in source order, keeping those the table wants; `see` is told of all others too. */
function walk(
  cursor: RawCursor,
  { kinds, actions, hasFields, isLeaf }: KindTable,
  tree: SyntaxTree,
  see: (symbol: number) => void = () => {},
): void {
  let above = 0;
  while (true) {
    const symbol = cursor.symbol();
    see(symbol);
    if (actions[symbol] !== Action.drop) {
      const kind = kinds[symbol]!;
      const node = record(cursor, tree, kind, above);
      if (hasFields) tree.field[node] = cursor.field();
      const hasInside = actions[symbol] === Action.descend &&
        !isLeaf?.(kind, tree.text, tree.start[node]!);
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
    const place = (at: number) => ({ line: lines.lineAt(at), column: lines.columnAt(at) });
    tree.errors.push({
      ...place(start),
      end: place(end),
      isMissing: missing > 0,
      message: missing
        ? `expected ${expected(names[symbol])}`
        : describe(tree.text.slice(start, end)),
    });
  };
}

/** How a bracket changes the count of its kind. */
const BRACKETS: Record<string, [kind: number, by: number]> = {
  "(": [0, 1],
  ")": [0, -1],
  "[": [1, 1],
  "]": [1, -1],
  "{": [2, 1],
  "${": [2, 1],
  "#{": [2, 1],
  "}": [2, -1],
};

function bracketCounter(cursor: RawCursor, { names }: KindTable) {
  const open = [0, 0, 0];
  return {
    see(symbol: number): void {
      const bracket = BRACKETS[names[symbol] ?? ""];
      if (bracket && !cursor.isMissing()) open[bracket[0]]! += bracket[1];
    },
    areBalanced: () => open.every((count) => count === 0),
  };
}

/** A token as it is written, or a kind of node in words. */
function expected(name = "something"): string {
  if (/^(?:_|automatic)/.test(name)) return "the end of the line";
  return /^[a-z]+(?:_[a-z]+)+$|^identifier$|^name$/.test(name)
    ? name.replaceAll("_", " ")
    : JSON.stringify(name);
}

const EXCERPT_LENGTH = 40;

function describe(source: string): string {
  const line = source.slice(0, EXCERPT_LENGTH).split(/[\r\n]/, 1)[0]!.trim();
  return line === "" ? "cannot be parsed" : `cannot parse ${JSON.stringify(line)}`;
}
