import { ignoredRules } from "../text/file_patterns.ts";
import type { RuffSettings } from "../ruff/ruff_settings.ts";
import { covers, selectorProblem } from "./selectors.ts";

/**
 * Tells whether the rules of a selector are looked for in a file, as far as settings for Python say:
 * an ignore of what `--select` or the configuration leave out is not unused.
 */
export function createChecked(
  settings: RuffSettings | undefined,
  path: string,
): (selector: string) => boolean {
  if (!settings) return () => true;
  const lint = (settings.options.lint ?? {}) as Record<string, unknown>;
  const listOf = (...keys: string[]) => keys.flatMap((key) => (lint[key] ?? []) as string[]);
  const wanted = listOf("select", "extend-select");
  const unwanted = listOf("ignore", "extend-ignore");
  const isIgnoredHere = path === "" ? undefined : ignoredRules(settings, path);
  return (selector) => {
    if (!/^[A-Z]+\d*$/.test(selector) || selectorProblem(selector)) return true;
    return wanted.some((one) => covers(one, selector) || covers(selector, one)) &&
      !unwanted.some((one) => covers(one, selector)) && !isIgnoredHere?.(selector);
  };
}
