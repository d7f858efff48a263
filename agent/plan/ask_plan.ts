import * as z from "zod";
import { ModelError } from "../../models/model_error.ts";
import { askStructured } from "../../models/structured/structured.ts";
import { fillPrompt } from "../../prompts/fill.ts";
import type { Intent } from "../../sessions/session.ts";
import { checkPlan, type RoughStep } from "./check_plan.ts";
import { describeTools } from "./describe_tools.ts";
import { knownTool } from "./known_tool.ts";
import { quoteMessage } from "../answer/quote_message.ts";
import type { Message } from "../understand/read_message.ts";
import type { ToolInfo } from "../execute/toolbox.ts";
import type { TurnState } from "../turn_state.ts";

const MAX_TOKENS = 700;

/** What a plan is asked for with. */
export interface PlanQuestion {
  message: Message;
  intent: Intent;
  tools: ToolInfo[];
  /** What is known besides, such as what failed. @default nothing */
  note?: string;
}

/** The steps that the chat model plans, made sound; empty when its replies cannot be used. */
export async function askPlan(question: PlanQuestion, state: TurnState): Promise<RoughStep[]> {
  const { message, intent, tools, note } = question;
  const prompt = await state.world.prompts.load("chat_plan");
  const messages = fillPrompt(prompt, {
    tools: describeTools(tools),
    goal: [intent.goal, note].filter(Boolean).join("\n").slice(0, 3_000),
    message: quoteMessage(message),
  });
  const names = tools.map(({ name }) => name);
  const { maxSteps } = state.world.settings;
  try {
    const model = await state.chatModel();
    const { value } = await askStructured(model, {
      messages,
      schema: planSchema(names),
      maxTokens: MAX_TOKENS,
      signal: state.signal,
    });
    return checkPlan(value.steps, (name) => knownTool(name.trim(), names), maxSteps);
  } catch (error) {
    if (error instanceof ModelError) return [];
    throw error;
  }
}

/** A step with a tool that means nothing is asked for again: what builds on it is not to run without. */
function planSchema(names: string[]) {
  const text = z.string().default("");
  const isKnown = (name: string) => knownTool(name.trim(), names) !== undefined;
  return z.object({
    steps: z.array(z.object({
      id: text,
      tool: z.string().refine(isKnown, "no such tool").meta({ enum: names }),
      purpose: text,
      needs: z.array(z.string()).default([]),
    })).min(1).max(40),
  });
}
