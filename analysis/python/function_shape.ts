import type { Scope } from "./scopes.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";
import { Kind } from "./syntax_kinds.ts";
import { childOfKind, childrenOf, textOf } from "../syntax/syntax_nodes.ts";

/** Declared parameters, `self`, `*args` and `**kwargs` included; the separators `/` and `*` are none. */
export function countParameters(tree: SyntaxTree, definition: number): number {
  const parameters = childOfKind(tree, definition, Kind.parameters);
  if (parameters < 0) return 0;
  return childrenOf(tree, parameters).filter((node) => !isSeparator(tree.kind[node]!)).length;
}

function isSeparator(kind: number): boolean {
  return kind === Kind.keyword_separator || kind === Kind.positional_separator;
}

/** Whether the body of a module (its root), class or function begins with a docstring. */
export function hasDocstring(tree: SyntaxTree, node: number): boolean {
  const body = tree.kind[node] === Kind.module ? node : childOfKind(tree, node, Kind.block);
  const statement = body + 1;
  if (body < 0 || statement >= tree.next[body]!) return false;
  if (tree.kind[statement] !== Kind.expression_statement) return false;
  const literal = statement + 1;
  if (tree.next[literal] !== tree.next[statement]) return false;
  return isPlainString(tree, literal);
}

function isPlainString(tree: SyntaxTree, node: number): boolean {
  if (tree.kind[node] === Kind.concatenated_string) {
    return childrenOf(tree, node).every((part) => isPlainString(tree, part));
  }
  return tree.kind[node] === Kind.string && /^[rRuU]?['"]/.test(textOf(tree, node).slice(0, 2));
}

/**
 * Whether a definition is meant for others: it and all classes around it have names without a leading underscore, and
 * it is not inside a function. `__init__` and its like are not public by this rule.
 */
export function isPublic(scopes: Scope[], scope: number): boolean {
  for (let at = scope; at > 0; at = scopes[at]!.parent) {
    const { kind, name } = scopes[at]!;
    if (name.startsWith("_") || (kind === "function" && at !== scope)) return false;
  }
  return true;
}
