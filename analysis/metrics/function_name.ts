import { ERROR, Role } from "./roles.ts";
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
  return { text: givenName(view, node) ?? ANONYMOUS, node };
}

function declaredName(view: TreeView, outermost: number): FunctionName {
  let node = outermost;
  for (let inner = node; inner >= 0;) {
    node = inner;
    inner = roleOf(view, node) & Role.wrapper
      ? lastInside(view, node)
      : childInField(view, node, "declarator");
  }
  node = afterMacro(view, node);
  const text = textOf(view.tree, node);
  if (!text.startsWith("(")) return { text: oneLine(text), node };
  // `operator bool() const` declares nothing but its brackets.
  const [head] = textOf(view.tree, outermost).split("(", 1);
  return { text: oneLine(head!), node: outermost };
}

/** The name itself: of `void INLINE f(a)` the grammar takes `INLINE`, or both, for it. */
function afterMacro(view: TreeView, node: number): number {
  const { tree } = view;
  const name = childInField(view, node, "name");
  if (name >= 0 && /^\w+\s+\w+$/.test(textOf(tree, node))) return name;
  const after = tree.next[node]!;
  const isError = after < tree.size && tree.kind[after] === ERROR;
  return isError && /^\w+$/.test(textOf(tree, after)) ? after : node;
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

/** By what stands left of it: `f = function () {}`; or of the call that it is given to. */
function givenName(view: TreeView, innermost: number): string | undefined {
  const { tree } = view;
  let node = innermost, above = tree.parent[node]!;
  while (carries(view, above, node)) [node, above] = [above, tree.parent[above]!];
  if (!(roleOf(view, above) & Role.namer)) return undefined;
  if (tree.text.startsWith("export ", tree.start[above])) return "default";
  return above + 1 === node ? undefined : assignedName(view, above, node);
}

/** `memo(…)` and `React.memo(…)`, whose result is the function in other words; not `list.map(…)`. */
const WRAPPERS = /^(?:[A-Z]\w*\s*\.\s*)?\w+\s*(?:<[^(]*>)?\s*$/;

function carries(view: TreeView, node: number, inner: number): boolean {
  const { tree } = view;
  if (!(roleOf(view, node) & Role.carrier)) return false;
  if (!(roleOf(view, node) & Role.call)) return inner === node + 1;
  return WRAPPERS.test(tree.text.slice(tree.start[node]!, tree.start[inner]!).slice(0, 200));
}

function assignedName(view: TreeView, above: number, node: number): string | undefined {
  const { tree } = view;
  for (const field of ["name", "left", "key", "property"] as const) {
    const left = childInField(view, above, field);
    if (left >= 0 && left !== node) return unquoted(oneLine(textOf(tree, left)));
  }
}

function oneLine(name: string): string {
  return name.slice(0, 10 * MAX_NAME).replace(/\s+/g, " ").trim().slice(0, MAX_NAME) || ANONYMOUS;
}

function unquoted(name: string): string {
  return /^(["'])([\w$-]+)\1$/.exec(name)?.[2] ?? name;
}

/** The type in a receiver as Go writes it: `(s *Stack[T])` is of `Stack`. */
export function receiverType(view: TreeView, node: number): string | undefined {
  const receiver = childInField(view, node, "receiver");
  if (receiver < 0) return undefined;
  return /([\w.]+)\s*(\[[^\]]*\])?\s*,?\s*\)$/.exec(textOf(view.tree, receiver).slice(0, 500))?.[1];
}
