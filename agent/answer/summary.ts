import { oneLine } from "../../config/one_line.ts";
import { splitFences } from "../../models/structured/fences.ts";
import type { Call, Session, Turn } from "../../sessions/session.ts";

/** Of a summary, in UTF-16 code units; some thousand tokens. */
export const MAX_SUMMARY = 4_000;
/** For the line that stands for the oldest turns. */
const MERGED_ROOM = 400;
const MAX_QUESTION = 120;
const MAX_SENTENCE = 160;
const MAX_TOOLS = 6;

/**
 * What is said of a session's first turns where their messages have no room: the summary that it has, and
 * a line for each turn since.
 *
 * @param count of those turns
 */
export function runningSummary({ summary, turns }: Session, count: number): string {
  const since = summarize(turns.slice(summary.turns, Math.max(summary.turns, count)));
  return [summary.text, since].filter(Boolean).join("\n");
}

/**
 * A line for each turn: what was asked, which tools ran, how the answer begins, which code it has. Needs
 * no model. When there is too much, the oldest turns share one line.
 */
export function summarize(turns: Turn[]): string {
  const lines: string[] = [];
  let room = MAX_SUMMARY - MERGED_ROOM;
  let first = turns.length;
  while (first > 0) {
    const line = lineOf(turns[first - 1]!);
    if ((room -= line.length + 1) < 0) break;
    lines.unshift(line);
    first--;
  }
  return [...first > 0 ? [mergedLine(turns.slice(0, first))] : [], ...lines].join("\n");
}

function lineOf(turn: Turn): string {
  const asked = oneLine(proseOf(turn.input), MAX_QUESTION) || "(code)";
  const parts = [toolsOf(turn.calls), answerOf(turn), codeOf(turn.answer)].filter(Boolean);
  return `- "${asked}": ${parts.join("; ") || "no answer"}`;
}

/** `review_code done, format_code failed` */
function toolsOf(calls: Call[]): string {
  const shown = calls.slice(0, MAX_TOOLS).map(({ tool, status }) =>
    `${oneLine(tool, 60)} ${status}`
  );
  const more = calls.length - shown.length;
  return [...shown, ...more > 0 ? [`${more} more`] : []].join(", ");
}

/** The first sentence, and whether it went wrong. */
function answerOf({ answer, status }: Turn): string {
  const sentence = /^.*?[.!?](?=\s|$)/.exec(oneLine(proseOf(answer), 4 * MAX_SENTENCE))?.[0] ??
    proseOf(answer);
  const text = oneLine(sentence, MAX_SENTENCE);
  return status === "done" ? text : [status, text].filter(Boolean).join(": ");
}

/** `python code of 12 lines` */
function codeOf(answer: string): string {
  const { blocks } = splitFences(answer);
  return blocks.slice(0, 3).map(({ label, code }) => {
    const lines = code.split("\n").length;
    return `${oneLine(label, 20) || "some"} code of ${lines} ${lines === 1 ? "line" : "lines"}`;
  }).join(", ");
}

function proseOf(text: string): string {
  return splitFences(text.slice(0, 16_000)).prose.replace(/^#+ /gm, "").trim();
}

/** `- 12 earlier messages, from "write fib" on: review_code 5 times, format_code once` */
function mergedLine(turns: Turn[]): string {
  const counts = new Map<string, number>();
  for (const { tool } of turns.flatMap(({ calls }) => calls)) {
    counts.set(tool, (counts.get(tool) ?? 0) + 1);
  }
  const tools = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MAX_TOOLS)
    .map(([tool, count]) => `${oneLine(tool, 40)} ${count === 1 ? "once" : `${count} times`}`);
  const from = oneLine(proseOf(turns[0]!.input), 60) || "(code)";
  const head = `- ${turns.length} earlier messages, from "${from}" on`;
  return tools.length > 0 ? `${head}: ${tools.join(", ")}` : head;
}
