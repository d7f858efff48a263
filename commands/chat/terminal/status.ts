import { sanitizeLine } from "../../../cli/sanitize.ts";
import { duration } from "./step_line.ts";

export interface ChatStatus {
  /** The model's name; empty while it is not known. */
  model: string;
  /** Tokens of it that the last turn used, about. */
  contextTokens?: number;
  /** How many there are room for. */
  contextSize?: number;
  tokensPerSecond?: number;
  firstTokenMs?: number;
  /** What is waited for, and since when. */
  activity?: { frame: string; text: string; ms: number };
  /** Said once, instead of all that. */
  hint?: string;
}

/** One line: what is going on, else the model and what it took; parts that do not fit are left out. */
export function renderChatStatus(status: ChatStatus, columns: number): string {
  if (status.hint) return sanitizeLine(status.hint);
  const parts = [...activityParts(status), ...modelParts(status)];
  while (parts.length > 1 && parts.join(" · ").length > columns) parts.pop();
  return parts.join(" · ");
}

function activityParts({ activity }: ChatStatus): string[] {
  if (!activity) return [];
  return [
    `${activity.frame} ${sanitizeLine(activity.text)} ${duration(activity.ms)}`,
    "Ctrl-C stops",
  ];
}

function modelParts(status: ChatStatus): string[] {
  const { model, contextTokens, contextSize, tokensPerSecond, firstTokenMs } = status;
  return [
    sanitizeLine(model),
    contextTokens && contextSize ? `${short(contextTokens)} of ${short(contextSize)} tokens` : "",
    tokensPerSecond === undefined ? "" : `${Math.round(tokensPerSecond)} tokens/s`,
    firstTokenMs === undefined ? "" : `first token ${duration(firstTokenMs)}`,
  ].filter((part) => part !== "");
}

/** `812`, `1.2k`, `16k`. */
function short(count: number): string {
  if (count < 1000) return String(count);
  return `${(count / 1000).toFixed(count < 9950 ? 1 : 0)}k`;
}
