import { Role } from "./roles.ts";
import { childInField, roleOf, textOf, type TreeView } from "./tree_view.ts";

const ANONYMOUS = "(anonymous)";
/** What a person would still call a name. */
const MAX_NAME = 100;

/** What a function is called, and the node where that stands: its line is the function's. */
export interface FunctionName {
  text: string;
  /** The function itself where the name is not in it. */
  node: number;
}

/** By the field `name`, by the innermost declarator (C), or by what the function is assigned to. */
export function functionName(view: TreeView, node: number): FunctionName {
  const name = childInField(view, node, "name");
  if (name >= 0) return { text: oneLine(textOf(view.tree, name)), node: name };
  const declarator = childInField(view, node, "declarator");
  if (declarator >= 0) return declaredName(view, declarator);
  if (roleOf(view, node) & Role.unnamed) return { text: keyword(view, node), node };
  return { text: assignedName(view, node) ?? ANONYMOUS, node };
}

function declaredName(view: TreeView, outermost: number): FunctionName {
  let node = outermost;
  for (let inner = node; inner >= 0;) {
    node = inner;
    inner = roleOf(view, node) & Role.wrapper
      ? lastInside(view, node)
      : childInField(view, node, "declarator");
  }
  const text = textOf(view.tree, node);
  if (!text.startsWith("(")) return { text: oneLine(text), node };
  // `operator bool() const` declares nothing but its brackets.
  const [head] = textOf(view.tree, outermost).split("(", 1);
  return { text: oneLine(head!), node: outermost };
}

/** The last node directly inside, or -1. */
function lastInside({ tree }: TreeView, node: number): number {
  let last = -1;
  for (let child = node + 1; child < tree.next[node]!; child = tree.next[child]!) last = child;
  return last;
}

/** After what modifiers there are. */
function keyword({ tree }: TreeView, node: number): string {
  const head = tree.text.slice(tree.start[node], tree.start[node]! + 10 * MAX_NAME);
  return /\b(?:get|set|constructor)\b|\boperator\s*[^\s(]+/.exec(head)?.[0] ?? ANONYMOUS;
}

function assignedName(view: TreeView, node: number): string | undefined {
  const { tree } = view;
  const above = tree.parent[node]!;
  if (!(roleOf(view, above) & Role.namer) || above + 1 === node) return undefined;
  for (const field of ["name", "left", "key", "property"] as const) {
    const left = childInField(view, above, field);
    if (left >= 0 && left !== node) return oneLine(textOf(tree, left));
  }
}

function oneLine(name: string): string {
  return name.slice(0, 10 * MAX_NAME).replace(/\s+/g, " ").trim().slice(0, MAX_NAME) || ANONYMOUS;
}

/** The type in a receiver as Go writes it: `(s *Stack[T])` is of `Stack`. */
export function receiverType(view: TreeView, node: number): string | undefined {
  const receiver = childInField(view, node, "receiver");
  if (receiver < 0) return undefined;
  return /([\w.]+)\s*(\[[^\]]*\])?\s*,?\s*\)$/.exec(textOf(view.tree, receiver).slice(0, 500))?.[1];
}
