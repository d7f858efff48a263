import type { Command } from "commander";
import type { Rule, Rules } from "../analysis/rules/rules.ts";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { loadRules } from "../cli/load_rules.ts";
import { renderRule, renderRuleList } from "../cli/rule_text.ts";
import { toJson } from "../cli/sanitize.ts";
import { ToolError } from "../config/tool_error.ts";

export function define(command: Command, app: App): void {
  command
    .argument("[rule]", "a code or a name; without one, lists the rules checked by default")
    .option("--json", "as JSON")
    .action((rule: string | undefined, flags: { json?: boolean }) => explain(rule, app, flags));
  addExamples(command, [
    ["devmcp explain S602", "by code"],
    ["devmcp explain unused-import", "by name"],
    ["devmcp explain", "all rules checked by default"],
  ]);
}

async function explain(
  word: string | undefined,
  app: App,
  { json }: { json?: boolean },
): Promise<void> {
  const rules = await loadRules(app);
  if (word === undefined) {
    const byDefault = rules.all.filter((rule) => rule.byDefault);
    const text = json
      ? `${toJson({ version: 1, rules: byDefault.map(toFields) }, 2)}\n`
      : renderRuleList(byDefault, app.stdout);
    return app.stdout.write(text);
  }
  const rule = findRule(word.trim(), rules);
  app.stdout.write(
    json ? `${toJson({ version: 1, ...toFields(rule) }, 2)}\n` : renderRule(rule, app.stdout),
  );
}

function findRule(word: string, rules: Rules): Rule {
  const found = rules.find(word);
  if (found) return found;
  const [best, ...others] = rules.nearest(word);
  const meant = best === undefined ? "" : `; did you mean "${best}"?`;
  throw new ToolError(`Cannot explain "${word}": no such rule${meant}`, {
    hint: others.length > 0
      ? `others like it: ${others.slice(0, 4).join(", ")}`
      : 'run "devmcp explain" for the rules checked by default',
  });
}

/** With the field names that all our JSON has. */
function toFields({ safeFix, byDefault, ...rule }: Rule) {
  return { ...rule, safe_fix: safeFix, by_default: byDefault };
}
