import type { ComplexityReport, FunctionComplexity } from "./complexity.ts";
import { type ComplexityLimits, DEFAULT_LIMITS } from "./metrics/complexity_limits.ts";
import type { Category, Issue } from "./issue.ts";

const NAMED_AT_MOST = 3;

/** What would improve the code most, from what was measured; the weightiest first. */
export function suggestionsFor(
  measured: ComplexityReport,
  parses: boolean,
  limits?: ComplexityLimits,
): string[] {
  if (!parses) {
    return ["Mend what keeps the file from being parsed: nothing else in it can be judged"];
  }
  return [
    ...recommendationsFor(measured, limits),
    about(undocumented(measured), "Document", () => "public, no docstring"),
  ].filter((line) => line !== undefined);
}

/** What to simplify first, from what was measured; the weightiest first. */
export function recommendationsFor(
  { functions, ...module }: ComplexityReport,
  limits: ComplexityLimits = DEFAULT_LIMITS,
): string[] {
  const over = (key: keyof ComplexityLimits, verb: string, fact: (value: number) => string) =>
    about(
      functions.filter((f) => limits[key] > 0 && f[key] > limits[key]).sort((a, b) =>
        b[key] - a[key]
      ),
      verb,
      (f) => fact(f[key]),
    );
  return [
    over("cyclomatic", "Split", (n) => `cyclomatic complexity ${n}`),
    over("cognitive", "Make easier to follow", (n) => `cognitive complexity ${n}`),
    over("nesting", "Flatten with early returns", (n) => `${n} levels deep`),
    over("parameters", "Group the parameters of", (n) => `${n} parameters`),
    over("length", "Shorten", (n) => `${n} lines`),
    module.maintainabilityIndex !== null && module.maintainabilityRank !== "A"
      ? `Divide the module: its maintainability index is ` +
        `${module.maintainabilityIndex.toFixed(1)} (rank ${module.maintainabilityRank})`
      : undefined,
  ].filter((line) => line !== undefined);
}

/** Whether there is code, and nothing of it could not be measured. */
export function isWhollyMeasured({ raw, notMeasured }: ComplexityReport): boolean {
  return raw !== null && raw.lloc > 0 && notMeasured.length === 0;
}

/** What is good about the code, each a measured fact; nothing is said of what is not there. */
export function complimentsOn(measured: ComplexityReport): string[] {
  if (!isWhollyMeasured(measured)) return [];
  const { functions } = measured;
  const documented = publicParts(measured).filter((part) => part.documented).length;
  const highest = functions.reduce((a, b) => b.cyclomatic > a ? b.cyclomatic : a, 0);
  return [
    documented > 0 && undocumented(measured).length === 0
      ? documented === 1
        ? "The one public function or class is documented"
        : `All ${documented} public functions and classes are documented`
      : undefined,
    functions.length > 0 && highest <= DEFAULT_LIMITS.cyclomatic
      ? `No function is above cyclomatic complexity ${DEFAULT_LIMITS.cyclomatic} (the highest is ${highest})`
      : undefined,
    measured.maintainabilityRank === "A" && functions.length > 0
      ? `The maintainability index is ${measured.maintainabilityIndex?.toFixed(1)} (rank A)`
      : undefined,
  ].filter((line) => line !== undefined);
}

/** Of the weightiest categories, those in focus without an issue, in a sentence; for rules that all ran. */
export function cleanCategories(
  issues: readonly Issue[],
  focus: readonly Category[] = [],
): string | undefined {
  const clean = (["security", "correctness"] as const).filter((category) =>
    (focus.length === 0 || focus.includes(category)) &&
    !issues.some((issue) => issue.category === category)
  );
  return clean.length > 0 ? `The rules found no ${clean.join(" or ")} issue` : undefined;
}

type Part = Pick<FunctionComplexity, "name" | "line" | "public" | "documented">;

function publicParts({ functions, classes }: ComplexityReport): Part[] {
  return [...functions, ...classes].filter((part) => part.public);
}

function undocumented(measured: ComplexityReport): Part[] {
  return publicParts(measured).filter((part) => !part.documented).sort((a, b) => a.line - b.line);
}

function about<T extends Part>(
  parts: T[],
  verb: string,
  fact: (part: T) => string,
): string | undefined {
  if (parts.length === 0) return undefined;
  const named = parts.slice(0, NAMED_AT_MOST)
    .map((part) => `\`${part.name}\` (line ${part.line}, ${fact(part)})`);
  const more = parts.length - named.length;
  return `${verb} ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** How many of the issues a safe fix mends, in a sentence; undefined for none. */
export function fixableIssues(issues: readonly Issue[]): string | undefined {
  const count = issues.filter((issue) => issue.fix?.safe).length;
  if (count === 0) return undefined;
  return `Apply the safe fixes: they mend ${count} of ${issues.length} ` +
    (issues.length === 1 ? "issue" : "issues");
}
