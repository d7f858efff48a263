import { createLineIndex } from "./text/line_index.ts";
import type { SyntaxTree } from "./syntax/syntax.ts";
import { Kind, kindSet } from "./python/syntax_kinds.ts";

/** Lines of a file, from `first` to `last`, both 1-based and inclusive. */
export interface LineRange {
  first: number;
  last: number;
}

export interface PieceOptions {
  /** What the lines of a piece may cost together. */
  budget: number;
  /** What a line costs, its line ending included. */
  costOf(line: string): number;
}

/** The lines of a text, without their endings; what follows the last ending counts when it is not empty. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * Parts a file into pieces that cost at most `budget`. Every line is in exactly one piece. Functions
 * and classes stay whole, with the comments above them, as long as they fit; longer ones are parted
 * where the statements of their bodies begin, and what is still too long at any line. A single line
 * that costs more than the budget is a piece of its own.
 */
export function splitIntoPieces(
  tree: SyntaxTree,
  { budget, costOf }: PieceOptions,
): LineRange[] {
  const lines = linesOf(tree.text);
  const levels = boundaryLevels(tree, lines);
  const file: File = { levels, ends: unitEnds(levels), costs: runningCosts(lines, costOf), budget };
  const pieces: LineRange[] = [];
  for (let first = 1; first <= lines.length;) {
    const next = findCut(file, first);
    pieces.push({ first, last: next - 1 });
    first = next;
  }
  return pieces;
}

/** What is known of each line, at its 1-based number less one. */
interface File {
  levels: Uint16Array;
  /** The line after the last of what begins here. */
  ends: Uint32Array;
  /** The cost of all lines before; one more than there are lines. */
  costs: Float64Array;
  budget: number;
}

function runningCosts(lines: string[], costOf: PieceOptions["costOf"]): Float64Array {
  const costs = new Float64Array(lines.length + 1);
  lines.forEach((line, index) => costs[index + 1] = costs[index]! + costOf(line));
  return costs;
}

/** What the lines cost from `first` up to `end`, exclusive. */
function costBetween({ costs }: File, first: number, end: number): number {
  return costs[end - 1]! - costs[first - 1]!;
}

/** By line: the next one that begins something at the same level or further out. */
function unitEnds(levels: Uint16Array): Uint32Array {
  const ends = new Uint32Array(levels.length);
  const open: number[] = [];
  levels.forEach((level, index) => {
    while (open.length > 0 && levels[open.at(-1)!]! >= level) ends[open.pop()!] = index + 1;
    open.push(index);
  });
  for (const index of open) ends[index] = levels.length + 1;
  return ends;
}

/** The line that begins the piece after the one that begins at `first`. */
function findCut(file: File, first: number): number {
  const { levels, ends, budget } = file;
  const reach = findReach(file, first);
  if (reach > levels.length) return reach;
  for (const cut of outermostFirst(levels, first + 1, reach)) {
    const isKeptWhole = costBetween(file, cut, ends[cut - 1]!) <= budget;
    // What is parted anyway may begin in this piece, unless the piece is rather full.
    if (isKeptWhole || costBetween(file, first, cut) * 2 >= budget) return cut;
  }
  return reach;
}

/** The first line that the piece cannot hold; at least the second. */
function findReach(file: File, first: number): number {
  let end = first + 1;
  while (end <= file.levels.length && costBetween(file, first, end + 1) <= file.budget) end++;
  return end;
}

/** The last boundary of each level among some lines, the outermost level first. */
function outermostFirst(levels: Uint16Array, from: number, to: number): number[] {
  const lastOf = new Map<number, number>();
  for (let line = from; line <= to; line++) lastOf.set(levels[line - 1]!, line);
  lastOf.delete(NO_BOUNDARY);
  return [...lastOf].sort(([a], [b]) => a - b).map(([, line]) => line);
}

/** Of a line at which no statement begins. */
const NO_BOUNDARY = 0xffff;

const HOLDS_STATEMENTS = kindSet([Kind.module, Kind.block, Kind.ERROR]);
const CLAUSES = kindSet([
  Kind.elif_clause,
  Kind.else_clause,
  Kind.except_clause,
  Kind.finally_clause,
]);

/**
 * How well the file can be parted before each line: 0 at the top level, 1 in the body of a function
 * or class, and so on inwards. A clause counts as what it holds.
 */
function boundaryLevels(tree: SyntaxTree, lines: string[]): Uint16Array {
  const levels = new Uint16Array(lines.length).fill(NO_BOUNDARY);
  const depths = blockDepths(tree);
  const index = createLineIndex(tree.text);
  let codeEnd = 0;
  for (let node = 1; node < tree.size; node++) {
    const start = tree.start[node]!;
    const isClause = CLAUSES[tree.kind[node]!];
    if (isClause || HOLDS_STATEMENTS[tree.kind[tree.parent[node]!]!]) {
      const line = index.lineAt(start);
      if (tree.text.slice(index.startOf(line), start).trim() === "") {
        const above = firstOfComment(line, lines, (above) => index.startOf(above) >= codeEnd);
        const level = depths[node]! + (isClause ? 1 : 0);
        levels[above - 1] = Math.min(levels[above - 1]!, level);
      }
    }
    if (isSolid(tree, node)) codeEnd = Math.max(codeEnd, tree.end[node]!);
  }
  return levels;
}

/** By node: the number of blocks it stands in, as far as that can matter. */
function blockDepths(tree: SyntaxTree): Uint16Array {
  const depths = new Uint16Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const parent = tree.parent[node]!;
    const depth = depths[parent]! + (tree.kind[parent] === Kind.block ? 1 : 0);
    depths[node] = Math.min(depth, NO_BOUNDARY - 2);
  }
  return depths;
}

/** Whether everything between a node's ends is code: comments are no nodes, but stand between them. */
function isSolid(tree: SyntaxTree, node: number): boolean {
  return tree.next[node] === node + 1 || tree.kind[node] === Kind.string;
}

/** The first line of the comment right above a line, or the line itself. */
function firstOfComment(
  line: number,
  lines: string[],
  isAfterCode: (line: number) => boolean,
): number {
  let first = line;
  while (first > 1 && /^\s*#/.test(lines[first - 2]!) && isAfterCode(first - 1)) first--;
  return first;
}
