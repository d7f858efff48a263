import * as z from "zod";
import { readTaskOutline } from "../analysis/task_outline.ts";
import { askStructured } from "../models/structured.ts";
import { fillPrompt } from "../prompts/fill.ts";
import { readText, refuseLong, replyTokens } from "./model_input.ts";
import { reportTokens } from "./model_progress.ts";
import { defineTool } from "./tool.ts";

const MOST_TOKENS = 1_500;
const COMPLEXITIES = ["low", "medium", "high"] as const;
type Complexity = (typeof COMPLEXITIES)[number];

const text = z.string().trim().min(1);
const task = z.object({
  formalized_description: text.describe("What is to be built, in precise sentences"),
  requirements: z.array(text).min(1).describe("What must hold when it is done"),
  steps: z.array(text).min(1).describe("What to do, in order"),
  estimated_complexity: z.enum(COMPLEXITIES).describe(
    "The model's estimate, corrected by its own steps: more than 5 are at least medium, more than " +
      "10 high, and 2 or fewer never high",
  ),
});
type Task = z.output<typeof task>;

export const tool = defineTool({
  name: "formalize_task",
  title: "Formalize a task",
  summary: "Turn a request in everyday words into requirements and steps with the local model.",
  effects: "model",
  input: z.object({
    informal_request: z.string().describe("The request, as it came; at most 20,000 characters"),
    context: z.string().default("").describe("What else is known; at most 20,000 characters"),
  }),
  output: task.extend({
    answer: z.enum(["json", "text"]).describe(
      "How the model answered: as it was asked to, or with headings and lists that were read instead",
    ),
    model: z.string().describe("The model that wrote it"),
  }),
  run: async ({ informal_request, context }, ctx) => {
    const request = readText("formalize the task", "informal_request", informal_request);
    refuseLong("formalize the task", "context", context);
    const model = await ctx.models.get("chat", { signal: ctx.signal });
    const prompt = await ctx.prompts.load("formalize_task");
    const maxTokens = replyTokens(model, MOST_TOKENS);
    const { value, how } = await askStructured(model, {
      messages: fillPrompt(prompt, {
        informal_request: request,
        context: context.trim() || "nothing",
      }),
      schema: task,
      maxTokens,
      signal: ctx.signal,
      onToken: reportTokens(ctx, model, maxTokens),
      fallback: readOutline,
    });
    return {
      ...value,
      estimated_complexity: checkedComplexity(value),
      answer: how === "fallback" ? "text" as const : "json" as const,
      model: model.model,
    };
  },
  render: ({ formalized_description, requirements, steps, estimated_complexity }) =>
    [
      formalized_description,
      `## Requirements\n\n${requirements.map((line) => `- ${line}`).join("\n")}`,
      `## Steps\n\n${steps.map((line, index) => `${index + 1}. ${line}`).join("\n")}`,
      `**Complexity:** ${estimated_complexity}`,
    ].join("\n\n"),
});

/** A task that was written as text; every word in it is the model's. */
function readOutline(reply: string): Task | undefined {
  const outline = readTaskOutline(reply);
  if (!outline) return undefined;
  const named = COMPLEXITIES.find((one) => outline.complexity.toLowerCase().includes(one));
  const parsed = task.safeParse({
    ...outline,
    formalized_description: outline.description,
    estimated_complexity: named ?? leastComplexity(outline.steps.length),
  });
  return parsed.data;
}

function checkedComplexity({ steps, estimated_complexity }: Task): Complexity {
  if (steps.length <= 2 && estimated_complexity === "high") return "medium";
  const [told, least] = [estimated_complexity, leastComplexity(steps.length)];
  return COMPLEXITIES.indexOf(told) < COMPLEXITIES.indexOf(least) ? least : told;
}

function leastComplexity(steps: number): Complexity {
  return steps > 10 ? "high" : steps > 5 ? "medium" : "low";
}
