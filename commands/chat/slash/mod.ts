import type { SlashCommand } from "../slash_command.ts";
import { add } from "./add.ts";
import { approve } from "./approve.ts";
import { clear } from "./clear.ts";
import { compact } from "./compact.ts";
import { context } from "./context.ts";
import { copy } from "./copy.ts";
import { diff } from "./diff.ts";
import { doctor } from "./doctor.ts";
import { drop } from "./drop.ts";
import { edit } from "./edit.ts";
import { exit } from "./exit.ts";
import { exportCommand } from "./export.ts";
import { files } from "./files.ts";
import { fork } from "./fork.ts";
import { help } from "./help.ts";
import { history } from "./history.ts";
import { mcp } from "./mcp.ts";
import { model } from "./model.ts";
import { models } from "./models.ts";
import { plan } from "./plan.ts";
import { quit } from "./quit.ts";
import { resume } from "./resume.ts";
import { retry } from "./retry.ts";
import { save } from "./save.ts";
import { sessions } from "./sessions.ts";
import { stats } from "./stats.ts";
import { tools } from "./tools.ts";
import { undo } from "./undo.ts";

/** All of them, in the order of /help. */
export const slashCommands: SlashCommand[] = [
  help(() => slashCommands),
  tools,
  history,
  clear,
  exit,
  quit,
  model,
  models,
  context,
  compact,
  files,
  add,
  drop,
  diff,
  undo,
  retry,
  edit,
  copy,
  save,
  exportCommand,
  sessions,
  resume,
  fork,
  plan,
  approve,
  mcp,
  stats,
  doctor,
];
