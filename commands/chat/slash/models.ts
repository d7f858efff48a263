import { fenced } from "../../../config/fenced.ts";
import { capturedApp } from "../captured_app.ts";
import type { SlashCommand } from "../slash_command.ts";

export const models: SlashCommand = {
  name: "models",
  summary: "list the models of your servers",
  usage: "",
  async run(_argument, chat, surface) {
    const { listModels } = await import("../../models_list.ts");
    const { app, text } = capturedApp(chat.app);
    await listModels(app, {});
    surface.print(fenced(text(), "text"));
  },
};
