import { DEFAULT_RULES } from "./default_rules.ts";
import type { Category, Severity } from "./issue.ts";
import { nearestWords } from "../config/nearest.ts";
import { categoryOf, severityOf } from "./rule_traits.ts";
import { rulesWithSafeFixes } from "./safe_fixes.ts";
import { covers } from "./selectors.ts";

export { categoryOf, severityOf } from "./rule_traits.ts";

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
  /** Ruff's own page about it. */
  url: string;
}

/** All rules, by code and by name. */
export interface Rules {
  readonly all: Rule[];
  /** Finds a rule by its code (`F401`, in any case) or its name (`unused-import`). */
  find(codeOrName: string): Rule | undefined;
  /** The codes or names most like a word that was not found, best first. */
  nearest(word: string): string[];
}

/** Reads rules.json, an embedded asset. */
export function createRules(json: string): Rules {
  const entries: RuleEntry[] = JSON.parse(json);
  // Ours come last: the removed E999 is called `syntax-error` too.
  const all = [...entries.map(completeEntry), ...OWN_RULES];
  const byKey = new Map(all.flatMap((rule) => [[rule.name, rule], [rule.code, rule]]));
  return {
    all,
    find: (word) =>
      byKey.get(word) ?? byKey.get(word.toUpperCase()) ?? byKey.get(word.toLowerCase()),
    nearest: (word) => nearestWords(word, byKey.keys()),
  };
}

function completeEntry(entry: RuleEntry): Rule {
  const { code, name, linter, status } = entry;
  const stable = status === "stable";
  return {
    ...entry,
    summary: entry.summary ?? `${wordsOf(name)} (${linter}).`,
    severity: severityOf(code),
    category: categoryOf(code),
    safeFix: rulesWithSafeFixes().includes(code),
    byDefault: stable && DEFAULT_RULES.some((selector) => covers(selector, code)),
    url: `https://docs.astral.sh/ruff/rules/${name}`,
  };
}

/** `unused-import` as a sentence begins: "Unused import". */
function wordsOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words[0]!.toUpperCase() + words.slice(1);
}

/** What is reported beside Ruff's rules. */
const OWN_RULES: Rule[] = [
  {
    ...ownRule("syntax-error"),
    summary: "The file is not valid Python.",
    why: "Python refuses to run or import it, so nothing else in it can be checked.",
    instead: "Mend the place named, and the line before it; brackets left open show up later.",
  },
  {
    ...ownRule("analysis-failed"),
    summary: "The linter could not get through the file.",
    why: "It is nested too deeply, or it hit a mistake in the linter; nothing in it was checked.",
    instead: "Split deeply nested expressions; generated data belongs in a data file.",
  },
];

function ownRule(code: string) {
  return {
    code,
    name: code,
    linter: "devmcp",
    status: "stable",
    fixable: "none",
    severity: severityOf(code),
    category: categoryOf(code),
    safeFix: false,
    byDefault: true,
    url: "https://docs.astral.sh/ruff/linter/",
  } as const;
}
