import { DEFAULT_RULES } from "./default_rules.ts";
import { nearestWords } from "../../config/nearest.ts";
import { OWN_RULES } from "./own_rules.ts";
import type { Rule, RuleEntry } from "./rule.ts";
import { categoryOf, severityOf } from "./rule_traits.ts";
import { rulesWithSafeFixes } from "../fixes/safe_fixes.ts";
import { covers } from "./selectors.ts";

export { categoryOf, severityOf } from "./rule_traits.ts";
export type { Rule, RuleEntry } from "./rule.ts";

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
  const byKey = new Map(
    all.flatMap((rule) =>
      [...rule.aliases ?? [], rule.name, rule.code].map((key) => [key, rule] as const)
    ),
  );
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
