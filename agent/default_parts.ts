import { answerContext } from "./answer_context.ts";
import { readAttachments } from "./attachments.ts";
import { fillArguments } from "./fill_arguments.ts";
import { revisePlan } from "./revise_plan.ts";
import type { TurnParts } from "./turn_parts.ts";
import { understand } from "./understand.ts";

export const defaultParts: TurnParts = {
  readAttachments: ({ input, session, world: { files, toolbox } }) =>
    readAttachments({
      input,
      files: session.files,
      reader: files,
      servers: [...new Set(toolbox.list().map(({ server }) => server))],
    }),
  understand,
  fillArguments,
  revisePlan,
  answerContext,
};
