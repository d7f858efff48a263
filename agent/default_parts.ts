import { buildContext } from "./answer_context.ts";
import { fillArguments } from "./fill_arguments.ts";
import { revisePlan } from "./revise_plan.ts";
import type { TurnParts } from "./turn_parts.ts";
import { understand } from "./understand.ts";

export const defaultParts: TurnParts = {
  readAttachments: () => Promise.resolve({ attachments: [], notices: [] }),
  understand,
  fillArguments,
  revisePlan,
  buildContext,
};
