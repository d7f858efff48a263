import { createLineIndex, type LineIndex } from "./text/line_index.ts";
import { type LineRange, linesOf } from "./pieces.ts";
import { findScopes, type Scope, type Scopes } from "./python/scopes.ts";
import type { SyntaxTree } from "./syntax/syntax.ts";
import { Kind, kindSet } from "./python/syntax_kinds.ts";
import { childrenOf, textOf } from "./syntax/syntax_nodes.ts";

/** A line and its 1-based number. */
export interface NumberedLine {
  line: number;
  text: string;
}

/** What a reader of some lines of a file should know of the rest; in the order of the file. */
export interface PieceContext {
  /** The module's imports of names that the lines use. */
  imports: NumberedLine[];
  /** The headers of the functions and classes that the lines stand in or name. */
  signatures: NumberedLine[];
}

/** What is known of a file, for all of its pieces. */
interface House {
  tree: SyntaxTree;
  lines: string[];
  index: LineIndex;
  scopes: Scope[];
  imports: (LineRange & { names: Set<string> })[];
}

/** Looks at a file once, and then tells what belongs to each of its pieces. */
export function createContextFinder(tree: SyntaxTree): (piece: LineRange) => PieceContext {
  const scopes = findScopes(tree);
  const index = createLineIndex(tree.text);
  const house: House = {
    tree,
    index,
    lines: linesOf(tree.text),
    scopes: scopes.list,
    imports: findImports(tree, scopes, index),
  };
  return (piece) => findContext(house, piece);
}

function findContext(house: House, piece: LineRange): PieceContext {
  const used = namesUsed(house, piece);
  const imports = house.imports.filter(({ names }) =>
    names.has("*") || !names.isDisjointFrom(used)
  );
  const signatures = house.scopes.slice(1)
    .filter((scope) => used.has(scope.name) || surrounds(house, scope, piece))
    .map(({ node }) => headerOf(house, node));
  return {
    imports: linesIn(house, imports, piece),
    signatures: linesIn(house, signatures, piece),
  };
}

/** The lines of the ranges, each once, without those of the piece itself. */
function linesIn({ lines }: House, ranges: LineRange[], own: LineRange): NumberedLine[] {
  const found = new Map<number, string>();
  for (const { first, last } of ranges) {
    for (let line = first; line <= last; line++) {
      if (line < own.first || line > own.last) found.set(line, lines[line - 1] ?? "");
    }
  }
  return [...found].map(([line, text]) => ({ line, text })).sort((a, b) => a.line - b.line);
}

function namesUsed({ tree, index, lines }: House, { first, last }: LineRange): Set<string> {
  const from = index.startOf(first);
  const to = last < lines.length ? index.startOf(last + 1) : tree.text.length;
  const names = new Set<string>();
  for (let node = firstFrom(tree, from); node < tree.size && tree.start[node]! < to; node++) {
    if (tree.kind[node] === Kind.identifier) names.add(textOf(tree, node));
  }
  return names;
}

/** The first node that begins at an offset or after it. Nodes are in the order of their beginnings. */
function firstFrom({ start, size }: SyntaxTree, offset: number): number {
  let low = 0, high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function surrounds({ tree, index }: House, { node }: Scope, { first }: LineRange): boolean {
  const start = index.startOf(first);
  return tree.start[node]! < start && tree.end[node]! > start;
}

/** From `def` or `class` to the end of the parameters, bases or the return type. */
function headerOf({ tree, index }: House, node: number): LineRange {
  let end = tree.start[node]! + 1;
  for (const child of childrenOf(tree, node)) {
    if (tree.kind[child] === Kind.block) break;
    end = tree.end[child]!;
  }
  return { first: index.lineAt(tree.start[node]!), last: index.lineAt(end - 1) };
}

const IMPORTS = kindSet([
  Kind.import_statement,
  Kind.import_from_statement,
  Kind.future_import_statement,
]);

/** The imports outside of functions and classes, wherever they stand. */
function findImports(tree: SyntaxTree, { owner }: Scopes, index: LineIndex): House["imports"] {
  const imports: House["imports"] = [];
  for (let node = 1; node < tree.size; node++) {
    if (!IMPORTS[tree.kind[node]!] || owner[node] !== 0) continue;
    imports.push({
      first: index.lineAt(tree.start[node]!),
      last: index.lineAt(Math.max(tree.start[node]!, tree.end[node]! - 1)),
      names: namesImported(textOf(tree, node)),
    });
  }
  return imports;
}

/** What follows `import`: some words too many do no harm. */
function namesImported(statement: string): Set<string> {
  const list = statement.slice(statement.search(/\bimport\b/) + "import".length);
  return new Set(list.match(/\*|[\p{L}_][\p{L}\p{N}_]*/gu));
}
