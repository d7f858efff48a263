import type { ChatMessage, ChatModel } from "../../models/chat_model.ts";
import { estimateTokens } from "../../models/context/token_estimate.ts";
import type { Session } from "../../sessions/session.ts";
import { fitData } from "./fit_data.ts";
import { fitHistory, newestTurns } from "./fit_history.ts";
import { withSummary } from "./history_messages.ts";
import type { Attachment } from "../turn_state.ts";

export interface ContextOptions {
  /** What the model is and does; never cut. */
  instructions: string;
  /** What it is asked now; never cut. */
  question: string;
  /** Without the turn that is going on. */
  session: Session;
  /** Those that matter now. */
  preferences: string[];
  /** Data, whatever is in them. */
  attachments: Attachment[];
  /** What tools said in this turn; data as well. */
  results: Attachment[];
  model: ChatModel;
  /** Of the reply. */
  maxTokens: number;
  /** Messages of the session that go along word for word, at most. */
  verbatim: number;
}

/** What a model is told, and what of it takes how much. */
export interface Context {
  /** The system's, then the user's and the assistant's by turns; the last one is the user's. */
  messages: ChatMessage[];
  /** In tokens, estimated; parts that are not there are left out. */
  used: { part: string; tokens: number }[];
  /** What had no room, for the person: `src/app.py (lines 41–90 of 90)`. */
  leftOut: string[];
}

/** What templates and headings add. */
const MARGIN_TOKENS = 64;
/** Of the room beside the question: kept for the conversation, so that files do not crowd it out. */
const HISTORY_SHARE = 0.3;

/**
 * Puts together what a model is told, within its context: the question with its files and results, the
 * newest messages word for word, a summary of the others. The newest gets its room first.
 *
 * @throws {ModelError} `too_long` when instructions and question alone have no room
 */
export function buildContext(options: ContextOptions): Context {
  const { model, instructions, question, session, verbatim } = options;
  const size = (text: string) => text === "" ? 0 : estimateTokens(text, model);
  const sum = (texts: string[]) => texts.reduce((total, text) => total + size(text), 0);
  const wishes = wishesOf(options.preferences);
  const system = [instructions, wishes].filter(Boolean).join("\n\n");

  const reply = Math.min(options.maxTokens, model.contextTokens / 2);
  const free = model.contextTokens - reply - MARGIN_TOKENS - sum([system, question]);
  const newest = newestTurns(session, verbatim);
  const hasData = options.attachments.length + options.results.length > 0;
  const wanted = hasData
    ? fitHistory(session, newest, Math.floor(free * HISTORY_SHARE), size).tokens
    : 0;
  const data = fitData(options, `${system}\n${question}`, reply + wanted);
  const room = free - sum([...data.results, ...data.files]);
  const { history, summary, leftOut } = fitHistory(session, newest, room, size);

  const asked = [...data.results, ...data.files, question].join("\n\n");
  const talk = withSummary(summary, [...history, { role: "user", content: asked }]);
  const used = [
    { part: "instructions", tokens: size(instructions) },
    { part: "preferences", tokens: size(wishes) },
    { part: "summary", tokens: size(summary) },
    { part: "messages", tokens: sum(history.map(({ content }) => content)) },
    { part: "files", tokens: sum(data.files) },
    { part: "results", tokens: sum(data.results) },
    { part: "question", tokens: size(question) },
  ];
  return {
    messages: [{ role: "system", content: system }, ...talk],
    used: used.filter(({ tokens }) => tokens > 0),
    leftOut: [...data.leftOut, ...leftOut],
  };
}

function wishesOf(preferences: string[]): string {
  if (preferences.length === 0) return "";
  return ["What the person always wants:", ...preferences.map((text) => `- ${text}`)].join("\n");
}
