import { ToolError } from "../config/tool_error.ts";
import { type RuffSettings, withRules } from "./ruff_settings.ts";

/** What a style guide asks for beyond the default rules. */
export interface StyleGuide {
  /** Selectors of rules to add. */
  rules: string[];
  /** How docstrings are written, as pydocstyle calls it. */
  convention?: "google" | "numpy" | "pep257";
  /** Longest line that is not reported; only where E501 is among the rules. */
  lineLength?: number;
}

/** D105 and D107 ask for docstrings that repeat the language: no guide needs them. */
const STYLE_GUIDES: Record<string, StyleGuide> = {
  default: { rules: [] },
  // PEP 8 lets teams agree on up to 99 columns; shorter ones are the formatter's business.
  pep8: { rules: ["E501", "N801", "N802", "N803", "N804", "N805"], lineLength: 99 },
  black: { rules: ["E501", "I001"], lineLength: 88 },
  pep257: { rules: ["D"], convention: "pep257" },
  google: {
    rules: ["D", "E501", "I001", "N", "TID252"],
    convention: "google",
    lineLength: 80,
  },
  numpy: { rules: ["D"], convention: "numpy" },
};
const NOT_ASKED_FOR = ["D105", "D107"];

/**
 * What the guide of this name asks for.
 *
 * @throws {ToolError} for an unknown name, with a hint that lists the known ones
 */
export function styleGuideOptions(name: string): StyleGuide {
  const guide = Object.hasOwn(STYLE_GUIDES, name) ? STYLE_GUIDES[name] : undefined;
  if (guide) return guide;
  throw new ToolError(`Cannot use the style guide ${JSON.stringify(name)}: unknown`, {
    hint: `choose one of ${Object.keys(STYLE_GUIDES).join(", ")}`,
  });
}

/**
 * Settings that also check a style guide. `pep8`, the default of `review_code`, adds nothing where
 * the project chooses its rules itself.
 *
 * @throws {ToolError} for an unknown name
 */
export function withStyleGuide(settings: RuffSettings, name: string): RuffSettings {
  const { rules, convention, lineLength } = styleGuideOptions(name);
  if (rules.length === 0 || name === "pep8" && settings.choosesRules) return settings;
  const chosen = withRules(settings, { extendSelect: rules, ignore: NOT_ASKED_FOR });
  const lint = { ...chosen.options.lint as Record<string, unknown> };
  if (convention) lint.pydocstyle = { ...lint.pydocstyle as object, convention };
  if (lineLength) {
    lint.pycodestyle = { "max-line-length": lineLength, ...lint.pycodestyle as object };
  }
  return { ...chosen, options: { ...chosen.options, lint } };
}
