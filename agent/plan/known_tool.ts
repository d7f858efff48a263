import { findOption } from "../../models/find_option.ts";
import { plainKey } from "../../models/endpoints/plain_key.ts";

/** The tool that a model means by a name: its own, one that is nearly it, or that has the same words. */
export function knownTool(said: string, names: string[]): string | undefined {
  if (names.includes(said)) return said;
  const same = names.filter((name) =>
    plainKey(name) === plainKey(said) || plainKey(name.replace(/^[^:]*:/, "")) === plainKey(said)
  );
  if (same.length === 1) return same[0];
  return findOption(said, names) ?? byMeaning(said, names);
}

/** What models call our tools when they invent a name. */
const MEANT: [tool: string, said: RegExp][] = [
  ["generate_tests", /test/i],
  ["review_code", /review|lint|fix|debug|bug|check|security/i],
  ["format_code", /format|style|prett|black|isort/i],
  ["analyze_complexity", /complex|metric|analy|measure/i],
  ["formalize_task", /formal|specif|requirement|plan/i],
  ["write_file", /save|file|store|write_to|disk/i],
  ["generate_code", /generat|code|create|implement|refactor|write|program/i],
];

function byMeaning(said: string, names: string[]): string | undefined {
  return MEANT.find(([tool, pattern]) => names.includes(tool) && pattern.test(said.slice(0, 60)))
    ?.[0];
}
