import { APPROVAL_MODES } from "../../../config/choices.ts";
import { parseChoice } from "../parse_choice.ts";
import type { SlashCommand } from "../slash_command.ts";

export const approve: SlashCommand = {
  name: "approve",
  summary: "show or change what runs without a question",
  usage: "[ask|reads|all|none]",
  complete: () => [...APPROVAL_MODES],
  run(argument, { settings }, surface) {
    if (argument) settings.approve = parseChoice(argument, APPROVAL_MODES);
    surface.notice(`${settings.approve}: ${MEANING[settings.approve]}`);
  },
};

const MEANING = {
  ask: "what only reads runs, the rest asks",
  reads: "what only reads runs, the rest is refused",
  all: "everything runs",
  none: "nothing runs",
};
