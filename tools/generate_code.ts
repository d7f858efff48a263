import * as z from "zod";
import { askCode } from "../models/code_reply.ts";
import { LANGUAGE_NAME } from "../config/language_name.ts";
import { languageNamed } from "../models/languages.ts";
import { fillPrompt } from "../prompts/fill.ts";
import { tidyExplanation } from "./explanation.ts";
import { fenced } from "../config/fenced.ts";
import {
  createInspector,
  dependenciesOf,
  generatedFields,
  problemsLeft,
  renderChecks,
} from "./generated_code.ts";
import { readText, replyTokens } from "./model_input.ts";
import { reportTokens } from "./model_progress.ts";
import { defineTool } from "./tool.ts";

const MOST_TOKENS = 3_000;

export const tool = defineTool({
  name: "generate_code",
  title: "Generate code",
  summary:
    "Write code from a description with the local model; Python is parsed, checked for bugs and " +
    "formatted before it is returned.",
  effects: "model",
  asksModel: "always",
  input: z.object({
    description: z.string().describe("What the code is to do, in words; at most 20,000 characters"),
    language: z.string().regex(LANGUAGE_NAME, "expected the name of a language").default("python")
      .describe("Programming language, such as python, typescript or go"),
    style: z.string().max(100).default("pep8").describe(
      "Style guide to follow, such as pep8, google or numpy",
    ),
  }),
  output: z.object({
    code: z.string().describe("The code"),
    language: z.string().describe("Its language"),
    explanation: z.string().describe("What the model says about it"),
    dependencies: z.array(z.string()).describe(
      "What has to be installed, read from the imports of Python, JavaScript, TypeScript and Go",
    ),
    ...generatedFields,
  }),
  configured: ({ code_generation: { language, style } }) => ({ language, style }),
  run: async (input, ctx) => {
    const description = readText("generate code", "description", input.description);
    const language = languageNamed(input.language);
    const model = await ctx.models.get("code", { signal: ctx.signal });
    const prompt = await ctx.prompts.load("generate_code");
    const inspector = createInspector(language, ctx);
    const maxTokens = replyTokens(model, MOST_TOKENS);
    const reply = await askCode(model, {
      messages: fillPrompt(prompt, { description, language, style: styleFor(language, input) }),
      language,
      maxTokens,
      signal: ctx.signal,
      onToken: reportTokens(ctx, model, maxTokens),
      check: inspector.check,
    });
    const finished = await inspector.finish(reply.code, model);
    return {
      code: finished.code,
      language,
      explanation: tidyExplanation(reply.prose),
      dependencies: await dependenciesOf(finished.code, language, ctx),
      checks: finished.checks,
      problems: problemsLeft(finished, reply.finding),
      model: model.model,
    };
  },
  render: ({ code, language, explanation, dependencies, ...checked }) =>
    [
      fenced(code, language),
      explanation,
      dependencies.length > 0 ? `**Dependencies:** ${dependencies.join(", ")}` : "",
      renderChecks(checked, language),
    ].filter(Boolean).join("\n\n"),
});

/** `pep8` is the default, and means nothing to other languages than Python. */
function styleFor(language: string, { style }: { style: string }): string {
  const isForPython = style.trim() === "" || /^pep ?8$/i.test(style.trim());
  return isForPython && language !== "python" ? `the usual one of ${language}` : style.trim();
}
