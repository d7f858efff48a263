import type { Command } from "commander";
import { parseCount } from "../../cli/arguments.ts";
import { addFixOptions, type FixFlags } from "./review_fix_options.ts";
import { addCacheOptions, type CacheFlags } from "./review_cache_options.ts";
import { addChangeOptions, type ChangeFlags } from "../changes_wanted.ts";
import { addBaselineOptions, type BaselineFlags } from "./review_baseline_options.ts";
import { addModelOptions, type ModelFlags } from "./review_model_options.ts";
import { addOutputOptions, type OutputFlags } from "./review_output_options.ts";
import { addRuleOptions, type RuleFlags } from "./review_rule_options.ts";
import { addWatchOptions, type WatchFlags } from "./watch/watch_options.ts";

/** All flags of `devmcp review`: each group stands in a file of its own. */
export interface ReviewFlags
  extends
    OutputFlags,
    RuleFlags,
    ModelFlags,
    ChangeFlags,
    BaselineFlags,
    FixFlags,
    WatchFlags,
    CacheFlags {
  stdinFilename?: string;
  jobs?: number;
}

/** Adds the options, in the order of the help. */
export function addReviewOptions(command: Command): void {
  addOutputOptions(command);
  addRuleOptions(command);
  addChangeOptions(command, "only findings on lines that were added or changed");
  addBaselineOptions(command);
  addFixOptions(command);
  addWatchOptions(command);
  command
    .option("--stdin-filename <path>", 'the name of what comes through "-"')
    .option(
      "--jobs <n>",
      "workers at most (default: one per processor; none where a model is asked)",
      parseCount(1, 256),
    );
  addCacheOptions(command);
  addModelOptions(command);
}
