import type { STYLE_GUIDES } from "../../config/choices.ts";
import { type RuffSettings, withRules } from "../ruff/ruff_settings.ts";

/** What a style guide asks for beyond the default rules. */
export interface StyleGuide {
  /** Selectors of rules to add. */
  rules: string[];
  /** How docstrings are written, as pydocstyle calls it. */
  convention?: "google" | "numpy" | "pep257";
  /** Longest line that is not reported; only where E501 is among the rules. */
  lineLength?: number;
}

export type StyleGuideName = (typeof STYLE_GUIDES)[number];

/** D105 and D107 ask for docstrings that repeat the language: no guide needs them. */
const GUIDES: Record<StyleGuideName, StyleGuide> = {
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
 * Settings that also check a style guide. `pep8`, the default of `review_code`, adds nothing where
 * the project chooses its rules itself.
 */
export function withStyleGuide(settings: RuffSettings, name: StyleGuideName): RuffSettings {
  const { rules, convention, lineLength } = GUIDES[name];
  if (rules.length === 0 || name === "pep8" && settings.choosesRules) return settings;
  const chosen = withRules(settings, { extendSelect: rules, ignore: NOT_ASKED_FOR });
  const lint = { ...chosen.options.lint as Record<string, unknown> };
  if (convention) lint.pydocstyle = { ...lint.pydocstyle as object, convention };
  if (lineLength) {
    lint.pycodestyle = { "max-line-length": lineLength, ...lint.pycodestyle as object };
  }
  return { ...chosen, choosesRules: settings.choosesRules, options: { ...chosen.options, lint } };
}
