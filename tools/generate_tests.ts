import { isAbsolute, relative } from "node:path";
import * as z from "zod";
import {
  estimateCoverage,
  type TestCoverage,
  type Unit,
} from "../analysis/unit_tests/test_coverage.ts";
import type { TestFile } from "../analysis/unit_tests/test_case.ts";
import { TEST_FRAMEWORKS } from "../config/choices.ts";
import type { ChatModel } from "../models/chat_model.ts";
import { askCode } from "../models/code_reply.ts";
import { ModelError } from "../models/model_error.ts";
import { fillPrompt } from "../prompts/fill.ts";
import { fenced } from "../config/fenced.ts";
import {
  type CodeInspector,
  createInspector,
  type FinishedCode,
  generatedFields,
  problemsLeft,
  renderChecks,
} from "./generated_code.ts";
import { refuseCodeBeyondContext, replyTokens } from "./model_input.ts";
import { reportTokens } from "./model_progress.ts";
import {
  endingOf,
  refuseCodeOfOtherLanguage,
  refuseOtherLanguage,
  type TestFramework,
  testFramework,
} from "./test_frameworks.ts";
import { defineTool, type ToolContext, ToolError } from "./tool.ts";

const MOST_TOKENS = 4_000;

const testCase = z.object({
  name: z.string().describe("Its name, with the classes or blocks around it"),
  line: z.int().describe("1-based line in `test_code`"),
  variants: z.int().nullable().describe(
    "How often it runs with other data (parametrize, each, t.Run); null when the code does not tell",
  ),
});

export const tool = defineTool({
  name: "generate_tests",
  title: "Generate tests",
  summary:
    "Write tests of code with the local model, for pytest, unittest, vitest, jest or go test; what " +
    "they cover is counted, not claimed.",
  effects: "reads",
  asksModel: "always",
  input: z.object({
    code: z.string().optional().describe("The code to test; give this or `path`"),
    path: z.string().optional().describe(
      "File to test, inside the workspace; give this or `code`. Tests then import it by its name",
    ),
    test_framework: z.enum(TEST_FRAMEWORKS).default("pytest").describe("What runs the tests"),
    coverage_target: z.int().min(0).max(100).default(80).describe(
      "Share of the code that the tests should reach, in percent",
    ),
  }),
  output: z.object({
    test_code: z.string().describe("The tests"),
    test_count: z.int().describe(
      "Test functions, read from the tests' syntax; one with several variants counts once",
    ),
    coverage_estimate: z.int().min(0).max(100).describe(
      "100 · Σ min(tests that name it, paths through it) / Σ paths, over the public functions, " +
        "methods and classes; from names alone, nothing was run",
    ),
    test_cases: z.array(testCase).describe("Each test function"),
    untested: z.array(z.string()).describe("What no test names"),
    language: z.string().describe("Of the tests"),
    imports: z.string().describe(
      "What the tests have to import the code by: a module, path or package",
    ),
    ...generatedFields,
  }),
  configured: ({ code_generation }) => ({ test_framework: code_generation.test_framework }),
  run: async ({ code, path, test_framework, coverage_target }, ctx) => {
    const framework = testFramework(test_framework);
    refuseBothOrNeither(code, path);
    if (path !== undefined) refuseOtherLanguage(framework, path);
    const model = await ctx.models.get("code", { signal: ctx.signal });
    const maxTokens = replyTokens(model, MOST_TOKENS);
    const text = code ?? (await ctx.workspace.readSource(path!)).text;
    refuseCodeBeyondContext("generate tests", text, model, maxTokens);
    if (path === undefined) await refuseCodeOfOtherLanguage(framework, text, ctx.engines);
    const subject = nameSubject(text, path, framework, ctx);
    const units = await readUnits(subject, framework, ctx);
    const written = await writeTests(subject, units, framework, coverage_target, {
      model,
      maxTokens,
      ctx,
    });
    const tests = await framework.find(written.code, ctx.engines);
    refuseNoTests(tests, framework, model);
    const coverage = estimateCoverage(units, tests);
    return {
      test_code: written.code,
      test_count: tests.cases.length,
      coverage_estimate: coverage.estimate,
      test_cases: tests.cases.map(({ name, line, variants }) => ({ name, line, variants })),
      untested: coverage.untested,
      language: subject.language,
      imports: subject.target,
      checks: written.checks,
      problems: [...written.problems, ...shortfall(coverage, coverage_target)],
      model: model.model,
    };
  },
  render: ({ test_code, test_count, coverage_estimate, language, ...checked }) =>
    [
      fenced(test_code, language),
      `**Tests:** ${test_count}, estimated coverage ${coverage_estimate} %`,
      renderChecks(checked, language),
    ].join("\n\n"),
});

/** The code to test. */
interface Subject {
  code: string;
  language: string;
  /** What tests import it by. */
  target: string;
}

function refuseBothOrNeither(code: string | undefined, path: string | undefined): void {
  if ((code === undefined) !== (path === undefined)) return;
  const given = code === undefined ? "neither" : "both";
  throw new ToolError(`Cannot choose the code: ${given} given`, {
    hint: "give either `code` or `path`",
  });
}

function nameSubject(
  code: string,
  path: string | undefined,
  framework: TestFramework,
  { workspace }: ToolContext,
): Subject {
  const inside = path !== undefined && isAbsolute(path) ? relative(workspace.root, path) : path;
  const target = framework.targetOf(code, inside);
  if (target === undefined) {
    throw new ToolError(`Cannot generate tests: no test can import ${JSON.stringify(path ?? "")}`, {
      hint: framework.name === "go test"
        ? "the code needs a `package` clause"
        : "rename it to a name that Python can import, or give its text as `code`",
    });
  }
  const language = framework.languageOf(path === undefined ? undefined : endingOf(path));
  return { code, language, target };
}

/** Code that does not parse, and code without anything to call, are told before a model is asked. */
async function readUnits(
  { code }: Subject,
  framework: TestFramework,
  { engines }: ToolContext,
): Promise<Unit[]> {
  const broken = await framework.findSyntaxError(code, engines);
  if (broken) {
    throw new ToolError(`Cannot generate tests: the code does not parse, ${broken}`, {
      hint: `mend the syntax first; ${framework.name} is for Python`,
    });
  }
  const units = await framework.units(code, engines);
  if (units.length > 0) return units;
  throw new ToolError("Cannot generate tests: the code defines nothing that a test could call", {
    hint: `${framework.name} needs functions or classes to test`,
  });
}

interface Writer {
  model: ChatModel;
  maxTokens: number;
  ctx: ToolContext;
}

async function writeTests(
  { code, language, target }: Subject,
  units: Unit[],
  framework: TestFramework,
  coverageTarget: number,
  { model, maxTokens, ctx }: Writer,
): Promise<FinishedCode> {
  const inspector = inspectTests({ code, language, target }, framework, ctx);
  const reply = await askCode(model, {
    messages: fillPrompt(await ctx.prompts.load("generate_tests"), {
      framework: framework.description,
      import: framework.importLine(target),
      units: units.map(({ name }) => name).join(", "),
      coverage_target: String(coverageTarget),
      language,
      code: fenced(code, language),
    }),
    language,
    maxTokens,
    signal: ctx.signal,
    onToken: reportTokens(ctx, model, maxTokens),
    check: inspector.check,
  });
  const finished = await inspector.finish(reply.code, model);
  return { ...finished, problems: problemsLeft(finished, reply.finding) };
}

/** Also finds that tests are none, or do not import what they test. */
function inspectTests(
  { language, target }: Subject,
  framework: TestFramework,
  ctx: ToolContext,
): CodeInspector {
  const inspector = createInspector(language, ctx, framework.fileName);
  return {
    finish: inspector.finish,
    async check(code) {
      const { cases } = await framework.find(code, ctx.engines);
      const isImported = await framework.imports(code, target, ctx.engines);
      const findings = [
        await inspector.check?.(code),
        cases.length === 0 ? `there is no test: ${framework.whatIsATest}` : undefined,
        isImported ? undefined : `the code is not imported: ${framework.importLine(target)}`,
      ].filter((finding) => finding !== undefined);
      return findings.length === 0 ? undefined : findings.join("\n");
    },
  };
}

function refuseNoTests(
  { cases }: TestFile,
  { whatIsATest }: TestFramework,
  { model }: ChatModel,
): void {
  if (cases.length > 0) return;
  throw new ModelError("unusable", `Cannot use the reply of "${model}": there is no test in it`, {
    hint: `ask again, or use a larger model; ${whatIsATest}`,
  });
}

function shortfall({ estimate, untested }: TestCoverage, target: number): string[] {
  if (estimate >= target) return [];
  const rest = untested.length > 0 ? `; no test names ${untested.slice(0, 10).join(", ")}` : "";
  return [`the estimated coverage of ${estimate} % is below the target of ${target} %${rest}`];
}
