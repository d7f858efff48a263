import { ruffChoice, type RuleChoice, standsForOne } from "../../analysis/rules/rule_choice.ts";
import type { Rules } from "../../analysis/rules/rules.ts";
import type { App } from "../../cli/app.ts";
import type { LoadedConfig } from "../../config/config.ts";
import { describeOrigin } from "../../config/config_file.ts";
import { ToolError } from "../../config/tool_error.ts";

/**
 * Whether there are such rules: once, or every file would tell of the same mistake. What is known of
 * the other engines' rules is loaded only where one is named.
 *
 * @throws {ToolError} for one that is not known, with what may be meant
 */
export async function checkRules(choice: RuleChoice, app: Pick<App, "loadAsset">): Promise<void> {
  const own = ruffChoice(choice);
  const { DEFAULT_SETTINGS, withRules } = await import("../../analysis/ruff/ruff_settings.ts");
  const notRuffs = (list: readonly string[] = [], ruffs: string[] = []) =>
    list.filter((one) => !ruffs.includes(one));
  const others = [
    ...notRuffs(choice.select, own.select),
    ...notRuffs(choice.ignore, own.ignore),
  ];
  if (others.length > 0) {
    const { loadRules } = await import("../../cli/load_rules.ts");
    const rules = await loadRules(app);
    for (const selector of others) checkOther(selector, rules);
  }
  try {
    withRules(DEFAULT_SETTINGS, own);
  } catch (error) {
    throw await withWholeName(error, choice, app);
  }
}

/**
 * The same of the rules that a configuration names where no flag does.
 *
 * @throws {ToolError} that says where the rule stands
 */
export async function checkConfiguredRules(
  { values, origins }: LoadedConfig,
  given: RuleChoice,
  app: Pick<App, "loadAsset" | "cwd">,
): Promise<void> {
  for (const key of ["select", "ignore"] as const) {
    const rules = values.code_review[key];
    if (given[key] !== undefined || rules.length === 0) continue;
    const origin = origins.get(`code_review.${key}`) ?? { kind: "default" };
    await checkRules({ [key]: rules }, app).catch((error) => {
      if (!(error instanceof ToolError)) throw error;
      const { message, hint } = error;
      const place = `${describeOrigin(origin, app.cwd)}, code_review.${key}`;
      throw new ToolError(`${place}: ${message}`, { hint, cause: error });
    });
  }
}

function checkOther(selector: string, rules: Rules): void {
  if (rules.all.some(({ code }) => standsForOne(selector, code))) return;
  throw unknown(selector, rules.nearest(selector.replace(/^biome\//, "")));
}

function unknown(selector: string, nearest: string[]): ToolError {
  const hint = nearest.length > 0
    ? `did you mean ${nearest.slice(0, 3).join(", ")}?`
    : "give a rule such as lint/style/useConst or MD013, or a group such as lint/style";
  return new ToolError(`Cannot use the rule ${JSON.stringify(selector)}: no engine has it`, {
    hint,
  });
}

/** `noDebugger` is known as `lint/suspicious/noDebugger`: Ruff alone would not know what is meant. */
async function withWholeName(
  error: unknown,
  { select = [], ignore = [] }: RuleChoice,
  app: Pick<App, "loadAsset">,
): Promise<unknown> {
  const named = [...select, ...ignore].filter((one) => /^(?:[a-z]+[A-Z-]|md\d)/.test(one));
  if (named.length === 0) return error;
  const { loadRules } = await import("../../cli/load_rules.ts");
  const rules = await loadRules(app);
  for (const selector of named) {
    const code = rules.find(selector)?.code;
    if (code !== undefined && /^(?:lint|assist|MD)/.test(code)) return unknown(selector, [code]);
  }
  return error;
}
