import type { SyntaxTree } from "../syntax/syntax.ts";
import { childrenOf, textOf } from "../syntax/syntax_nodes.ts";
import type { FieldName, Roles } from "./roles.ts";

/** A tree, and what its nodes mean. */
export interface TreeView {
  tree: SyntaxTree;
  roles: Roles;
}

/** What a node's kind means: bits of `Role`. */
export function roleOf({ tree, roles }: TreeView, node: number): number {
  return roles.roles[tree.kind[node]!]!;
}

/** The first child in a field, or -1. */
export function childInField({ tree, roles }: TreeView, node: number, field: FieldName): number {
  const wanted = roles.fields[field], end = tree.next[node]!;
  for (let child = node + 1; child < end; child = tree.next[child]!) {
    if (tree.field[child] === wanted) return child;
  }
  return -1;
}

/** The first child with a role, or -1. */
export function childInRole(view: TreeView, node: number, role: number): number {
  const end = view.tree.next[node]!;
  for (let child = node + 1; child < end; child = view.tree.next[child]!) {
    if (roleOf(view, child) & role) return child;
  }
  return -1;
}

export { childrenOf, textOf };
