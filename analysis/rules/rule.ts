import type { Category, Severity } from "../issue.ts";

/** One entry of rules.json: facts that scripts/rules.ts takes from Ruff, and our own words. */
export interface RuleEntry {
  /** `F401`; a rule that has only a name has it here too. */
  code: string;
  /** `unused-import` */
  name: string;
  /** The linter that the rule comes from: `Pyflakes`. */
  linter: string;
  status: "stable" | "preview" | "deprecated" | "removed";
  fixable: "always" | "sometimes" | "none";
  /** What it finds, in one sentence. */
  summary?: string;
  /** Why that matters. */
  why?: string;
  /** How to mend it. */
  instead?: string;
  /** A line or two that it finds, and the same mended. */
  bad?: string;
  good?: string;
}

/** What is known of a rule. */
export interface Rule extends RuleEntry {
  summary: string;
  severity: Severity;
  category: Category;
  /** Whether some of its fixes cannot change what a program does. */
  safeFix: boolean;
  /** Whether it is checked where a project chooses no rules. */
  byDefault: boolean;
  /** Its makers' own page about it; our own rules have none. */
  url?: string;
  /** Further names. */
  aliases?: string[];
}
