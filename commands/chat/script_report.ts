import type { AgentEvent, Emit } from "../../agent/events.ts";
import type { App } from "../../cli/app.ts";
import { renderMarkdown } from "../../cli/markdown_text.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { createStatusLine, type StatusLine } from "../../cli/status_line.ts";
import type { Turn } from "../../sessions/session.ts";
import type { Chat } from "./chat.ts";
import type { ChatFlags } from "./chat_flags.ts";
import {
  type JsonEvent,
  type JsonResult,
  sessionEvent,
  toJsonEvent,
  toJsonTurn,
} from "./json_events.ts";

/** What a script is shown. */
export interface ScriptReport {
  emit: Emit;
  /** Takes the progress off the screen. */
  stop(): void;
  /** The result. @param turn undefined when a slash command had none */
  end(turn: Turn | undefined, exitCode: number): void;
}

/**
 * Answers, or JSON, on standard output; the rest on standard error.
 *
 * @param printed the Markdown of a slash command, as it grows
 */
export function createScriptReport(
  flags: Pick<ChatFlags, "json" | "streamJson" | "save">,
  app: App,
  chat: Chat,
  printed: readonly string[],
): ScriptReport {
  const { stdout } = app;
  const status = createStatusLine(app.stderr);
  const writeEvent = (event: JsonEvent) => stdout.write(`${toJson(event)}\n`);
  if (flags.streamJson) writeEvent(sessionEvent(chat.session.data));
  return {
    emit: (event) => {
      if (flags.streamJson) writeEvent(toJsonEvent(event));
      showProgress(event, app, status);
    },
    stop: () => status.stop(),
    end: (turn, exitCode) => {
      const answer = [...printed, ...turn?.answer ? [turn.answer] : []].join("\n\n");
      const result = () => toResult(answer, turn, exitCode, flags.save ? keptId(chat) : null);
      if (flags.streamJson) writeEvent({ type: "result", ...result() });
      else if (flags.json) stdout.write(`${toJson(result(), 2)}\n`);
      else if (answer.trim()) stdout.write(renderMarkdown(answer.trimEnd(), stdout));
    },
  };
}

function toResult(
  answer: string,
  turn: Turn | undefined,
  exitCode: number,
  session: string | null,
): JsonResult {
  return {
    version: 1,
    session,
    exitCode,
    answer,
    turn: turn ? toJsonTurn(turn) : null,
  };
}

/** Nothing is kept before the first turn. */
function keptId({ session }: Chat): string | null {
  return session.data.turns.length > 0 ? session.data.id : null;
}

function showProgress(event: AgentEvent, { stderr }: App, status: StatusLine): void {
  const tell = (line: string) => {
    status.stop();
    stderr.write(`devmcp: ${sanitizeLine(line)}\n`);
  };
  if (event.type === "status") status.show(event.text);
  else if (event.type === "step_started") status.show(event.step.tool);
  else if (event.type === "step_progress" && event.message) status.show(event.message);
  else if (event.type === "notice") tell(event.text);
  else if (event.type === "step_ended" && event.call.status === "failed") {
    tell(`${event.call.tool} failed: ${event.call.text.split("\n", 1)[0]}`);
  }
}
