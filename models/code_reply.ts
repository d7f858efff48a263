import { abridge } from "./abridge.ts";
import type { ChatMessage, ChatModel, ChatReply } from "./chat_model.ts";
import { type CodeCandidate, readCode } from "./code_text.ts";
import { ModelError } from "./model_error.ts";
import { oneLine } from "./one_line.ts";

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
  /** Of the model, at most 2. */
  calls: number;
  /** What is still wrong with the code; absent when nothing is known to be. */
  finding?: string;
}

/** What one reply is worth. */
interface Attempt {
  reply: ChatReply;
  /** Absent when there is no code, or only a part of it. */
  found?: CodeCandidate;
  finding?: string;
  isCutOff: boolean;
}

/** Of what is quoted to the model; all of it costs context. */
const QUOTE_CHARACTERS = 1_200;
const FINDING_CHARACTERS = 1_500;

/**
 * Asks for code in a fenced block. Where it is cut off, missing, or `check` finds something, the
 * model is told so, once; the better of both replies is returned.
 *
 * @throws {ModelError} of the first call; `unusable` when neither reply has whole code
 */
export async function askCode(model: ChatModel, question: CodeQuestion): Promise<CodeReply> {
  const first = await attempt(model, question, question.messages);
  if (isGood(first)) return toReply(first, 1);
  const second = await attemptAgain(model, question, first);
  const best = second === undefined ? first : better(first, second);
  if (!best.found) throw unusable(model, question, best);
  return toReply(best, 2);
}

async function attempt(
  model: ChatModel,
  { maxTokens, signal, onToken, check, language }: CodeQuestion,
  messages: ChatMessage[],
): Promise<Attempt> {
  const reply = await model.chat({ messages, maxTokens, signal, onToken });
  const { candidates, end } = readCode(reply.text, language);
  const isTorn = reply.done === "length" && end !== "fence";
  return {
    reply,
    isCutOff: reply.done === "length" || end === "open",
    ...await choose(isTorn ? [] : candidates, check),
  };
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

/** Undefined when the second call fails while the first reply can do, or has no room. */
async function attemptAgain(
  model: ChatModel,
  question: CodeQuestion,
  first: Attempt,
): Promise<Attempt | undefined> {
  try {
    return await attempt(model, question, [...question.messages, ...complaint(question, first)]);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (first.found || error.fault === "too_long") return undefined;
    throw error;
  }
}

function complaint(question: CodeQuestion, first: Attempt): ChatMessage[] {
  const { reply, found, finding, isCutOff } = first;
  const quote = found && !isCutOff
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

function isGood({ found, finding, isCutOff }: Attempt): boolean {
  return found !== undefined && finding === undefined && !isCutOff;
}

function rank(attempt: Attempt): number {
  if (!attempt.found) return 0;
  if (isGood(attempt)) return 3;
  return attempt.isCutOff ? 1 : 2;
}

/** Of two with findings, the one with fewer lines of them; the second had the hint. */
function better(first: Attempt, second: Attempt): Attempt {
  if (rank(first) !== rank(second)) return rank(first) > rank(second) ? first : second;
  const lines = ({ finding }: Attempt) => finding?.trim().split("\n").length ?? 0;
  return lines(first) < lines(second) ? first : second;
}

function toReply({ found, finding, isCutOff }: Attempt, calls: number): CodeReply {
  const { code, prose } = found!;
  const left = [isCutOff ? "the reply was cut off" : undefined, finding].filter(Boolean);
  return { code, prose, calls, ...left.length > 0 ? { finding: left.join("\n") } : {} };
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
