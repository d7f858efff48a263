import { Region, type Scope, type Scopes } from "./scopes.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";
import { Kind, Token } from "./syntax_kinds.ts";
import { childOfKind, childrenOf } from "../syntax/syntax_nodes.ts";

/** radon's letters for a function: A is simple, F is untestable. */
export type Rank = "A" | "B" | "C" | "D" | "E" | "F";

/**
 * McCabe's number by scope, as radon 6.0.1 counts it.
 *
 * - A function is 1 plus its decisions. What it defines inside counts for itself alone.
 * - A class is 1 plus the decisions of its body plus the whole of its methods (radon's `real_complexity`).
 * - The module is 1 plus its decisions plus those of its functions and classes (`total_complexity`), but not of what
 *   is defined inside a function, nor of classes inside classes.
 */
export function cyclomaticByScope(tree: SyntaxTree, scopes: Scopes): number[] {
  const decisions = countDecisions(tree, scopes);
  const numbers = scopes.list.map((_, scope) => 1 + decisions[scope]!);
  for (let inner = scopes.list.length - 1; inner > 0; inner--) {
    const { parent, kind } = scopes.list[inner]!;
    numbers[parent]! += shareOf(kind, scopes.list[parent]!.kind, numbers[inner]!);
  }
  return numbers;
}

function shareOf(kind: Scope["kind"], around: Scope["kind"], complexity: number): number {
  if (around === "module") return complexity - 1;
  return around === "class" && kind === "function" ? complexity : 0;
}

function countDecisions(tree: SyntaxTree, scopes: Scopes): Uint32Array {
  const decisions = new Uint32Array(scopes.list.length);
  eachDecision(tree, scopes, (node, count) => decisions[scopes.owner[node]!]! += count);
  return decisions;
}

/** Tells of each node that decides how many decisions it is. */
export function eachDecision(
  tree: SyntaxTree,
  { region }: Scopes,
  tell: (node: number, count: number) => void,
): void {
  let node = 0;
  while (node < tree.size) {
    if (region[node] === Region.body) tell(node, decisionsAt(tree, node));
    // radon counts an assert and does not look inside.
    node = tree.kind[node] === Kind.assert_statement ? tree.next[node]! : node + 1;
  }
}

function decisionsAt(tree: SyntaxTree, node: number): number {
  switch (tree.kind[node]) {
    case Kind.if_statement:
    case Kind.elif_clause:
    case Kind.conditional_expression:
    case Kind.for_statement:
    case Kind.while_statement:
    case Kind.for_in_clause:
    case Kind.assert_statement:
    case Kind.boolean_operator:
      return 1;
    case Kind.if_clause:
      return Number(tree.kind[tree.parent[node]!] !== Kind.case_clause);
    case Kind.else_clause:
      return Number(tree.kind[tree.parent[node]!] !== Kind.if_statement && !isGroupTry(tree, node));
    case Kind.except_clause:
      return Number(!isGroupTry(tree, node));
    case Kind.match_statement:
      return countCases(tree, node);
    default:
      return 0;
  }
}

/** Whether a clause belongs to a `try` with `except*`, which radon has never heard of and counts as nothing. */
function isGroupTry(tree: SyntaxTree, clause: number): boolean {
  const handler = childOfKind(tree, tree.parent[clause]!, Kind.except_clause);
  return handler >= 0 && tree.kind[handler + 1] === Token["*"] && tree.next[handler]! > handler + 1;
}

/** All cases of a match, less one if any of them takes whatever comes. */
function countCases(tree: SyntaxTree, match: number): number {
  const body = childOfKind(tree, match, Kind.block);
  if (body < 0) return 0;
  const cases = childrenOf(tree, body).filter((node) => tree.kind[node] === Kind.case_clause);
  return cases.length - Number(cases.some((clause) => takesAnything(tree, clause)));
}

/** `case _:` and `case name:`, with or without parentheses and guard. */
function takesAnything(tree: SyntaxTree, clause: number): boolean {
  const patterns = childrenOf(tree, clause).filter((node) => tree.kind[node] === Kind.case_pattern);
  if (patterns.length !== 1 || hasCommaAfter(tree, patterns[0]!)) return false;
  let pattern = patterns[0]! + 1;
  while (tree.kind[pattern] === Kind.tuple_pattern) {
    const items = childrenOf(tree, pattern);
    if (items.length !== 1 || hasCommaAfter(tree, items[0]!)) return false;
    pattern = items[0]! + 1;
  }
  if (tree.kind[pattern] === Token._) return true;
  return tree.kind[pattern] === Kind.dotted_name &&
    !tree.text.slice(tree.start[pattern], tree.end[pattern]).includes(".");
}

/** Whether the next thing after a node is a comma: it makes a tuple of one. */
function hasCommaAfter({ text, end }: SyntaxTree, node: number): boolean {
  let offset = end[node]!;
  while (offset < text.length && " \t\r\n\f\\#".includes(text[offset]!)) {
    const comment = text[offset] === "#" ? text.indexOf("\n", offset) : offset;
    offset = comment < 0 ? text.length : comment + 1;
  }
  return text[offset] === ",";
}

/** radon's rank of a cyclomatic complexity: A to 5, B to 10, C to 20, D to 30, E to 40. */
export function rankCyclomatic(complexity: number): Rank {
  if (complexity <= 5) return "A";
  return "BCDEF"[Math.min(Math.ceil(complexity / 10) - 1, 4)] as Rank;
}
