import type { ChatModel } from "../models/chat_model.ts";
import type { ToolContext } from "./tool.ts";

/** Between two reports, in milliseconds; the first piece is told at once. */
const INTERVAL_MS = 50;

/**
 * Reports that a model is asked, and then how much it has written.
 *
 * @returns what is to be called with each piece of the reply; a piece is taken for a token
 */
export function reportTokens(
  { progress }: Pick<ToolContext, "progress">,
  { model }: Pick<ChatModel, "model">,
  maxTokens: number,
  now: () => number = () => performance.now(),
): (text: string) => void {
  const started = now();
  let pieces = 0, told = -Infinity, message = "";
  progress(0, maxTokens, `Waiting for ${model}`);
  return () => {
    const time = now();
    if (pieces++ === 0) message = writing(model, time - started);
    if (time - told < INTERVAL_MS) return;
    told = time;
    progress(pieces, Math.max(pieces, maxTokens), message);
  };
}

function writing(model: string, waitedMs: number): string {
  return `${model} writes, first token after ${(waitedMs / 1000).toFixed(1)} s`;
}
