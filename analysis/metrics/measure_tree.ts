import type { ComplexityReport, FunctionComplexity } from "../complexity.ts";
import { rankCyclomatic } from "../python/cyclomatic.ts";
import type { LanguageId } from "../languages.ts";
import { countLines } from "../text/line_count.ts";
import { createLineIndex, type LineIndex } from "../text/line_index.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";
import type { LanguageMetrics } from "./language_metrics.ts";
import { measureScopes, type ScopeCosts } from "./measure_scopes.ts";
import { countParameters } from "./parameters.ts";
import type { Roles } from "./roles.ts";
import type { TreeView } from "./tree_view.ts";

/** Measures a file of any language that has a table. */
export function measureTree(
  tree: SyntaxTree,
  roles: Roles,
  metrics: LanguageMetrics,
  language: LanguageId,
): ComplexityReport {
  const view = { tree, roles };
  const costs = measureScopes(view, metrics.separator ?? ".");
  const own = [...costs.cognitive];
  const lines = createLineIndex(tree.text);
  const cognitive = addInner(costs, own);
  const functions = costs.list.flatMap(({ kind }, scope) =>
    kind === "function" ? describe(view, metrics, lines, costs, scope) : []
  );
  return {
    language,
    lines: countLines(tree.text),
    cyclomatic: 1 + costs.decisions.reduce((sum, count) => sum + count),
    cognitive,
    raw: null,
    halstead: null,
    maintainabilityIndex: null,
    maintainabilityRank: null,
    functions,
    classes: [],
    notMeasured: explainGaps(tree),
  };
}

/**
 * Adds to each function what is nested in it, a level deeper, and gives the file's sum. A function
 * that costs nothing of its own is but a place for others, which then count for themselves alone.
 */
function addInner({ list, cognitive, nestable, level }: ScopeCosts, own: number[]): number {
  for (let inner = list.length - 1; inner > 0; inner--) {
    const { kind, parent } = list[inner]!;
    const isNested = kind === "function" && list[parent]!.kind === "function" && own[parent]! > 0;
    if (!isNested) {
      cognitive[0]! += cognitive[inner]!;
      continue;
    }
    cognitive[parent]! += cognitive[inner]! + nestable[inner]! * (level[inner]! + 1);
    nestable[parent]! += nestable[inner]!;
  }
  return cognitive[0]!;
}

function describe(
  view: TreeView,
  metrics: LanguageMetrics,
  lines: LineIndex,
  { list, decisions, cognitive, nesting }: ScopeCosts,
  scope: number,
): FunctionComplexity {
  const { node, nameNode, qualifiedName, parent } = list[scope]!;
  const { tree, roles } = view;
  const start = tree.start[nameNode]!;
  const line = lines.lineAt(start);
  const endLine = Math.max(line, lines.lineAt(Math.max(start, tree.end[node]! - 1)));
  const isMethod = list[parent]!.kind === "class" || roles.fields.receiver !== 255 &&
      qualifiedName.includes(".");
  const cyclomatic = 1 + decisions[scope]!;
  return {
    name: qualifiedName,
    line,
    endLine,
    column: lines.columnAt(start),
    cyclomatic,
    rank: rankCyclomatic(cyclomatic),
    cognitive: cognitive[scope]!,
    length: endLine - line + 1,
    parameters: countParameters(view, node, metrics.noParameters?.split(" ")),
    nesting: nesting[scope]!,
    kind: isMethod ? "method" : "function",
  };
}

function explainGaps({ errors: [error] }: SyntaxTree): string[] {
  if (!error) return [];
  return [
    "Complexity covers only the parts of the text that could be parsed: " +
    `syntax error at line ${error.line}, column ${error.column}`,
  ];
}
