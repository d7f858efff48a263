import type { Category, Severity } from "../issue.ts";

/** What Biome says of how bad a diagnostic is. */
export type BiomeSeverity = "hint" | "information" | "warning" | "error" | "fatal";

/**
 * Biome's error is major, its warning minor, the rest info: critical is left to what cannot run. A
 * weakness is major at least, as Ruff's are.
 */
const SEVERITIES: Record<BiomeSeverity, Severity> = {
  fatal: "critical",
  error: "major",
  warning: "minor",
  information: "info",
  hint: "info",
};

/** How bad what a rule (`lint/suspicious/noDoubleEquals`) finds is. */
export function biomeSeverity(rule: string, told: BiomeSeverity): Severity {
  const severity = SEVERITIES[told];
  const isWeakness = rule.startsWith("lint/security/");
  return isWeakness && (severity === "minor" || severity === "info") ? "major" : severity;
}

/** By Biome's groups; a page that some people cannot use is not correct. */
const BY_GROUP: Record<string, Category> = {
  a11y: "correctness",
  complexity: "complexity",
  correctness: "correctness",
  performance: "performance",
  security: "security",
  style: "style",
  suspicious: "correctness",
};

/** Rules that are about something else than their group says. */
const BY_NAME: [names: RegExp, category: Category][] = [
  [/Import(?!ant)|Export|BarrelFile|ReExport|UndeclaredDependencies|^organize/, "imports"],
  [/Naming|FilenamingConvention|ShadowRestrictedNames/, "naming"],
  [/Any$|AnyLet|NonNull|TsIgnore|TypeAssertion|UnsafeDeclaration|EmptyInterface$/, "typing"],
  [/Focused|SkippedTests|TestHook|InTest|MisplacedAssertion|Mock|Playwright|Describe/, "testing"],
];

/** What a rule is about. Total: what is in no known group is `maintainability`. */
export function biomeCategory(rule: string): Category {
  const [, group = "", name = ""] = rule.split("/");
  return BY_NAME.find(([names]) => names.test(name))?.[1] ?? BY_GROUP[group] ?? "maintainability";
}
