import type { Issue } from "../issue.ts";
import { createLineIndex } from "../text/line_index.ts";
import type { SyntaxProblem, SyntaxTree } from "../syntax/syntax.ts";
import type { LanguageMetrics } from "./language_metrics.ts";

/** After so many places nothing new is said. */
const MOST_ERRORS = 10;

/** What only one side of it is compiled of may leave brackets without their pair. */
const CONDITIONAL = /^[ \t]*#[ \t]*(?:if|elif|else)/m;

/**
 * Where a text is not of its language, as issues: the outermost places, the first of them; or the
 * bracket without a pair. Nothing is said where the grammar is known to stumble over valid code: see
 * docs/complexity.md.
 */
export function syntaxIssues(tree: SyntaxTree, { syntaxErrors }: LanguageMetrics): Issue[] {
  if (tree.errors.length === 0 || syntaxErrors === "none") return [];
  if (syntaxErrors === "brackets") return bracketIssues(tree);
  const places = tree.errors.filter(({ line, column }, n, all) =>
    n === 0 || line !== all[n - 1]!.line || column !== all[n - 1]!.column
  );
  return places.slice(0, MOST_ERRORS).map(toIssue);
}

/** Where the tree and the bare text agree that a bracket has no pair. */
function bracketIssues({ isBalanced, text }: SyntaxTree): Issue[] {
  const offset = isBalanced || CONDITIONAL.test(text) ? -1 : findUnpaired(text);
  if (offset < 0) return [];
  const lines = createLineIndex(text);
  const line = lines.lineAt(offset), column = lines.columnAt(offset);
  const message = `"${text[offset]}" has no pair`;
  return [toIssue({ line, column, end: { line, column: column + 1 }, message })];
}

/** Comments and literals as most languages with braces have them, or a bracket. */
const PIECES =
  /\/\/.*|\/\*[^]*?\*\/|"""[^]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.[^'\n]{0,8}|[^'\\\n])'|[()[\]{}]/g;
const PAIRS: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/** The offset of the first bracket that another than its pair follows, else of the last one open, or -1. */
function findUnpaired(text: string): number {
  const open: { offset: number; closing: string }[] = [];
  for (const { 0: piece, index: offset } of text.matchAll(PIECES)) {
    if (piece.length > 1) continue;
    const closing = PAIRS[piece];
    if (closing) open.push({ offset, closing });
    else if (open.at(-1)?.closing === piece) open.pop();
    else return open.length > 0 ? open.at(-1)!.offset : offset;
  }
  return open.at(-1)?.offset ?? -1;
}

function toIssue({ line, column, end, message }: Omit<SyntaxProblem, "isMissing">): Issue {
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
