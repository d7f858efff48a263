import { ToolError } from "../../../config/tool_error.ts";
import { lastTurn } from "../last_turn.ts";
import type { SlashCommand } from "../slash_command.ts";

export const copy: SlashCommand = {
  name: "copy",
  summary: "put the last code, or the whole answer, on the clipboard",
  usage: "[code|answer]",
  complete: () => ["code", "answer"],
  async run(argument, chat, surface) {
    const { answer } = lastTurn(chat, "copy");
    const { turns } = chat.session.data;
    const answers = argument === "code" ? turns.map((turn) => turn.answer) : [answer];
    const code = argument === "answer" ? undefined : await lastCode(answers);
    if (argument === "code" && code === undefined) {
      throw new ToolError("Cannot copy the code: no answer has any");
    }
    if (!surface.copy(code ?? answer)) {
      throw new ToolError("Cannot copy: this terminal has no clipboard", {
        hint: "/save writes the code to a file",
      });
    }
    surface.notice(
      code === undefined ? "the answer is on the clipboard" : "the code is on the clipboard",
    );
  },
};

async function lastCode(answers: string[]): Promise<string | undefined> {
  const { splitFences } = await import("../../../models/structured/fences.ts");
  for (const answer of answers.toReversed()) {
    const block = splitFences(answer).blocks.at(-1);
    if (block) return block.code;
  }
  return undefined;
}
