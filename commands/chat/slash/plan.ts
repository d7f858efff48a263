import { parseChoice } from "../parse_choice.ts";
import type { SlashCommand } from "../slash_command.ts";

const CHOICES = ["on", "off"] as const;

export const plan: SlashCommand = {
  name: "plan",
  summary: "whether a plan is shown and agreed to before it runs",
  usage: "[on|off]",
  complete: () => [...CHOICES],
  run(argument, { settings }, surface) {
    const choice = argument ? parseChoice(argument, CHOICES) : settings.showPlan ? "off" : "on";
    settings.showPlan = choice === "on";
    surface.notice(settings.showPlan ? "plans are shown before they run" : "plans run at once");
  },
};
