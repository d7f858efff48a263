import { nearestWords } from "../../config/nearest.ts";
import { RULE_NAMES } from "./rule_names.ts";

/** Ruff's selectors of several linters at once: their letters begin those of the linters. */
const FAMILIES = new Map([["PL", /^PL[CEIRW]$/], ["T", /^T$/], ["C", /^C$/]]);

/** Old spellings that Ruff still takes, and what they mean. */
const ALIASES: [old: RegExp, now: string][] = [
  [/^TCH/, "TC"],
  [/^U(?=\d|$)/, "UP"],
  [/^PGH001$/, "S307"],
  [/^PGH002$/, "G010"],
  [/^RUF011$/, "B035"],
];

export interface KnownRule {
  code: string;
  name: string;
  status: "stable" | "preview" | "removed";
}

let rules: KnownRule[] | undefined;
let prefixes: Set<string> | undefined;

/** All rules of the embedded Ruff. */
export function knownRules(): KnownRule[] {
  return rules ??= RULE_NAMES.trim().split("\n").map((line) => {
    const [code, name, status] = line.split(" ") as [string, string, KnownRule["status"]?];
    return { code, name, status: status ?? "stable" };
  });
}

/** Whether a selector (`ALL`, `F`, `PL`, `E7`, `F401`) stands for a rule's code, as Ruff reads it. */
export function covers(selector: string, code: string): boolean {
  if (selector === "ALL") return true;
  const wanted = currentSelector(selector);
  const letters = lettersOf(wanted), family = FAMILIES.get(wanted);
  return family ? family.test(lettersOf(code)) : letters === lettersOf(code) &&
    code.startsWith(wanted);
}

/** The selector in today's spelling: `TCH001` is `TC001`. */
function currentSelector(selector: string): string {
  const alias = ALIASES.find(([old]) => old.test(selector));
  return alias ? selector.replace(alias[0], alias[1]) : selector;
}

function lettersOf(code: string): string {
  let end = 0;
  while (end < code.length && code.charCodeAt(end) >= 65) end++;
  return code.slice(0, end);
}

/** Why Ruff does not take a selector, in words; undefined when it does. */
export function selectorProblem(selector: string): string | undefined {
  const rule = knownRules().find(({ code }) => code === selector);
  if (rule) return rule.status === "removed" ? "was removed from Ruff" : undefined;
  if (selector === "ALL" || knownPrefixes().has(currentSelector(selector))) return undefined;
  return "is not a rule or a prefix of rules";
}

/** The selectors most like an unknown one; a rule's name in words leads to its code. */
export function nearestSelectors(selector: string): string[] {
  const upper = selector.trim().toUpperCase();
  if (knownPrefixes().has(upper)) return [upper];
  const named = nearestWords(selector, namesOfRules()).map((name) => codeOfName(name)!);
  if (/[a-z]-[a-z]/.test(selector)) return named;
  return nearestWords(upper, knownPrefixes());
}

/** The code of a rule's name: `unused-import` is `F401`. */
export function codeOfName(name: string): string | undefined {
  return knownRules().find((rule) => rule.name === name)?.code;
}

function namesOfRules(): string[] {
  return knownRules().filter(({ status }) => status !== "removed").map(({ name }) => name);
}

/** Every beginning of a code that has at least its linter's letters: `PLE`, `PLE0`, … */
function knownPrefixes(): Set<string> {
  if (prefixes) return prefixes;
  prefixes = new Set(FAMILIES.keys());
  for (const { code, status } of knownRules()) {
    if (status === "removed" || !/^[A-Z]+\d+$/.test(code)) continue;
    for (let end = lettersOf(code).length; end <= code.length; end++) {
      prefixes.add(code.slice(0, end));
    }
  }
  return prefixes;
}
