import { fenced } from "../../../config/fenced.ts";
import { capturedApp } from "../captured_app.ts";
import type { SlashCommand } from "../slash_command.ts";

export const doctor: SlashCommand = {
  name: "doctor",
  summary: "check that everything works on this machine",
  usage: "",
  async run(_argument, chat, surface) {
    const { doctor } = await import("../../doctor.ts");
    const { app, text } = capturedApp(chat.app);
    await doctor(app, {});
    surface.print(fenced(text(), "text"));
  },
};
