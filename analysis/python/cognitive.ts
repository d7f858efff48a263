import { COGNITIVE_NESTING, nestingLevels } from "./nesting.ts";
import { Region, type Scope, type Scopes } from "./scopes.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";
import { Kind, Token } from "./syntax_kinds.ts";
import { childOfKind, childrenOf, textOf } from "../syntax/syntax_nodes.ts";

/**
 * Cognitive complexity by scope, after G. Ann Campbell, "Cognitive Complexity" (SonarSource, 2017–2023), for Python:
 *
 * - `if`, the ternary, `for`, `while`, `except` and `match` cost 1 plus the level they are nested at;
 * - `elif`, `else` (of an `if`, a loop or a `try`), each run of like `and`s or `or`s, and direct recursion cost 1;
 * - the blocks of these, both sides of a ternary, lambdas and nested functions are one level deeper;
 *   `try`, `finally`, `with` and comprehensions are not;
 * - a function that does nothing but define a function and return a name is a decorator and adds no level;
 * - a class starts again at level 0.
 *
 * A function's number includes what is nested in it; a nested function's own number starts again at level 0. The
 * module's number is the sum over its functions and its own statements.
 */
export function cognitiveByScope(tree: SyntaxTree, scopes: Scopes): number[] {
  const levels = nestingLevels(tree, scopes, COGNITIVE_NESTING);
  const costs: Costs = {
    total: new Array(scopes.list.length).fill(0),
    nestable: new Array(scopes.list.length).fill(0),
  };
  addStructures(tree, scopes, levels, costs);
  addOperatorRuns(tree, scopes, costs);
  addRecursion(tree, scopes, costs);
  addNestedScopes(tree, scopes, levels, costs);
  return costs.total;
}

/** By scope: what it costs, and how many increments would grow if the scope were one level deeper. */
interface Costs {
  total: number[];
  nestable: number[];
}

function addStructures(
  tree: SyntaxTree,
  { owner }: Scopes,
  levels: Uint32Array,
  costs: Costs,
): void {
  for (let node = 1; node < tree.size; node++) {
    switch (tree.kind[node]) {
      case Kind.if_statement:
      case Kind.conditional_expression:
      case Kind.for_statement:
      case Kind.while_statement:
      case Kind.except_clause:
      case Kind.match_statement:
        costs.total[owner[node]!]! += 1 + levels[node]!;
        costs.nestable[owner[node]!]!++;
        break;
      case Kind.elif_clause:
      case Kind.else_clause:
        costs.total[owner[node]!]!++;
    }
  }
}

/** `a and b and c or d` has two runs. Parentheses and `not` begin an expression of their own. */
function addOperatorRuns(tree: SyntaxTree, { owner }: Scopes, costs: Costs): void {
  const { kind, parent, size } = tree;
  /** By boolean_operator: the outermost one of its chain; by that one: the operator last seen in the chain. */
  const chain = new Uint32Array(size), last = new Uint8Array(size);
  for (let node = 1; node < size; node++) {
    const above = parent[node]!;
    if (kind[node] === Kind.boolean_operator) {
      chain[node] = kind[above] === Kind.boolean_operator ? chain[above]! : node;
    } else if (kind[node] === Token.and || kind[node] === Token.or) {
      const outermost = chain[above]!;
      if (last[outermost] !== kind[node]) costs.total[owner[node]!]!++;
      last[outermost] = kind[node]!;
    }
  }
}

function addRecursion(tree: SyntaxTree, scopes: Scopes, costs: Costs): void {
  const recursive = new Set<number>();
  for (let node = 1; node < tree.size; node++) {
    const scope = scopes.owner[node]!;
    if (tree.kind[node] !== Kind.call || scopes.region[node] !== Region.body) continue;
    if (scopes.list[scope]!.kind !== "function" || recursive.has(scope)) continue;
    if (callsItself(tree, scopes.list, scope, node + 1)) recursive.add(scope);
  }
  for (const scope of recursive) costs.total[scope]!++;
}

/** `name(…)` in a function; `self.name(…)` or `Class.name(…)` in a method, whatever its first parameter is called. */
function callsItself(tree: SyntaxTree, list: Scope[], scope: number, callee: number): boolean {
  const { name, node, parent } = list[scope]!;
  const around = list[parent]!;
  if (around.kind !== "class") {
    return tree.kind[callee] === Kind.identifier && textOf(tree, callee) === name;
  }
  if (tree.kind[callee] !== Kind.attribute) return false;
  const [object, attribute] = childrenOf(tree, callee);
  if (attribute === undefined || textOf(tree, attribute) !== name) return false;
  if (tree.kind[object!] !== Kind.identifier) return false;
  const receiver = textOf(tree, object!);
  return receiver === around.name || receiver === firstParameter(tree, node);
}

function firstParameter(tree: SyntaxTree, definition: number): string | undefined {
  const parameters = childOfKind(tree, definition, Kind.parameters);
  const first = parameters + 1;
  if (parameters < 0 || first === tree.next[parameters]) return undefined;
  // `self: Self` and `self=None` hold the name as their first child.
  const name = tree.next[first]! > first + 1 ? first + 1 : first;
  return textOf(tree, name);
}

/** Inner scopes first, so that one pass carries everything outwards. */
function addNestedScopes(
  tree: SyntaxTree,
  { list }: Scopes,
  levels: Uint32Array,
  { total, nestable }: Costs,
): void {
  const wrappers = new Map<number, boolean>();
  for (let inner = list.length - 1; inner > 0; inner--) {
    const { kind, parent, node } = list[inner]!;
    total[parent]! += total[inner]!;
    if (kind !== "function" || list[parent]!.kind !== "function") continue;
    if (!wrappers.has(parent)) wrappers.set(parent, isWrapper(tree, list[parent]!.node));
    total[parent]! += nestable[inner]! * (levels[node]! + (wrappers.get(parent) ? 0 : 1));
    nestable[parent]! += nestable[inner]!;
  }
}

/** A body of one function definition, else only `return name`: how decorators are written. */
function isWrapper(tree: SyntaxTree, definition: number): boolean {
  const body = childOfKind(tree, definition, Kind.block);
  const others = childrenOf(tree, body).filter((node) => !isFunction(tree, node));
  return others.length === childrenOf(tree, body).length - 1 &&
    others.every((node) => isReturnOfName(tree, node));
}

function isFunction(tree: SyntaxTree, node: number): boolean {
  return tree.kind[node] === Kind.function_definition ||
    tree.kind[node] === Kind.decorated_definition;
}

function isReturnOfName(tree: SyntaxTree, node: number): boolean {
  return tree.kind[node] === Kind.return_statement && tree.next[node] === node + 2 &&
    tree.kind[node + 1] === Kind.identifier;
}
