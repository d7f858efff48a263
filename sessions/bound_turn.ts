import { cutText } from "../config/cut_text.ts";
import type { Call, PlanStep, Turn } from "./session.ts";

/** What a turn may hold, in UTF-16 code units. Memory and disk stay small whatever tools and models say. */
const MAX_TEXT = 256 * 1024;
const MAX_CALL_TEXT = 32 * 1024;
const MAX_ARGUMENT = 8 * 1024;
const MAX_NOTICE = 1000;
const MAX_ITEMS = 64;
/** Of objects within objects in arguments. */
const MAX_DEPTH = 8;

/** The turn as it is kept: long texts cut, long lists shortened. */
export function boundTurn(turn: Turn): Turn {
  return {
    ...turn,
    input: cutText(turn.input, MAX_TEXT),
    answer: cutText(turn.answer, MAX_TEXT),
    ...turn.intent ? { intent: boundIntent(turn.intent) } : {},
    questions: turn.questions.slice(0, MAX_ITEMS).map(({ question, answer }) => ({
      question: cutText(question, MAX_NOTICE),
      answer: cutText(answer, MAX_ARGUMENT),
    })),
    plan: turn.plan.slice(0, MAX_ITEMS).map(boundStep),
    calls: turn.calls.slice(0, MAX_ITEMS).map(boundCall),
    notices: turn.notices.slice(0, MAX_ITEMS).map((notice) => cutText(notice, MAX_NOTICE)),
  };
}

function boundIntent(intent: NonNullable<Turn["intent"]>): Turn["intent"] {
  return {
    ...intent,
    goal: cutText(intent.goal, MAX_ARGUMENT),
    parameters: boundObject(intent.parameters),
    unclear: intent.unclear.slice(0, MAX_ITEMS).map((text) => cutText(text, MAX_NOTICE)),
  };
}

function boundStep(step: PlanStep): PlanStep {
  return {
    ...step,
    purpose: cutText(step.purpose, MAX_NOTICE),
    arguments: boundObject(step.arguments),
    needs: step.needs.slice(0, MAX_ITEMS),
  };
}

function boundCall(call: Call): Call {
  return {
    ...call,
    arguments: boundObject(call.arguments),
    text: cutText(call.text, MAX_CALL_TEXT),
  };
}

function boundObject(value: Record<string, unknown>): Record<string, unknown> {
  return boundValue(value, MAX_DEPTH) as Record<string, unknown>;
}

function boundValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return cutText(value, MAX_ARGUMENT);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "[…]";
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item) => boundValue(item, depth - 1));
  }
  return Object.fromEntries(
    Object.entries(value).slice(0, MAX_ITEMS)
      .map(([key, item]) => [cutText(key, MAX_NOTICE), boundValue(item, depth - 1)]),
  );
}
