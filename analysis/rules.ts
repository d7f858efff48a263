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
  /** Ruff's own page about it; our own rules have none. */
  url?: string;
}

/** All rules, by code and by name. */
export interface Rules {
  readonly all: Rule[];
  /** Finds a rule by its code (`F401`, in any case) or its name (`unused-import`). */
  find(codeOrName: string): Rule | undefined;
  /** The codes or names most like a word that was not found, best first. */
  nearest(word: string): string[];
}

/** Reads rules.json, an embedded asset. @param others those of other engines */
export function createRules(json: string, others: Rule[] = []): Rules {
  const entries: RuleEntry[] = JSON.parse(json);
  // Ours come last: the removed E999 is called `syntax-error` too.
  const all = [...entries.map(completeEntry), ...others, ...OWN_RULES];
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
    summary: "The file is not valid in its language.",
    why: "It cannot be compiled or run, so nothing else in it can be checked.",
    instead: "Mend the place named, and the line before it; brackets left open show up later.",
  },
  {
    ...ownRule("analysis-failed"),
    summary: "The linter could not get through the file.",
    why: "It is nested too deeply, or it hit a mistake in the linter; nothing in it was checked.",
    instead: "Split deeply nested expressions; generated data belongs in a data file.",
  },
  {
    ...complexityRule("devmcp/cyclomatic-complexity"),
    summary: "A function has more ways through it than `complexity.max_cyclomatic`, 10, allows.",
    why: "Each way wants a test of its own; of Python, C901 says the same.",
    instead:
      "Split the function at what it does one after the other; replace chains of conditions " +
      "by a table.",
  },
  {
    ...complexityRule("devmcp/cognitive-complexity"),
    summary: "A function is harder to follow than `complexity.max_cognitive`, 15, allows.",
    why:
      "Conditions in conditions have to be kept in mind all at once, which is where mistakes hide.",
    instead: "Return early instead of nesting, and give the innermost block a name of its own.",
  },
  {
    ...complexityRule("devmcp/nesting"),
    summary:
      "Control structures stand deeper in one another than `complexity.max_nesting`, 4, allows.",
    why: "Whoever reads the innermost line has to know all the conditions around it.",
    instead:
      "Turn conditions round and return or continue early; move the inner loop into a function.",
  },
  {
    ...complexityRule("devmcp/parameters"),
    summary: "A function has more parameters than `complexity.max_parameters`, 7, allows.",
    why: "Callers mix up what stands in a long row; of Python, PLR0913 says the same.",
    instead: "Make one thing of what belongs together, or take an object of options.",
  },
  {
    ...complexityRule("devmcp/function-length"),
    summary:
      "A function has more lines than `complexity.max_length`, 80, allows, without those of " +
      "functions inside.",
    why: "What does not fit on a screen does more than one thing.",
    instead: "Give the parts names: each comment that begins a paragraph is one.",
  },
  {
    ...ownRule("devmcp/unused-ignore"),
    name: "unused-ignore",
    severity: "info",
    category: "maintainability",
    fixable: "sometimes",
    safeFix: true,
    url: undefined,
    summary: "A comment `devmcp: ignore[rule]` silences nothing, or names no rule.",
    why: "It hides the next mistake of that kind, and says of the code what is not so.",
    instead: "Remove it, or name the rule as it is told: `devmcp: ignore[F401] reason`.",
  },
];

function complexityRule(code: string): Omit<Rule, "summary"> {
  const name = code.slice("devmcp/".length);
  return { ...ownRule(code), name, category: "complexity", url: undefined };
}

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
