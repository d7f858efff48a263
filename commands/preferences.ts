import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";

export function define(command: Command, app: App): void {
  const load = () => import("./preference_list.ts");
  command.command("list", { isDefault: true }).description("list what should always hold (default)")
    .option("--json", "as JSON")
    .action(async (flags) => (await load()).listPreferences(app, flags));
  command.command("add").description("add one, as if it was said in a chat")
    .argument("<words...>", "what should always hold")
    .option("--json", "the result as JSON")
    .action(async (words, flags) => (await load()).addPreference(words, app, flags));
  command.command("remove").description("remove one")
    .argument("<which...>", "its number in the list, or its words")
    .option("--json", "the result as JSON")
    .action(async (words, flags) => (await load()).removePreference(words, app, flags));
  command.command("clear").description("remove all")
    .option("-y, --yes", "without asking")
    .option("--json", "the result as JSON")
    .action(async (flags) => (await load()).clearPreferences(app, flags));
  addExamples(command, [
    ["devmcp preferences", "what chats take into account"],
    ["devmcp preferences add always use type hints", "from now on"],
    ["devmcp preferences remove 2", "the second of the list"],
  ]);
}
