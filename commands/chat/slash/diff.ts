import { relative } from "node:path";
import { fenced } from "../../../config/fenced.ts";
import { ToolError } from "../../../config/tool_error.ts";
import type { Change } from "../../../sessions/session.ts";
import type { Chat } from "../chat.ts";
import { lastTurn } from "../last_turn.ts";
import type { SlashCommand } from "../slash_command.ts";

export const diff: SlashCommand = {
  name: "diff",
  summary: "show what the last turn changed in files, or the whole session",
  usage: "[session]",
  complete: () => ["session"],
  async run(argument, chat, surface) {
    const turn = lastTurn(chat, "show a diff");
    const turns = argument === "session" ? chat.session.data.turns : [turn];
    const changes = firstOfEachFile(turns.flatMap((one) => one.changes));
    const tell = (problem: string) => surface.notice(problem);
    const diffs = await Promise.all(changes.map((change) => diffOf(change, chat, tell)));
    const shown = diffs.filter(Boolean).join("");
    if (diffs.every((one) => one === "")) return surface.notice("no file is other than it was");
    if (shown) surface.print(fenced(shown, "diff"));
  },
};

/** The one that knows what the file was before all of them. */
function firstOfEachFile(changes: Change[]): Change[] {
  return changes.filter((change, i) => changes.findIndex(({ path }) => path === change.path) === i);
}

/**
 * From what a file was to what it is now.
 *
 * @returns undefined when it cannot be read, which is told: the others are shown
 */
async function diffOf(
  { path, before }: Change,
  { files, session }: Chat,
  tell: (problem: string) => void,
): Promise<string | undefined> {
  const { unifiedDiff } = await import("../../../analysis/text/line_diff.ts");
  const name = relative(session.data.folder, path);
  try {
    const { bytes } = await files.snapshot(name);
    const old = before === null ? null : Uint8Array.fromBase64(before);
    return unifiedDiff(name, textOf(old), textOf(bytes));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    tell(error.message);
  }
}

function textOf(bytes: Uint8Array | null): string {
  return bytes ? new TextDecoder().decode(bytes) : "";
}
