import { relative } from "node:path";
import { ToolError } from "../../../config/tool_error.ts";
import type { Turn } from "../../../sessions/session.ts";
import type { Chat } from "../chat.ts";
import { parseNumber } from "../parse_number.ts";
import type { SlashCommand } from "../slash_command.ts";

export const undo: SlashCommand = {
  name: "undo",
  summary: "restore the files that the last turn changed, or another turn",
  usage: "[turn]",
  complete: (_prefix, { session }) =>
    session.data.turns.filter(hasChanged).map(({ id }) => `${id}`),
  async run(argument, chat, surface) {
    const turn = findTurn(argument, chat);
    const { undoTurn } = await import("../../../agent/execute/undo_turn.ts");
    const { restored, kept } = await undoTurn(turn, chat.files);
    await keep(chat);
    const shown = (path: string) => relative(chat.session.data.folder, path);
    const left = kept.map(({ path, why }) => `${shown(path)}: ${why}`);
    if (restored.length === 0 && left.length > 0) throw nothingUndone(turn, left, chat);
    surface.notice(`as before turn ${turn.id}: ${restored.map(shown).join(", ")}`);
    for (const line of left) surface.notice(`left as it is: ${line}`);
  },
};

function hasChanged({ changes }: Turn): boolean {
  return changes.some(({ undone }) => !undone);
}

/** @throws {ToolError} when there is nothing to undo */
function findTurn(argument: string, { session }: Chat): Turn {
  const id = argument ? parseNumber(argument, "undo") : undefined;
  const turn = session.data.turns.findLast((one) =>
    hasChanged(one) && (id === undefined || one.id === id)
  );
  if (turn) return turn;
  throw new ToolError(
    id === undefined
      ? "Cannot undo: no turn has changed a file"
      : `Cannot undo turn ${id}: it has changed no file`,
  );
}

/** The way to the turns before must stay open. */
function nothingUndone({ id }: Turn, left: string[], { session }: Chat): ToolError {
  const before = session.data.turns.findLast((one) => one.id < id && hasChanged(one));
  return new ToolError(`Cannot undo turn ${id}: ${left.join("; ")}`, {
    hint: before && `"/undo ${before.id}" undoes the one before`,
  });
}

/** The marks of what was undone. */
async function keep({ session }: Chat): Promise<void> {
  await session.change(() => {});
}
