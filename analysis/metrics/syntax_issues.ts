import type { Issue } from "../issue.ts";
import type { SyntaxProblem, SyntaxTree } from "../syntax.ts";
import type { LanguageMetrics } from "./language_metrics.ts";

/** After so many places nothing new is said. */
const MOST_ERRORS = 10;

/** What only one side of it is compiled of may leave brackets without their pair. */
const CONDITIONAL = /^[ \t]*#[ \t]*(?:if|elif|else)/m;

/**
 * Where a text is not of its language, as issues: the outermost places, the first of them. Nothing is
 * said where the grammar is known to stumble over valid code: see docs/complexity.md.
 */
export function syntaxIssues(tree: SyntaxTree, { syntaxErrors }: LanguageMetrics): Issue[] {
  if (tree.errors.length === 0 || syntaxErrors === "none") return [];
  if (syntaxErrors === "brackets" && !lacksBracket(tree)) return [];
  const places = tree.errors.filter(({ line, column }, n, all) =>
    n === 0 || line !== all[n - 1]!.line || column !== all[n - 1]!.column
  );
  return places.slice(0, MOST_ERRORS).map(toIssue);
}

/** Whether the tree and the bare text agree that a bracket has no pair. */
function lacksBracket({ isBalanced, text }: SyntaxTree): boolean {
  return !isBalanced && !CONDITIONAL.test(text) && !hasPairs(text);
}

/** Comments and literals as most languages with braces have them, or a bracket. */
const PIECES =
  /\/\/.*|\/\*[^]*?\*\/|"""[^]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.[^'\n]{0,8}|[^'\\\n])'|[()[\]{}]/g;

function hasPairs(text: string): boolean {
  const open: Record<string, number> = {};
  for (const [piece] of text.matchAll(PIECES)) {
    if (piece.length === 1) open[piece] = (open[piece] ?? 0) + 1;
  }
  return ["()", "[]", "{}"].every(([left, right]) => (open[left!] ?? 0) === (open[right!] ?? 0));
}

function toIssue({ line, column, end, message }: SyntaxProblem): Issue {
  return {
    severity: "critical",
    category: "correctness",
    message: message[0]!.toUpperCase() + message.slice(1),
    rule: "syntax-error",
    line,
    column,
    end,
  };
}
