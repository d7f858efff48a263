/**
 * Refreshes the facts about Ruff's rules from a native Ruff of the embedded version:
 * `deno run -A scripts/rules.ts --ruff PATH`. Our own words in analysis/rules/rules.json are kept.
 * Native Ruff is needed only here and by the oracle; the product reads the committed files.
 */
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import type { RuleEntry } from "../analysis/rules/rules.ts";

/** What `ruff rule --all --output-format json` says of a rule; only what we read. */
interface NativeRule {
  name: string;
  code: string | null;
  linter: string | null;
  fix_availability: "Always" | "Sometimes" | "None";
  status: Record<string, unknown>;
}

const RULES = new URL("../analysis/rules/rules.json", import.meta.url);
const NAMES = new URL("../analysis/rules/rule_names.ts", import.meta.url);
const FIXABLE = { Always: "always", Sometimes: "sometimes", None: "none" } as const;
const WORDS = ["summary", "why", "instead", "bad", "good"] as const;

function readNativeRules(ruff: string): NativeRule[] {
  const out = execFileSync(ruff, ["rule", "--all", "--output-format", "json"], { maxBuffer: 1e8 });
  return JSON.parse(out.toString());
}

function statusOf(rule: NativeRule): RuleEntry["status"] {
  const word = Object.keys(rule.status)[0]?.toLowerCase();
  return word === "preview" || word === "removed" || word === "deprecated" ? word : "stable";
}

async function readWords(): Promise<Map<string, Partial<RuleEntry>>> {
  const text = await Deno.readTextFile(RULES).catch(() => "[]");
  const entries: RuleEntry[] = JSON.parse(text);
  return new Map(entries.map((entry) => [
    entry.name,
    Object.fromEntries(WORDS.flatMap((key) => entry[key] ? [[key, entry[key]]] : [])),
  ]));
}

function toEntry(rule: NativeRule, words: Partial<RuleEntry> = {}): RuleEntry {
  return {
    code: rule.code ?? rule.name,
    name: rule.name,
    linter: rule.linter ?? "Ruff-specific rules",
    status: statusOf(rule),
    fixable: FIXABLE[rule.fix_availability],
    ...words,
  };
}

/** One line for each rule, so that a change of one rule is a change of one line. */
function writeJson(entries: RuleEntry[]): string {
  return `[\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n")}\n]\n`;
}

function writeNames(entries: RuleEntry[]): string {
  const marks = { stable: "", deprecated: "", preview: " preview", removed: " removed" };
  const lines = entries.map((e) => `${e.code} ${e.name}${marks[e.status]}`).sort();
  return [
    "/** Every rule of the embedded Ruff, one a line: code, name, and `preview` or `removed`.",
    " * Written by scripts/rules.ts. Small, because checking `--select` needs it at start-up. */",
    `export const RULE_NAMES = \`\n${lines.join("\n")}\n\`;`,
    "",
  ].join("\n");
}

const { values } = parseArgs({ options: { ruff: { type: "string", default: "ruff" } } });
const words = await readWords();
const entries = readNativeRules(values.ruff).map((rule) => toEntry(rule, words.get(rule.name)))
  .sort((a, b) => a.code < b.code ? -1 : 1);
await Deno.writeTextFile(RULES, writeJson(entries));
await Deno.writeTextFile(NAMES, writeNames(entries));
