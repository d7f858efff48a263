import { Kind } from "../python/syntax_kinds.ts";
import type { SyntaxTree } from "./syntax.ts";

/** The source of a node. */
export function textOf(tree: SyntaxTree, node: number): string {
  return tree.text.slice(tree.start[node], tree.end[node]);
}

/** The direct children of a node, in source order. */
export function childrenOf(tree: SyntaxTree, node: number): number[] {
  const children: number[] = [];
  const end = tree.next[node]!;
  for (let child = node + 1; child < end; child = tree.next[child]!) children.push(child);
  return children;
}

/** The first direct child of a kind, or -1. */
export function childOfKind(tree: SyntaxTree, node: number, kind: number): number {
  const end = tree.next[node]!;
  for (let child = node + 1; child < end; child = tree.next[child]!) {
    if (tree.kind[child] === kind) return child;
  }
  return -1;
}

/** The last direct child, or -1. */
export function lastChild(tree: SyntaxTree, node: number): number {
  const end = tree.next[node]!;
  let last = -1;
  for (let child = node + 1; child < end; child = tree.next[child]!) last = child;
  return last;
}

/** What stands inside any number of parentheses: the node that Python's own AST would have here. */
export function withoutParentheses(tree: SyntaxTree, node: number): number {
  while (tree.kind[node] === Kind.parenthesized_expression || tree.kind[node] === Kind.type) {
    if (tree.next[node] === node + 1) return node;
    node++;
  }
  return node;
}
