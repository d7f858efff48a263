import { sanitizeLine } from "../../../cli/sanitize.ts";
import { duration } from "./step_line.ts";

export interface ChatStatus {
  /** The model's name; empty while it is not known. */
  model: string;
  /** Tokens of the context, as far as they are known. */
  context?: { used: number; available: number };
  /** Of the last answer. */
  speed?: { tokensPerSecond?: number; firstTokenMs?: number };
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

function modelParts({ model, context, speed }: ChatStatus): string[] {
  const { tokensPerSecond, firstTokenMs } = speed ?? {};
  return [
    sanitizeLine(model),
    context ? `${thousands(context.used)} of ${thousands(context.available)} tokens` : "",
    tokensPerSecond === undefined ? "" : `${Math.round(tokensPerSecond)} tokens/s`,
    firstTokenMs === undefined ? "" : `first token ${duration(firstTokenMs)}`,
  ].filter((part) => part !== "");
}

/** `812`, `1.2k`, `16k`. */
function thousands(count: number): string {
  if (count < 1000) return String(count);
  return `${(count / 1000).toFixed(count < 9950 ? 1 : 0)}k`;
}
