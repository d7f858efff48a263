import * as z from "zod";
import { isAdvice, type Issue, SEVERITIES } from "../analysis/issue.ts";
import { inspect, type InspectionSettings } from "../analysis/inspect.ts";
import { type LanguageId, LANGUAGES } from "../analysis/languages.ts";
import { type FileReview, limitIssues, toReview } from "../analysis/review.ts";
import { configuredLimits } from "../analysis/metrics/configured_limits.ts";
import { withRules } from "../analysis/ruff/ruff_settings.ts";
import { chosenIssues, ruffChoice, turnedOn } from "../analysis/rules/rule_choice.ts";
import { type StyleGuideName, withStyleGuide } from "../analysis/rules/style_guides.ts";
import { CATEGORIES, STYLE_GUIDES } from "../config/choices.ts";
import { type Code, codeInput, readCode } from "./code_input.ts";
import { inspectionSettings } from "./engine_settings.ts";
import { mendCode } from "./mend_code.ts";
import type { ModelMode, ReviewedCode } from "./model_review.ts";
import { defineTool, type ToolContext, ToolError } from "./tool.ts";

const position = z.object({
  line: z.int().describe("1-based line"),
  column: z.int().describe("1-based column, in UTF-16 code units"),
});

const issue = z.object({
  severity: z.enum(SEVERITIES).describe("How bad it is"),
  category: z.enum(CATEGORIES).describe("What it is about"),
  message: z.string().describe("What is wrong"),
  rule: z.string().describe(
    "The rule that found it, such as F401; `explain` tells more. `model` when a model did",
  ),
  line: z.int().describe("1-based line where it starts"),
  column: z.int().describe("1-based column where it starts, in UTF-16 code units"),
  end: position.describe("Where it ends, exclusive"),
  cell: z.int().optional().describe("Of a notebook: which cell, from 1; lines are those in it"),
  fix: z.object({
    message: z.string().describe("What the fix does"),
    safe: z.boolean().describe("True when it cannot change what the program does"),
    edits: z.array(z.object({
      start: position.describe("Where the replaced text starts"),
      end: position.describe("Where it ends, exclusive"),
      content: z.string().describe("The text that replaces it"),
    })).describe("The replacements"),
  }).optional().describe("How to mend it, where the rule knows"),
  source: z.enum(["static", "model"]).optional().describe(
    "`model` when a model found it, which may be wrong; else a rule did",
  ),
  confidence: z.number().min(0).max(1).optional().describe("How sure the model is"),
  suggestion: z.string().optional().describe("What the model would do"),
});

export const tool = defineTool({
  name: "review_code",
  title: "Review code",
  summary:
    "Find bugs, security holes, style and complexity problems in code, with a score and a mended " +
    "version. Python (also stubs and notebooks), JavaScript, TypeScript, JSON, CSS, Go, shell, " +
    "YAML and more; list_languages tells all.",
  effects: "reads",
  asksModel: "optionally",
  input: z.object({
    ...codeInput("review"),
    style_guide: z.enum(STYLE_GUIDES).default("pep8").describe(
      "Style guide of Python for layout, names and docstrings, beyond the rules that are checked anyway",
    ),
    focus_areas: z.array(z.enum(CATEGORIES)).default([]).describe(
      "Only issues of these categories; empty means all",
    ),
    max_issues: z.int().min(0).default(50).describe("Issues returned at most; 0 returns all"),
    model: z.enum(["auto", "off", "require"]).default("auto").describe(
      "Whether a local model reviews Python too, after the rules, for at most five times " +
        "model.timeout_seconds: auto, where one is running; require, or fail; off",
    ),
  }),
  output: z.object({
    overall_score: z.int().min(0).max(100).describe(
      "100 · 40 / (40 + penalties), rounded down; critical 20, major 5, minor 1, info 0.2 each; " +
        "0 when the code does not parse",
    ),
    issues: z.array(issue).describe("Worst first; those of a model last"),
    issues_omitted: z.int().describe("Issues left out because of `max_issues`"),
    suggestions: z.array(z.string()).describe("What would improve the code most"),
    compliments: z.array(z.string()).describe("What is measurably good about the code"),
    refactored_code: z.string().describe("The code with all safe fixes and formatting applied"),
    model: z.string().optional().describe("The model that was asked"),
    model_notes: z.array(z.string()).optional().describe(
      "What the model was not shown, or why it was not asked",
    ),
  }),
  configured: ({ code_review: { style_guide, focus_areas, model } }) => ({
    style_guide,
    focus_areas,
    model,
  }),
  run: async ({ style_guide, focus_areas, max_issues, model, ...input }, ctx) => {
    const source = await readCode(input, "review", ctx);
    const { settings, chosen } = await reviewSettings(source, style_guide, ctx);
    ctx.progress(0, 2, "Reviewing");
    const all = await inspect(ctx.engines, source, settings);
    const inspection = { ...all, issues: chosen(all.issues) };
    const found = toReview(inspection, { focus: focus_areas, maxIssues: 0 });
    ctx.progress(1, 2, "Mending");
    const refactored_code = await mendCode(source, found.issues, settings, ctx, chosen);
    const code = { text: source.text, focus: focus_areas, styleGuide: style_guide };
    const advised = await askModel(source.language, found, code, model, ctx);
    const { lines: _l, counts: _c, model_missed: _m, issues_suppressed: _s, ...review } =
      limitIssues(advised, max_issues);
    const issues = review.issues.map((one) => issue.parse(one));
    return { ...review, issues, refactored_code };
  },
  render: ({ overall_score, issues, issues_omitted, suggestions, compliments, ...asked }) =>
    [
      `**Score ${overall_score}/100**`,
      section("Issues", issues.filter((issue) => !isAdvice(issue)).map(renderIssue)),
      section(
        `Findings of ${asked.model}, which may be wrong`,
        issues.filter(isAdvice).map(renderAdvice),
      ),
      issues_omitted > 0
        ? `${issues_omitted} more left out; call with a higher \`max_issues\` to see them`
        : "",
      section("Suggestions", suggestions),
      section("Good", compliments),
      section("Notes on the model", asked.model_notes ?? []),
    ].filter(Boolean).join("\n\n"),
});

/** What the project configures, for Python with a style guide; and which issues count. */
async function reviewSettings(
  { file, language }: Code,
  styleGuide: StyleGuideName,
  { workspace, config }: ToolContext,
) {
  const found = await inspectionSettings(workspace, file, language);
  const { select = [], ignore = [] } = config?.code_review ?? {};
  const choice = { select, ignore }, own = ruffChoice(choice);
  const ruff = found.ruff && withRules(withStyleGuide(found.ruff, styleGuide), own);
  const limits = configuredLimits(config);
  const settings: InspectionSettings = { ...found, ruff, limits, turnOn: turnedOn(choice) };
  return { settings, chosen: (issues: readonly Issue[]) => chosenIssues(issues, choice) };
}

/** Its code is loaded only when one is asked; it knows Python only. */
async function askModel(
  language: LanguageId,
  found: FileReview,
  code: Omit<ReviewedCode, "found">,
  mode: ModelMode | "off",
  ctx: ToolContext,
): Promise<FileReview> {
  if (mode === "off" || language !== "python" && mode === "auto") return found;
  if (language !== "python") {
    throw new ToolError(`Cannot ask a model: it reviews Python, not ${LANGUAGES[language].title}`, {
      hint: "set `model` to auto or off",
    });
  }
  const { withAdvice } = await import("./model_review.ts");
  const progress = (done: number, total: number, message?: string) =>
    ctx.progress(2 + done, 2 + total, message);
  return await withAdvice(found, code, mode, { ...ctx, progress });
}

function renderIssue({ line, column, severity, rule, message, fix }: Issue): string {
  return `${line}:${column} ${severity} ${rule}: ${message}` +
    (fix ? ` (${fix.safe ? "safe fix" : "fix"}: ${fix.message})` : "");
}

function renderAdvice({ line, severity, confidence, message, suggestion }: Issue): string {
  return `${line} ${severity} (model, ${confidence}): ${message}` +
    (suggestion ? ` Suggestion: ${suggestion}` : "");
}

function section(title: string, lines: string[]): string {
  if (lines.length === 0) return "";
  return `## ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`;
}
