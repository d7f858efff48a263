import type { FunctionComplexity } from "../complexity.ts";
import type { ComplexityLimits } from "./complexity_limits.ts";
import type { Issue } from "../issue.ts";

type Measure = keyof ComplexityLimits;

interface MeasureRule {
  measure: Measure;
  rule: string;
  says(value: number): string;
}

const RULES: MeasureRule[] = [
  {
    measure: "cyclomatic",
    rule: "devmcp/cyclomatic-complexity",
    says: (n) => `has a cyclomatic complexity of ${n}`,
  },
  {
    measure: "cognitive",
    rule: "devmcp/cognitive-complexity",
    says: (n) => `has a cognitive complexity of ${n}`,
  },
  {
    measure: "nesting",
    rule: "devmcp/nesting",
    says: (n) => `nests ${n} levels deep`,
  },
  { measure: "parameters", rule: "devmcp/parameters", says: (n) => `has ${n} parameters` },
  { measure: "length", rule: "devmcp/function-length", says: (n) => `has ${n} lines` },
];

/** Ruff says these of Python: C901 and PLR0913. */
export const SAID_BY_RUFF: readonly Measure[] = ["cyclomatic", "parameters"];

/**
 * What is above its limit, as issues at the functions' names. The lines and the cognitive complexity
 * of functions inside, where these have issues of their own, do not count a second time.
 *
 * @param silent what is not told
 */
export function complexityIssues(
  functions: readonly FunctionComplexity[],
  limits: ComplexityLimits,
  silent: readonly Measure[] = [],
): Issue[] {
  const issues: Issue[] = [];
  for (const { measure, rule, says } of RULES) {
    const limit = limits[measure];
    if (limit === 0 || silent.includes(measure)) continue;
    for (const [one, value] of countedOnce(functions, measure, limit)) {
      if (value > limit) issues.push(toIssue(one, rule, `${says(value)} (at most ${limit})`));
    }
  }
  return issues;
}

/** What each function has, without what others inside it answer for. */
function countedOnce(
  functions: readonly FunctionComplexity[],
  measure: Measure,
  limit: number,
): [FunctionComplexity, number][] {
  if (measure !== "length" && measure !== "cognitive") {
    return functions.map((one) => [one, one[measure]]);
  }
  const counted: [FunctionComplexity, number][] = [];
  const open: { one: FunctionComplexity; inner: number }[] = [];
  const close = () => {
    const { one, inner } = open.pop()!;
    const value = one[measure] - inner;
    counted.push([one, value]);
    const around = open.at(-1);
    if (!around) return;
    if (measure === "length") around.inner += one.length;
    else around.inner += value > limit ? one.cognitive : inner;
  };
  for (const one of functions.toSorted((a, b) => a.line - b.line || b.endLine - a.endLine)) {
    while (open.length > 0 && open.at(-1)!.one.endLine < one.line) close();
    open.push({ one, inner: 0 });
  }
  while (open.length > 0) close();
  return counted;
}

function toIssue(one: FunctionComplexity, rule: string, fact: string): Issue {
  const { name, line, column, endLine, cell } = one;
  return {
    ...cell !== undefined && { cell },
    severity: "minor",
    category: "complexity",
    message: `\`${name}\` ${fact}`,
    rule,
    line,
    column,
    end: { line, column: column + 1 },
    lastLine: endLine,
  };
}
