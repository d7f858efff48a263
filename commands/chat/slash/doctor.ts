import { fenced } from "../../../config/fenced.ts";
import { outputOf } from "../output_of.ts";
import type { SlashCommand } from "../slash_command.ts";

export const doctor: SlashCommand = {
  name: "doctor",
  summary: "check that everything works on this machine",
  usage: "",
  async run(_argument, chat, surface) {
    const { doctor } = await import("../../doctor.ts");
    const text = await outputOf(chat.app, (app) => doctor(app, {}));
    surface.print(fenced(text, "text"));
  },
};
