import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";

const { select } = DEFAULT_SETTINGS.options.lint as { select: string[] };

/** The rules that a review of Python checks by default, as Ruff's `--select` takes them. */
export const DEFAULT_RULES = select.join(",");
