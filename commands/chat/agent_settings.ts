import type { AgentSettings } from "../../agent/world.ts";
import type { Config } from "../../config/config.ts";
import type { ChatFlags } from "./chat_flags.ts";

/** How the agent behaves: as configured, unless a flag says otherwise. */
export function agentSettings(
  { agent, planning, clarification, conversation, code_generation }: Config,
  { approve, plan }: Pick<ChatFlags, "approve" | "plan">,
): AgentSettings {
  return {
    approve: approve ?? agent.approve,
    maxSteps: planning.max_steps,
    maxModelCalls: agent.max_model_calls,
    turnMs: agent.turn_seconds * 1000,
    maxQuestions: clarification.max_questions,
    confidence: clarification.confidence_threshold,
    verbatimMessages: conversation.verbatim_messages,
    showPlan: plan ?? planning.show,
    language: code_generation.language,
  };
}
