import type { App } from "../../cli/app.ts";
import type { Turn } from "../../sessions/session.ts";
import type { Chat, Edge } from "./chat.ts";
import type { ChatFlags } from "./chat_flags.ts";
import { readMessage, type ScriptMessage } from "./read_message.ts";
import { scriptPerson } from "./script_person.ts";
import { createScriptReport, type ScriptReport } from "./script_report.ts";
import { scriptSurface } from "./script_surface.ts";
import { settleServers } from "./settle_servers.ts";
import type { Surface } from "./surface.ts";

/** One message, without anybody to ask; sets the exit code. @throws {ToolError} */
export async function runScript(flags: ChatFlags, app: App): Promise<void> {
  const said = await readMessage(flags, app);
  const { openChat } = await import("./open_chat.ts");
  const printed: string[] = [];
  const surface = scriptSurface(app, (markdown) => void printed.push(markdown));
  const chat = await openChat(flags, app, surface);
  try {
    const report = createScriptReport(flags, app, chat, printed);
    const turn = await answer(said, chat, report, surface).finally(report.stop);
    app.exitCode = exitCodeOf(turn, app);
    report.end(turn, app.exitCode);
  } finally {
    await chat.close();
  }
}

/** The last turn that came of it; a slash command may have none. */
async function answer(
  { message, by, attachments }: ScriptMessage,
  chat: Chat,
  report: ScriptReport,
  surface: Surface,
): Promise<Turn | undefined> {
  await settleServers(message, chat.host, {
    signal: chat.app.signal,
    onWait: () => report.emit({ type: "status", text: "Connecting" }),
    tell: surface.notice,
  });
  let last: Turn | undefined;
  const edge: Edge = {
    person: scriptPerson(chat.settings, surface.notice),
    signal: chat.app.signal,
    emit: (event) => {
      if (event.type === "turn_ended") last = event.turn;
      report.emit(event);
    },
  };
  const isCommand = message.startsWith("/") && await chat.command(message, surface, edge);
  if (!isCommand) await chat.say(message, edge, { by, attachments });
  return last;
}

/**
 * 0: all went well. 1: a step failed or was refused, or the answer is incomplete. 2: nothing could be
 * done, as without a model that is needed. After Ctrl-C what shells expect.
 */
function exitCodeOf(turn: Turn | undefined, { signal }: App): number {
  if (signal.aborted) return typeof signal.reason === "number" ? signal.reason : 130;
  if (turn === undefined || turn.status === "done") return 0;
  return turn.status === "failed" && turn.calls.length === 0 && !turn.usage.completion ? 2 : 1;
}
