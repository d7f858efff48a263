import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { DependentArgument } from "../cli/arguments.ts";
import { addExamples } from "../cli/examples.ts";
import { allowedWords } from "../config/expected_value.ts";
import { CONFIG_KEYS } from "../config/keys.ts";
import { configJsonSchema } from "../config/schema.ts";
import { toJson } from "../cli/sanitize.ts";
import { getValue, showConfig, showPaths } from "./config/config_show.ts";

export function define(command: Command, app: App): void {
  command.command("show").description("show every value and where it comes from")
    .option("--json", "as JSON")
    .action((flags) => showConfig(app, flags));
  defineGet(command, app);
  defineSet(command, app);
  command.command("path").description("show where the configuration is read from")
    .option("--json", "as JSON")
    .action((flags) => showPaths(app, flags));
  command.command("schema").description("print the JSON Schema of devmcp.yaml, for editors")
    .option("--json", "the same: it is JSON")
    .action(() => app.stdout.write(`${toJson(configJsonSchema(), 2)}\n`));
  addExamples(command, [
    ["devmcp config show", "every value and where it comes from"],
    ["devmcp config set performance.jobs 2", "for you, in every project"],
    ["devmcp config schema > devmcp.schema.json", "for your editor"],
  ]);
}

function defineGet(command: Command, app: App): void {
  const get = command.command("get").description("print the effective value of a key")
    .argument("<key>", "a key with its sections")
    .option("--json", "as JSON, with where it comes from")
    .action((key, flags) => getValue(key, app, flags));
  get.registeredArguments[0]!.argChoices = [...CONFIG_KEYS.keys()];
  addExamples(get, [["devmcp config get model.code.model", "the model for code"]]);
}

function defineSet(command: Command, app: App): void {
  const set = command.command("set").description("set a key in devmcp.yaml; comments stay")
    .argument("<key>", "a key with its sections")
    .addArgument(
      new DependentArgument("<value>", "of a list: its items, separated by commas", wordsOf(app)),
    )
    .option("--user", "in your own devmcp.yaml (default)")
    .option("--project", "in that of this project")
    .option("--json", "what was done as JSON")
    .action(async (key, value, flags) =>
      (await import("./config/config_set.ts")).setValue(key, value, app, flags)
    );
  set.registeredArguments[0]!.argChoices = [...CONFIG_KEYS.keys()];
  addExamples(set, [
    ["devmcp config set model.timeout_seconds 120", "for you, in every project"],
    ["devmcp config set code_review.model off --project", "for this project only"],
  ]);
}

/** What each key may be set to, where it is one of some words. */
function wordsOf({ tools }: App): Map<string, string[]> {
  const words = new Map([...CONFIG_KEYS].map(([name, { schema }]) => [name, allowedWords(schema)]));
  return words.set("tools.enabled", tools.map(({ name }) => name));
}
