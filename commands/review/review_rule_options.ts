import { type Command, InvalidArgumentError, Option } from "commander";
import type { StyleGuideName } from "../../analysis/rules/style_guides.ts";
import { STYLE_GUIDES } from "../../config/choices.ts";

export interface RuleFlags {
  styleGuide: StyleGuideName;
  select?: string[];
  ignore?: string[];
}

/** What is checked. */
export function addRuleOptions(command: Command): void {
  command
    .addOption(
      new Option("--style-guide <name>", "check this style guide too")
        .choices(STYLE_GUIDES).default("pep8"),
    )
    .option("--select <rules>", "only these rules: codes or prefixes, comma-separated", someRules)
    .option("--ignore <rules>", "without these rules", rules);
}

/** None would be all. */
function someRules(value: string, previous: string[] | undefined): string[] {
  if (rules(value, undefined).length === 0) throw new InvalidArgumentError("It names no rule");
  return rules(value, previous);
}

/** Collects `--select F,E --select W`. Not variadic: `--select F src` would swallow the path. */
function rules(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), ...value.split(",").map((rule) => rule.trim()).filter(Boolean)];
}
