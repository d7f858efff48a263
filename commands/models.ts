import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { parseCount } from "../cli/arguments.ts";
import { addExamples } from "../cli/examples.ts";
import { ROLES } from "../models/chat_model.ts";

/** What a command about one server takes. */
const SERVER = ["--server <url>", "the Ollama server; without it the configured one"] as const;

export function define(command: Command, app: App): void {
  defineList(command, app);
  definePull(command, app);
  defineShow(command, app);
  defineUse(command, app);
  defineRemove(command, app);
  defineBench(command, app);
  addExamples(command, [
    ["devmcp models list", "what is there, and for which role"],
    ["devmcp models pull", "download both default models"],
    ["devmcp models use code qwen2.5-coder:7b", "choose another one"],
  ]);
}

function defineList(models: Command, app: App): void {
  models.command("list").description("list the installed models of every server")
    .option("--json", "as JSON")
    .action(async (flags) => (await import("./models/models_list.ts")).listModels(app, flags));
}

function definePull(models: Command, app: App): void {
  const pull = models.command("pull")
    .description("download models; what was interrupted goes on")
    .argument("[names...]", "models, such as qwen2.5-coder:7b; without any, both default models")
    .option(...SERVER)
    .option("--force", "also where the space seems too small")
    .option("--json", "the result as JSON")
    .action(async (names, flags) =>
      (await import("./models/models_pull.ts")).pullModels(names, app, flags)
    );
  addExamples(pull, [
    ["devmcp models pull", "both default models"],
    ["devmcp models pull starcoder2-7b-instruct", "made by the shipped Modelfile"],
  ]);
}

function defineShow(models: Command, app: App): void {
  models.command("show").description("show what a model is and can do")
    .argument("<name>", "an installed model")
    .option(...SERVER)
    .option("--json", "as JSON")
    .action(async (name, flags) =>
      (await import("./models/models_show.ts")).showModel(name, app, flags)
    );
}

function defineUse(models: Command, app: App): void {
  const use = models.command("use").description("give a role a model, in the configuration")
    .argument("<role>", ROLES.join(" or "))
    .argument("<name>", "an installed model")
    .option("--project", "in this project's devmcp.yaml instead of your own")
    .option("--json", "the result as JSON")
    .action(async (role, name, flags) =>
      (await import("./models/models_use.ts")).useModel(role, name, app, flags)
    );
  use.registeredArguments[0]!.choices(ROLES);
  addExamples(use, [["devmcp models use code qwen2.5-coder:7b", "for you, in every project"]]);
}

function defineRemove(models: Command, app: App): void {
  models.command("rm").description("remove a model from its server")
    .argument("<name>", "an installed model")
    .option("-y, --yes", "without asking")
    .option(...SERVER)
    .option("--json", "the result as JSON")
    .action(async (name, flags) =>
      (await import("./models/models_remove.ts")).removeModel(name, app, flags)
    );
}

function defineBench(models: Command, app: App): void {
  models.command("bench").description("measure how fast a model reads and writes")
    .argument("[name]", "an installed model; without one, the model of the role code")
    .option("--runs <n>", "how often", parseCount(1, 100), 3)
    .option("--tokens <n>", "length of a reply at most", parseCount(1, 4096), 128)
    .option(...SERVER)
    .option("--json", "as JSON")
    .action(async (name, flags) =>
      (await import("./models/models_bench.ts")).benchModels(name, app, flags)
    );
}
