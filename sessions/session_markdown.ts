import { fenced } from "../config/fenced.ts";
import { oneLine } from "../config/one_line.ts";
import { dateText } from "./date_text.ts";
import type { Call, Session, Turn } from "./session.ts";
import { splitCode } from "./split_code.ts";

/** A session as Markdown. @param options.results whether what tools said is in it. @default true */
export function sessionMarkdown(
  { title, id, folder, created, updated, model, turns }: Session,
  { results = true }: { results?: boolean } = {},
): string {
  const facts = [
    `Session: ${id}`,
    `Folder: ${oneLine(folder, 1_000)}`,
    `From ${dateText(created)} to ${dateText(updated)}`,
    ...model ? [`Model: ${oneLine(model)}`] : [],
  ];
  const head = `# ${oneLine(title) || "Chat"}\n\n${facts.map((fact) => `- ${fact}`).join("\n")}`;
  return [head, ...turns.map((turn) => turnMarkdown(turn, results))].join("\n\n") + "\n";
}

function turnMarkdown(turn: Turn, results: boolean): string {
  const parts = [
    `## ${turn.id}. ${dateText(turn.at)}`,
    quote(turn.input),
    ...turn.questions.map(({ question, answer }) =>
      `- ${oneLine(question, 400)} ${oneLine(answer, 400)}`
    ),
    ...turn.calls.map((call) => callMarkdown(call, results)),
    closed(turn.answer),
    ...turn.notices.map((notice) => `Note: ${oneLine(notice, 1_000)}`),
    ...turn.status === "done" ? [] : [`(${turn.status})`],
  ];
  return parts.filter((part) => part.trim() !== "").join("\n\n");
}

function callMarkdown({ tool, status, ms, text }: Call, results: boolean): string {
  const head = `- ${oneLine(tool)}: ${status}, ${Math.round(ms)} ms`;
  return results && text !== "" ? `${head}\n\n${fenced(text, "")}` : head;
}

function quote(text: string): string {
  return text.replace(/\n+$/, "").split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
}

/** An answer that was stopped may end within a block. */
function closed(markdown: string): string {
  return splitCode(markdown)
    .map(({ kind, text, label }) => kind === "code" ? fenced(text, label) : text.trim())
    .join("\n\n");
}
