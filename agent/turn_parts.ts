import type { ChatMessage, ChatModel } from "../models/chat_model.ts";
import type { ModelError } from "../models/model_error.ts";
import type { Intent, PlanStep } from "../sessions/session.ts";
import type { ToolResult } from "./toolbox.ts";
import type { Attachment, TurnState } from "./turn_state.ts";

/** What the person wants, or what to say at once. */
export type Understanding =
  | { kind: "plan"; intent: Intent; plan: PlanStep[] }
  /** In words, from what is known. */
  | { kind: "answer" }
  | { kind: "said"; text: string; status: "done" | "failed" | "stopped" }
  /** The model that it needs fails. */
  | { kind: "failed"; error: ModelError };

export type FilledArguments =
  | { ok: true; arguments: Record<string, unknown> }
  | { ok: false; problem: string };

/** What the answer is to be written from. */
export interface AnswerMaterial {
  /** Of the steps that ran: what they were for, and what came of them. Hostile. */
  results: Attachment[];
  /** Kept free for the reply, tokens. */
  replyTokens: number;
}

/** The parts of a turn that think; tests give others. */
export interface TurnParts {
  readAttachments(state: TurnState): Promise<{ attachments: Attachment[]; notices: string[] }>;
  understand(state: TurnState): Promise<Understanding>;
  /** @param problem what was wrong with the arguments before */
  fillArguments(
    step: PlanStep,
    state: TurnState,
    results: ReadonlyMap<string, ToolResult>,
    problem?: string,
  ): Promise<FilledArguments>;
  /** What the chat model reads before it answers, and what was left out of it. @throws {ModelError} */
  answerContext(
    state: TurnState,
    model: ChatModel,
    material: AnswerMaterial,
  ): Promise<{ messages: ChatMessage[]; notices: string[] }>;
  /** Steps in place of `rest`; undefined: there is no other way. */
  revisePlan(
    rest: PlanStep[],
    failed: PlanStep,
    problem: string,
    state: TurnState,
    results: ReadonlyMap<string, ToolResult>,
  ): Promise<PlanStep[] | undefined>;
}
