import * as z from "zod";
import { readTaskOutline } from "../analysis/task_outline.ts";
import { findOption } from "../models/find_option.ts";
import { readJson } from "../models/structured/read_json.ts";
import { askStructured } from "../models/structured/structured.ts";
import { fillPrompt } from "../prompts/fill.ts";
import { readText, refuseLong, replyTokens } from "./model_input.ts";
import { reportTokens } from "./model_progress.ts";
import { defineTool } from "./tool.ts";

const MOST_TOKENS = 1_500;
const COMPLEXITIES = ["low", "medium", "high"] as const;
type Complexity = (typeof COMPLEXITIES)[number];

const text = z.string().trim().min(1);
/** Its steps tell enough of the complexity where the model does not. */
const toldComplexity = z.enum([...COMPLEXITIES, "unknown"]).catch("unknown");

/** What the model is asked for. */
const asked = z.object({
  formalized_description: text,
  requirements: z.array(text).min(1),
  steps: z.array(text).min(1),
  estimated_complexity: toldComplexity,
});
/** What is still of use when it never gives all of that. */
const part = z.object({
  formalized_description: text.catch(""),
  requirements: z.array(text).catch([]),
  steps: z.array(text).catch([]),
  estimated_complexity: toldComplexity,
});
type Task = z.output<typeof asked>;

const ANSWERS = ["json", "partial", "text"] as const;
type Answer = (typeof ANSWERS)[number];

export const tool = defineTool({
  name: "formalize_task",
  title: "Formalize a task",
  summary: "Turn a request in everyday words into requirements and steps with the local model.",
  effects: "model",
  asksModel: "always",
  input: z.object({
    informal_request: z.string().describe("The request, as it came; at most 20,000 characters"),
    context: z.string().default("").describe("What else is known; at most 20,000 characters"),
  }),
  output: z.object({
    formalized_description: z.string().describe("What is to be built, in precise sentences"),
    requirements: z.array(z.string()).describe("What must hold when it is done"),
    steps: z.array(z.string()).describe("What to do, in order"),
    estimated_complexity: z.enum(COMPLEXITIES).describe(
      "The model's estimate, corrected by its own steps: more than 5 are at least medium, more " +
        "than 10 high, and 2 or fewer never high",
    ),
    answer: z.enum(ANSWERS).describe(
      "How the model answered: json, as it was asked to; partial, without requirements, steps or " +
        "a description, which is then the request itself; text, with headings and lists that were " +
        "read instead",
    ),
    model: z.string().describe("The model that wrote it"),
  }),
  run: async ({ informal_request, context }, ctx) => {
    const request = readText("formalize the task", "informal_request", informal_request);
    refuseLong("formalize the task", "context", context);
    const model = await ctx.models.get("chat", { signal: ctx.signal });
    const prompt = await ctx.prompts.load("formalize_task");
    const maxTokens = replyTokens(model, MOST_TOKENS);
    let answer: Answer = "json";
    const { value } = await askStructured(model, {
      messages: fillPrompt(prompt, {
        informal_request: request,
        context: context.trim() || "nothing",
      }),
      schema: asked,
      maxTokens,
      signal: ctx.signal,
      onToken: reportTokens(ctx, model, maxTokens),
      fallback(reply) {
        const rest = readPart(reply, request);
        answer = rest ? "partial" : "text";
        return rest ?? readOutline(reply);
      },
    });
    const estimated_complexity = checkedComplexity(value);
    return { ...value, estimated_complexity, answer, model: model.model };
  },
  render: ({ formalized_description, requirements, steps, estimated_complexity }) =>
    [
      formalized_description,
      section("Requirements", requirements.map((line) => `- ${line}`)),
      section("Steps", steps.map((line, index) => `${index + 1}. ${line}`)),
      `**Complexity:** ${estimated_complexity}`,
    ].filter(Boolean).join("\n\n"),
});

function section(title: string, lines: string[]): string {
  return lines.length === 0 ? "" : `## ${title}\n\n${lines.join("\n")}`;
}

/** An answer that lacks some things; nothing is made up in their place. */
function readPart(reply: string, request: string): Task | undefined {
  const reading = readJson(reply, part);
  if (!reading.ok) return undefined;
  const { formalized_description, requirements, steps } = reading.value;
  if (requirements.length + steps.length === 0) return undefined;
  return { ...reading.value, formalized_description: formalized_description || request };
}

/** A task that was written as text; every word in it is the model's. */
function readOutline(reply: string): Task | undefined {
  const outline = readTaskOutline(reply);
  if (!outline) return undefined;
  const { description, complexity, ...lists } = outline;
  const parsed = asked.safeParse({
    ...lists,
    formalized_description: description,
    estimated_complexity: findOption(complexity, COMPLEXITIES),
  });
  return parsed.data;
}

function checkedComplexity({ requirements, steps, estimated_complexity: told }: Task): Complexity {
  if (told === "unknown") return leastComplexity(steps.length || requirements.length);
  const least = leastComplexity(steps.length);
  if (steps.length <= 2 && told === "high") return "medium";
  return COMPLEXITIES.indexOf(told) < COMPLEXITIES.indexOf(least) ? least : told;
}

function leastComplexity(steps: number): Complexity {
  return steps > 10 ? "high" : steps > 5 ? "medium" : "low";
}
