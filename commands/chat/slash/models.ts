import { fenced } from "../../../config/fenced.ts";
import { outputOf } from "../output_of.ts";
import type { SlashCommand } from "../slash_command.ts";

export const models: SlashCommand = {
  name: "models",
  summary: "list the models of your servers",
  usage: "",
  async run(_argument, chat, surface) {
    const { listModels } = await import("../../models/models_list.ts");
    const text = await outputOf(chat.app, (app) => listModels(app, {}));
    surface.print(fenced(text, "text"));
  },
};
