import { userFolders } from "../../../config/folders.ts";
import { APPROVAL_MODES } from "../../../config/choices.ts";
import { ToolError } from "../../../config/tool_error.ts";
import type { Chat } from "../chat.ts";
import { parseChoice } from "../parse_choice.ts";
import type { SlashCommand } from "../slash_command.ts";

export const approve: SlashCommand = {
  name: "approve",
  summary: "show or change what runs without a question, forget what always may",
  usage: "[ask|reads|all|none|forget [tool]]",
  complete: () => [...APPROVAL_MODES, "forget"],
  async run(argument, chat, surface) {
    const [word = "", tool] = argument.split(/\s+/);
    if (word === "forget") return surface.notice(await forget(tool, chat));
    const { settings } = chat;
    if (word) settings.approve = parseChoice(word, APPROVAL_MODES);
    surface.notice(`${settings.approve}: ${MEANING[settings.approve]}`);
    const always = (await approvalsOf(chat)).list().map(nameOf);
    if (always.length > 0) surface.notice(`always in this project: ${always.join(", ")}`);
  },
};

const MEANING = {
  ask: "what only reads runs, the rest asks",
  reads: "what only reads runs, the rest is refused",
  all: "everything runs",
  none: "nothing runs",
};

async function approvalsOf({ app, session }: Chat) {
  const { openApprovals } = await import("../../../store/approvals.ts");
  return openApprovals({ state: userFolders(app.env).state, project: session.data.folder });
}

async function forget(tool: string | undefined, chat: Chat): Promise<string> {
  const approvals = await approvalsOf(chat);
  const forgotten = approvals.list().filter((one) => tool === undefined || nameOf(one) === tool);
  if (forgotten.length === 0) {
    const what = tool === undefined ? "no tool is" : `${JSON.stringify(tool)} is not`;
    throw new ToolError(`Cannot forget: ${what} always allowed`);
  }
  for (const one of forgotten) await approvals.remove(one);
  return `asks again: ${forgotten.map(nameOf).join(", ")}`;
}

/** Of other servers' tools a fingerprint is kept too. */
function nameOf(approval: string): string {
  return approval.split("#", 1)[0]!;
}
