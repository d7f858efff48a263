import { oneLine } from "../config/one_line.ts";
import { abridge } from "./context/abridge.ts";
import type { ChatMessage, ChatModel, ChatReply } from "./chat_model.ts";
import { type CodeCandidate, readCode } from "./code_text.ts";
import { ModelError } from "./model_error.ts";

/** What {@link askCode} asks for. */
export interface CodeQuestion {
  messages: ChatMessage[];
  /** Such as `python`; labels its fenced blocks. */
  language: string;
  /** Of each reply. */
  maxTokens: number;
  signal?: AbortSignal;
  /** Called with each piece of each reply as it arrives. */
  onToken?(text: string): void;
  /** What is wrong with the code, for the model to mend; undefined when nothing is. */
  check?(code: string): Promise<string | undefined>;
}

/** Code that a model wrote. */
export interface CodeReply {
  /** Ends with a line break. */
  code: string;
  /** What the reply says beside the code. */
  prose: string;
  /** Replies of the model, at most 3. */
  calls: number;
  /** What is still wrong with the code; absent when nothing is known to be. */
  finding?: string;
}

/** What one reply is worth. */
interface Attempt {
  reply: ChatReply;
  /** Absent when there is no code, or what may be only a part of it. */
  found?: CodeCandidate;
  finding?: string;
  isCutOff: boolean;
}

/** Of what is quoted to the model; all of it costs context. */
const QUOTE_CHARACTERS = 1_200;
const FINDING_CHARACTERS = 1_500;

/**
 * Asks for code in a fenced block. Where it is cut off, missing, or `check` finds something, the
 * model is told so, once, and once more when one of the two was cut off: that one said nothing about
 * how the model takes corrections. The best of the replies is returned, none that was cut off.
 *
 * @throws {ModelError} of the first call; `unusable` when no reply has whole code
 */
export async function askCode(model: ChatModel, question: CodeQuestion): Promise<CodeReply> {
  const attempts = [await attempt(model, question, question.messages)];
  while (mayAskAgain(attempts)) {
    const next = await attemptAgain(model, question, attempts);
    if (!next) break;
    attempts.push(next);
  }
  const best = attempts.reduce(better);
  if (best.found) return toReply(best.found, best.finding, attempts.length);
  throw unusable(model, question, attempts.at(-1)!);
}

function mayAskAgain(attempts: Attempt[]): boolean {
  if (isGood(attempts.at(-1)!)) return false;
  return attempts.length < 2 || attempts.length < 3 && attempts.some(({ isCutOff }) => isCutOff);
}

/** Of a reply that was cut off nothing is taken: another block may have been to follow. */
async function attempt(
  model: ChatModel,
  { maxTokens, signal, onToken, check, language }: CodeQuestion,
  messages: ChatMessage[],
): Promise<Attempt> {
  // The reply is read as a whole: another endpoint may begin it anew.
  const onRestart = () => {};
  const reply = await model.chat({ messages, maxTokens, signal, onToken, onRestart });
  const { candidates, end } = readCode(reply.text, language);
  const isCutOff = reply.done === "length" || end === "open";
  return { reply, isCutOff, ...await choose(isCutOff ? [] : candidates, check) };
}

/** The first one without a finding, else the likeliest with its finding. */
async function choose(
  candidates: CodeCandidate[],
  check: CodeQuestion["check"],
): Promise<Pick<Attempt, "found" | "finding">> {
  let best: Pick<Attempt, "found" | "finding"> = {};
  for (const found of candidates) {
    if (!check && !found.isLikely) continue;
    const finding = await check?.(found.code);
    if (finding === undefined) return { found };
    if (found.isLikely && !best.found) best = { found, finding };
  }
  return best;
}

/** Undefined when another call fails while an earlier reply can do, or has no room. */
async function attemptAgain(
  model: ChatModel,
  question: CodeQuestion,
  before: Attempt[],
): Promise<Attempt | undefined> {
  const messages = [...question.messages, ...complaint(question, before.at(-1)!)];
  try {
    return await attempt(model, question, messages);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (before.some(({ found }) => found) || error.fault === "too_long") return undefined;
    throw error;
  }
}

function complaint(question: CodeQuestion, before: Attempt): ChatMessage[] {
  const { reply, found, finding, isCutOff } = before;
  const quote = found
    ? `\`\`\`${question.language}\n${found.code}\`\`\``
    : abridge(reply.text, QUOTE_CHARACTERS);
  return [
    { role: "assistant", content: quote.trim() || "(nothing)" },
    { role: "user", content: `${reason(question, isCutOff, finding)}\n${order(question)}` },
  ];
}

function reason({ maxTokens }: CodeQuestion, isCutOff: boolean, finding?: string): string {
  if (isCutOff) {
    return `Your reply was cut off: it may have at most ${maxTokens} tokens. ` +
      "Write a shorter but complete version, without explanations.";
  }
  if (finding === undefined) return "Your reply has no code in a fenced block.";
  return `This code is not right yet:\n${abridge(finding, FINDING_CHARACTERS)}`;
}

function order({ language }: CodeQuestion): string {
  return `Reply with all of the code in one block that begins with \`\`\`${language} and ends with \`\`\`.`;
}

function isGood({ found, finding }: Attempt): boolean {
  return found !== undefined && finding === undefined;
}

/** Of two with findings, the one with fewer lines of them; the later one had the hint. */
function better(first: Attempt, second: Attempt): Attempt {
  if (!first.found || !second.found) return first.found ? first : second;
  const lines = ({ finding }: Attempt) => finding?.trim().split("\n").length ?? 0;
  return lines(first) < lines(second) ? first : second;
}

function toReply({ code, prose }: CodeCandidate, finding: string | undefined, calls: number) {
  return { code, prose, calls, ...finding === undefined ? {} : { finding } };
}

function unusable(model: ChatModel, question: CodeQuestion, last: Attempt): ModelError {
  const state = last.isCutOff
    ? `cut off at ${last.reply.usage.completionTokens} tokens`
    : `no ${question.language} code in it: "${oneLine(last.reply.text, 120)}"`;
  return new ModelError("unusable", `Cannot use the reply of "${model.model}": ${state}`, {
    hint: last.isCutOff
      ? "ask for less at once, or raise max_tokens of the model in devmcp.yaml"
      : "ask again or in other words, or choose another model with `devmcp models use`",
  });
}
