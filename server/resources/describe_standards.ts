import type { RuffSettings } from "../../analysis/ruff/ruff_settings.ts";
import { covers, knownRules } from "../../analysis/rules/selectors.ts";
import { withStyleGuide } from "../../analysis/rules/style_guides.ts";
import { CATEGORIES, STYLE_GUIDES } from "../../config/choices.ts";
import type { Config } from "../../config/config.ts";
import { isObject } from "../../config/is_object.ts";

/** Ruff's own, where nothing is configured. */
const LINE_LENGTH = 88;

/** What `config://coding-standards` says; nothing of it is a secret, an address or a path. */
export interface CodingStandards {
  language: string;
  style: string;
  test_framework: string;
  style_guide: string;
  focus_areas: readonly string[];
  python: PythonStandards | { problem: string };
}

interface PythonStandards {
  /** Whether the project chooses the rules itself. */
  rules_chosen_by: "project" | "devmcp";
  line_length: unknown;
  target_version?: unknown;
  max_complexity?: unknown;
  docstring_convention?: unknown;
  quote_style?: unknown;
  /** The rules that a review checks: Ruff's codes, and their names. */
  rules: Record<string, string>;
}

/** @param ruff settings of the workspace; undefined where they cannot be used */
export function describeStandards(
  { code_generation, code_review }: Pick<Config, "code_generation" | "code_review">,
  ruff: RuffSettings | undefined,
): CodingStandards {
  const { style_guide, focus_areas } = code_review;
  const guide = STYLE_GUIDES.find((name) => name === style_guide) ?? "default";
  return {
    ...code_generation,
    style_guide,
    focus_areas: focus_areas.length > 0 ? focus_areas : CATEGORIES,
    python: ruff
      ? describePython(withStyleGuide(ruff, guide))
      : { problem: "the project's settings of Ruff cannot be used" },
  };
}

function describePython({ options, choosesRules }: RuffSettings): PythonStandards {
  const lint = tableIn(options, "lint");
  return {
    rules_chosen_by: choosesRules ? "project" : "devmcp",
    line_length: tableIn(lint, "pycodestyle")["max-line-length"] ?? options["line-length"] ??
      LINE_LENGTH,
    target_version: options["target-version"],
    max_complexity: tableIn(lint, "mccabe")["max-complexity"],
    docstring_convention: tableIn(lint, "pydocstyle").convention,
    quote_style: tableIn(options, "format")["quote-style"],
    rules: rulesOf(lint),
  };
}

function tableIn(table: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = table[key];
  return isObject(value) ? value : {};
}

/** As Ruff decides: the longest selector that stands for a rule, of those that take or leave it. */
function rulesOf(lint: Record<string, unknown>): Record<string, string> {
  const taken = [...selectorsIn(lint, "select"), ...selectorsIn(lint, "extend-select")];
  const left = selectorsIn(lint, "ignore");
  const rules = knownRules().filter(({ code, status }) =>
    status === "stable" && longest(taken, code) > longest(left, code)
  );
  return Object.fromEntries(rules.map(({ code, name }) => [code, name]));
}

function selectorsIn(lint: Record<string, unknown>, key: string): string[] {
  const value = lint[key];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** −1 where none does. */
function longest(selectors: string[], code: string): number {
  const lengths = selectors.filter((one) => covers(one, code)).map((one) =>
    one === "ALL" ? 0 : one.length
  );
  return Math.max(-1, ...lengths);
}
