import type { ChatModel } from "../../models/chat_model.ts";
import { fitParts } from "../../models/context/fit_parts.ts";
import { quoteData } from "./quote_data.ts";
import type { Attachment } from "../turn_state.ts";

/** What is quoted, and for which model. */
export interface QuotedData {
  results: Attachment[];
  attachments: Attachment[];
  model: ChatModel;
}

export interface FittedData {
  /** Quoted, as far as there is room. */
  results: string[];
  files: string[];
  leftOut: string[];
}

/**
 * Quotes results and files as data, results first, each cut where it does not fit, at the end of a line
 * if there is one.
 *
 * @param fixed what else the model is told
 * @param kept tokens that they may not take
 * @throws {ModelError} `too_long` when `fixed` alone has no room
 */
export function fitData(
  { results, attachments, model }: QuotedData,
  fixed: string,
  kept: number,
): FittedData {
  const all = [
    ...results.map((result) => ({ ...result, what: "Result of", priority: 1 })),
    ...attachments.map((file) => ({ ...file, what: "File", priority: 0 })),
  ];
  const frames = all.map(({ what, name }) => quoteData(what, name, "")).join("\n");
  const parts = all.map(({ name, text, priority }) => ({
    label: name,
    text,
    priority,
    cutsLine: true,
  }));
  const { texts, leftOut } = fitParts(model, {
    fixed: `${fixed}\n${frames}`,
    parts,
    replyTokens: kept,
  });
  const quoted = all.map(({ what, name }, i) => texts[i] ? [quoteData(what, name, texts[i])] : []);
  return {
    results: quoted.slice(0, results.length).flat(),
    files: quoted.slice(results.length).flat(),
    leftOut,
  };
}
