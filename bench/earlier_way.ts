/**
 * How the system before devmcp did it: four prompts one after the other (what is wanted, the plan, its
 * arguments, the answer), each reply as `JSON.parse` reads it. A reply that it cannot read ends it.
 */
import type { FakeCall } from "../models/fakes/fake_ollama_chat.ts";
import { CHAT_FLAWS, createWeakModel, type TrueAnswer } from "../models/fakes/fake_weak_model.ts";
import type { ConversationTask } from "../tests/conversation_tasks.ts";

export interface EarlierFigures {
  right: number;
  modelCalls: number;
}

interface Step {
  tool: string;
  arguments: Record<string, string>;
}

/** The same tasks with the same seed; the tools' own work counts as done well. */
export function measureEarlierWay(tasks: ConversationTask[], seed: number): EarlierFigures {
  const figures = { right: 0, modelCalls: 0 };
  let current = tasks[0]!;
  const { reply } = createWeakModel((call) => truth(call, current), seed, CHAT_FLAWS);
  for (const task of tasks) {
    current = task;
    const ask = (stage: Stage) => {
      figures.modelCalls++;
      const said = reply(callOf(stage, task));
      return String((said as { text?: string }).text ?? "");
    };
    figures.right += Number(isRight(task, ask));
  }
  return figures;
}

type Stage = "intent" | "plan" | "arguments" | "answer";

function callOf(stage: Stage, { says }: ConversationTask): FakeCall {
  return { messages: [{ role: "user", content: `${stage}: ${says}` }] } as unknown as FakeCall;
}

/** What a good model would say at each stage. */
function truth({ messages }: FakeCall, { tools, intent }: ConversationTask): TrueAnswer {
  const stage = messages[0]!.content.split(":", 1)[0] as Stage;
  const steps = tools.map((tool): Step => ({ tool, arguments: intent.parameters }));
  const replies: Record<Stage, TrueAnswer> = {
    intent: { json: { goal: intent.goal, tools, confidence: 0.9 } },
    plan: { json: { steps: tools.map((tool, i) => ({ id: i + 1, tool })) } },
    arguments: { json: { steps } },
    answer: { text: "This is what came of it." },
  };
  return replies[stage];
}

function isRight({ tools }: ConversationTask, ask: (stage: Stage) => string): boolean {
  try {
    const wanted = JSON.parse(ask("intent")).tools;
    const planned = JSON.parse(ask("plan")).steps.map((step: Step) => step.tool);
    const filled = JSON.parse(ask("arguments")).steps as Step[];
    const runs = filled.filter((step) => Object.values(step.arguments).every(isText));
    ask("answer");
    return [wanted, planned, runs.map(({ tool }) => tool)]
      .every((names) => JSON.stringify(names) === JSON.stringify(tools));
  } catch {
    return false;
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
