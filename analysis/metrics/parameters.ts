import { COMMENT, ERROR, Role } from "./roles.ts";
import {
  childInField,
  childInRole,
  childrenOf,
  roleOf,
  textOf,
  type TreeView,
} from "./tree_view.ts";

/** How many parameters a function declares; of `a, b int` two. */
export function countParameters(view: TreeView, node: number, none: string[] = []): number {
  const list = parameterList(view, node);
  // An arrow function may have one without brackets.
  if (list < 0) return childInField(view, node, "parameter") < 0 ? 0 : 1;
  const onlyKind = view.roles.roles.some((role) => role & Role.parameter);
  return childrenOf(view.tree, list)
    .filter((child) => onlyKind ? roleOf(view, child) & Role.parameter : isParameter(view, child))
    .filter((child) => !none.includes(textOf(view.tree, child)))
    .reduce((sum, child) => sum + Math.max(1, countNames(view, child)), 0);
}

/** Of the innermost declarator: `(*pick(void))(int)` gives a pointer to a function. */
function parameterList(view: TreeView, node: number): number {
  const declarator = childInField(view, node, "declarator");
  const inner = declarator < 0 ? -1 : parameterList(view, declarator);
  if (inner >= 0) return inner;
  const wrapped = listInWrapper(view, node);
  if (wrapped >= 0) return wrapped;
  const list = childInField(view, node, "parameters");
  return list >= 0 || declarator >= 0 ? list : childInRole(view, node, Role.parameters);
}

function listInWrapper(view: TreeView, node: number): number {
  if (!(roleOf(view, node) & Role.wrapper)) return -1;
  return childrenOf(view.tree, node).map((child) => parameterList(view, child))
    .find((list) => list >= 0) ?? -1;
}

function isParameter({ tree }: TreeView, node: number): boolean {
  return tree.kind[node] !== COMMENT && tree.kind[node] !== ERROR;
}

function countNames({ tree, roles }: TreeView, node: number): number {
  return childrenOf(tree, node).filter((child) => tree.field[child] === roles.fields.name).length;
}
