import type { Command } from "commander";
import type { LoadedConfig } from "../config/config.ts";
import type { ReviewFlags } from "./review/review_options.ts";

/** The flags, and what a configuration says where they say nothing. */
export function withConfigured<Flags extends ReviewFlags>(
  flags: Flags,
  command: Command,
  config?: LoadedConfig,
): Flags {
  if (!config) return flags;
  const { style_guide, select, ignore, fail_on, min_score } = config.values.code_review;
  const isGiven = (name: keyof ReviewFlags) => command.getOptionValueSource(name) === "cli";
  return {
    ...flags,
    styleGuide: isGiven("styleGuide") ? flags.styleGuide : style_guide,
    failOn: isGiven("failOn") ? flags.failOn : fail_on,
    select: flags.select ?? listed(select),
    ignore: flags.ignore ?? listed(ignore),
    minScore: flags.minScore ?? (min_score || undefined),
  };
}

function listed(rules: string[]): string[] | undefined {
  return rules.length > 0 ? rules : undefined;
}
