import type { Command } from "commander";
import { languageOfName } from "../analysis/languages.ts";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { changesWanted } from "./changes_wanted.ts";
import { configured } from "./configured.ts";
import { withConfigured } from "./configured_flags.ts";
import { STDIN } from "./on_files.ts";
import { checkConfiguredRules, checkRules } from "./review/check_rules.ts";
import { checkBaselineFlags } from "./review/review_baseline_options.ts";
import { reviewFiles } from "./review/review_files.ts";
import { checkFixFlags } from "./review/review_fix_options.ts";
import { addReviewOptions, type ReviewFlags } from "./review/review_options.ts";
import { checkStatistics } from "./review/review_output_options.ts";
import { chooseFormats, openTargets } from "./review/review_targets.ts";
import type { ReviewWish } from "./review/review_wish.ts";
import type { ReviewOnce } from "./review/watch/watch_review.ts";
import { checkWatchFlags } from "./review/watch/watch_options.ts";

export function define(command: Command, app: App): void {
  command.argument("[paths...]", 'files, folders, globs, or "-" for standard input', ["."]);
  addReviewOptions(command);
  command.action((paths: string[], flags: ReviewFlags) => review(paths, flags, command, app));
  addExamples(command, [
    ["devmcp review src tests", "what is found in two folders"],
    ["devmcp review --select F,S src", "only bugs and security"],
    ["devmcp review --format github .", "annotations of a pull request"],
    ["devmcp review -o review.sarif src", "SARIF, in a file"],
    ["devmcp review --baseline known.json", "only what is new"],
    ["devmcp review --staged --changed-lines", "what the next commit brings"],
    ["devmcp review --fix --dry-run src", "what fixes would change"],
    ["devmcp review --watch src", "again after each save"],
    ["devmcp review --model require app.py", "with the advice of a local model"],
  ]);
}

async function review(
  paths: string[],
  given: ReviewFlags,
  command: Command,
  app: App,
): Promise<void> {
  checkBaselineFlags(given);
  checkFixFlags(given, paths);
  const chosen = chooseFormats(given, app.cwd);
  checkStatistics(given, chosen);
  if (!given.watch) return await reviewOnce(paths, { ...given, chosen }, command, app);
  checkWatchFlags(given, paths, chosen);
  const { watchReview } = await import("./review/watch/watch_review.ts");
  const once: ReviewOnce = (app, watching) =>
    reviewOnce(paths, { ...given, chosen, watching }, command, app);
  const own = chosen.flatMap(({ file }) => file ?? []);
  await watchReview(once, { paths, own, changes: changesWanted(given, command) }, app);
}

async function reviewOnce(
  paths: string[],
  given: ReviewWish,
  command: Command,
  app: App,
): Promise<void> {
  const config = await configured(app);
  const flags = withConfigured(given, command, config);
  const single = isOneFile(paths);
  if (given.select || given.ignore) await checkRules(given, app);
  if (config) await checkConfiguredRules(config, given, app);
  const targets = await openTargets(flags.chosen, app);
  try {
    await reviewFiles(paths, { ...flags, single }, targets.outputs, command, app);
    await targets.keep();
  } finally {
    await targets.drop();
  }
}

/** Whether one file is named, of a language that is known: then there is room to say what is good in it. */
function isOneFile([path = "", ...more]: string[]): boolean {
  if (more.length > 0) return false;
  return path === STDIN || !/[*?[]/.test(path) && languageOfName(path) !== undefined;
}
