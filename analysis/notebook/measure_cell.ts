import { cognitiveByScope } from "../python/cognitive.ts";
import { eachDecision } from "../python/cyclomatic.ts";
import { BLOCK_NESTING, nestingLevels } from "../python/nesting.ts";
import { findScopes, type Scopes } from "../python/scopes.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";

/** What a cell's own statements amount to; what it defines counts for itself. */
export interface CellComplexity {
  cyclomatic: number;
  cognitive: number;
  nesting: number;
}

/** Measures the tree of a cell as if it were the body of a function. */
export function measureCell(tree: SyntaxTree): CellComplexity {
  const scopes = findScopes(tree);
  const levels = nestingLevels(tree, scopes, BLOCK_NESTING);
  let cyclomatic = 1, nesting = 0;
  eachDecision(tree, scopes, (node, count) => {
    if (scopes.owner[node] === MODULE) cyclomatic += count;
  });
  for (let node = 0; node < tree.size; node++) {
    if (scopes.owner[node] === MODULE) nesting = Math.max(nesting, levels[node]!);
  }
  return { cyclomatic, cognitive: ownCognitive(tree, scopes), nesting };
}

const MODULE = 0;

/** The module's number is the sum of its functions' and its own. */
function ownCognitive(tree: SyntaxTree, scopes: Scopes): number {
  const costs = cognitiveByScope(tree, scopes);
  const isInFunction = (scope: number): boolean =>
    scope !== MODULE &&
    (scopes.list[scope]!.kind === "function" || isInFunction(scopes.list[scope]!.parent));
  return scopes.list.reduce(
    (own, { kind, parent }, scope) =>
      kind === "function" && !isInFunction(parent) ? own - costs[scope]! : own,
    costs[MODULE]!,
  );
}
