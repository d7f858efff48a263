import { createLineIndex } from "../text/line_index.ts";
import { findScopes, type Scope, type Scopes } from "../python/scopes.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";
import { Kind } from "../python/syntax_kinds.ts";
import {
  childOfKind,
  childrenOf,
  lastChild,
  textOf,
  withoutParentheses,
} from "../syntax/syntax_nodes.ts";
import type { TestCase, TestFile } from "./test_case.ts";

export interface PythonTestOptions {
  /**
   * Only what unittest finds: methods of classes that derive from a `TestCase`. Otherwise what
   * pytest finds, which is more. @default false
   */
  unittestOnly?: boolean;
}

/**
 * The tests of a Python file, as their runner would collect them: functions `test…`, and methods
 * `test…` of classes `Test…` without a constructor and of classes that derive from a `TestCase`.
 * A test that a later one of the same name replaces is left out, as Python never runs it.
 */
export function findPythonTests(
  tree: SyntaxTree,
  { unittestOnly = false }: PythonTestOptions = {},
): TestFile {
  const scopes = findScopes(tree);
  const homes = findHomes(tree, scopes, unittestOnly);
  const lines = createLineIndex(tree.text);
  const tests = new Map<string, { scope: number; names: Set<string> }>();
  scopes.list.forEach((scope, index) => {
    if (isTest(tree, scope, homes)) {
      tests.set(scope.qualifiedName, { scope: index, names: new Set() });
    }
  });
  const found = [...tests.values()].sort((a, b) => a.scope - b.scope);
  const shared = collectNames(tree, scopes, found);
  const cases = found.map(({ scope, names }): TestCase => {
    const { node, qualifiedName } = scopes.list[scope]!;
    const line = lines.lineAt(tree.start[node]!);
    return { name: qualifiedName, line, variants: countParameterSets(tree, node), names };
  });
  return { cases, shared };
}

/** The scopes whose functions `test…` are tests. */
function findHomes(tree: SyntaxTree, scopes: Scopes, unittestOnly: boolean): Set<number> {
  const homes = new Set<number>(unittestOnly ? [] : [0]);
  const testCases = new Set<string>();
  const constructed = new Set(
    scopes.list.filter(({ name }) => name === "__init__").map(({ parent }) => parent),
  );
  scopes.list.forEach(({ kind, node, name, parent }, index) => {
    if (kind !== "class") return;
    const isTestCase = basesOf(tree, node)
      .some((base) => base.endsWith("TestCase") || testCases.has(base));
    if (isTestCase) testCases.add(name);
    const isPlain = !unittestOnly && name.startsWith("Test") && !constructed.has(index);
    const isReached = parent === 0 || homes.has(parent) && isPlain;
    if (isReached && (isTestCase || isPlain)) homes.add(index);
  });
  return homes;
}

/** The names of the base classes, without what stands before the last dot. */
function basesOf(tree: SyntaxTree, node: number): string[] {
  const list = childrenOf(tree, node)
    .find((child) => tree.kind[child] === Kind.other && tree.text[tree.start[child]!] === "(");
  if (list === undefined) return [];
  return childrenOf(tree, list).map((base) => textOf(tree, base).split(".").at(-1)!.trim());
}

function isTest(tree: SyntaxTree, scope: Scope, homes: Set<number>): boolean {
  return scope.kind === "function" && scope.name.startsWith("test") && homes.has(scope.parent) &&
    !decoratorsOf(tree, scope.node).some((node) => FIXTURE.test(textOf(tree, node)));
}

const FIXTURE = /^@\s*(?:[\w.]+\.)?fixture\b/;

function decoratorsOf(tree: SyntaxTree, node: number): number[] {
  const parent = tree.parent[node]!;
  if (tree.kind[parent] !== Kind.decorated_definition) return [];
  return childrenOf(tree, parent).filter((child) => tree.kind[child] === Kind.decorator);
}

/** How many sets `@pytest.mark.parametrize` gives; several decorators multiply. */
function countParameterSets(tree: SyntaxTree, node: number): number | null {
  let product: number | null = 1;
  for (const decorator of decoratorsOf(tree, node)) {
    const call = childOfKind(tree, decorator, Kind.call);
    if (call < 0 || !/\bparametrize$/.test(textOf(tree, call + 1))) continue;
    const count = countValues(tree, lastChild(tree, call));
    product = product === null || count === null ? null : product * count;
  }
  return product;
}

/** The length of the second argument, or of `argvalues`, where it is written out. */
function countValues(tree: SyntaxTree, list: number): number | null {
  const given = childrenOf(tree, list);
  const named = given.find((node) => /^argvalues\s*=/.test(textOf(tree, node)));
  const argument = named === undefined ? given[1] : lastChild(tree, named);
  if (argument === undefined) return null;
  const values = withoutParentheses(tree, argument);
  const items = childrenOf(tree, values);
  const isList = tree.kind[values] === Kind.other && /[[(]/.test(tree.text[tree.start[values]!]!);
  const isOpen = items.some((item) =>
    tree.kind[item] === Kind.for_in_clause || tree.text[tree.start[item]!] === "*"
  );
  return isList && !isOpen ? items.length : null;
}

/** Puts what each test names into its set, and gives back what is named elsewhere. */
function collectNames(
  tree: SyntaxTree,
  scopes: Scopes,
  tests: { scope: number; names: Set<string> }[],
): Set<string> {
  const shared = new Set<string>();
  const sets: Set<string>[] = scopes.list.map(() => shared);
  for (const { scope, names } of tests) sets[scope] = names;
  scopes.list.forEach(({ parent }, scope) => {
    if (sets[scope] === shared && parent >= 0) sets[scope] = sets[parent]!;
  });
  for (let node = 1; node < tree.size; node++) {
    if (tree.kind[node] !== Kind.identifier || isDefined(tree, node)) continue;
    sets[scopes.owner[node]!]!.add(textOf(tree, node));
  }
  return shared;
}

/** Whether it is the name after `def` or `class`. */
function isDefined(tree: SyntaxTree, node: number): boolean {
  const parent = tree.parent[node]!, kind = tree.kind[parent];
  return (kind === Kind.function_definition || kind === Kind.class_definition) &&
    childOfKind(tree, parent, Kind.identifier) === node;
}
