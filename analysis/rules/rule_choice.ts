import { isBroken, type Issue } from "../issue.ts";

/** Which rules count, of all engines: Ruff's codes and prefixes, and others' names or their beginnings. */
export interface RuleChoice {
  /** Only these. @default all */
  select?: readonly string[];
  /** Not these. */
  ignore?: readonly string[];
}

/** `F401`, but not markdownlint's `MD013`. */
const OF_RUFF = /^(?!MD\d)[A-Z]+\d+$/;
/** `lint/suspicious`, `devmcp/nesting`, `MD013`: Ruff refuses what it does not know. */
const OF_OTHERS =
  /\/|^MD\d*$|^(?:assist|devmcp|lint|suppressions|duplicate-key|file-too-large|biome-plugins|syntax-not-checked)$/;

/** What of a choice is Ruff's own, or misspelt. */
export function ruffChoice(
  { select, ignore }: RuleChoice,
): { select?: string[]; ignore?: string[] } {
  const own = (selectors?: readonly string[]) =>
    selectors?.filter((selector) => !OF_OTHERS.test(selector));
  return { select: own(select), ignore: own(ignore) };
}

/** Names of single rules of Biome and markdownlint: naming one turns it on. */
const SINGLE_RULE = /^(?:biome\/)?((?:lint|assist)\/\w+\/\w+|MD\d{3})$/;

/** The rules that a choice names in full, so that they are wanted though a configuration leaves them off. */
export function turnedOn({ select = [] }: RuleChoice): string[] {
  const named = select.flatMap((selector) => SINGLE_RULE.exec(selector)?.[1] ?? []);
  return [...new Set(named)].sort();
}

/** The issues that a choice leaves; Ruff has made its own already. That a file is broken always counts. */
export function chosenIssues(issues: readonly Issue[], choice: RuleChoice): Issue[] {
  const { select = [], ignore = [] } = choice;
  if (select.length + ignore.length === 0) return [...issues];
  const asksRuff = ruffChoice(choice).select?.length !== 0;
  return issues.filter((issue) => {
    if (isBroken(issue)) return true;
    if (OF_RUFF.test(issue.rule)) return select.length === 0 || asksRuff;
    const isSelected = select.length === 0 || select.some((one) => standsForOne(one, issue.rule));
    return isSelected && !ignore.some((one) => standsForOne(one, issue.rule));
  });
}

/** `lint/style` stands for `lint/style/useConst`, `MD` for `MD013`. */
export function standsForOne(selector: string, rule: string): boolean {
  const name = selector.replace(/^biome\//, "");
  return name === "ALL" || name === rule ||
    rule.startsWith(name.endsWith("/") ? name : `${name}/`) ||
    /^MD\d*$/.test(name) && rule.startsWith(name);
}
