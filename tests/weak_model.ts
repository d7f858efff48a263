/** The model tools in-process, over a weak model behind a fake Ollama: what comes out, and at what cost. */
import * as z from "zod";
import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import type { ToolOutcome } from "../tools/run_tool.ts";
import { runTool } from "../tools/run_tool.ts";
import { fakeContext } from "../tools/fake_context.ts";
import type { ToolContext } from "../tools/tool.ts";
import { createModels } from "../models/create_models.ts";
import { answerTruly } from "../models/fakes/fake_answers.ts";
import { startFakeOllama } from "../models/fakes/fake_ollama.ts";
import type { FakeCall } from "../models/fakes/fake_ollama_chat.ts";
import { createWeakModel, type TrueAnswer } from "../models/fakes/fake_weak_model.ts";
import { createPrompts } from "../prompts/load.ts";
import { DEFAULTS } from "../config/schema.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { tools } from "../tools/mod.ts";

/** What came of many calls of one tool. */
export interface WeakFigures {
  tool: string;
  calls: number;
  /** Results that are valid and say what the model meant. */
  valid: number;
  /** Errors of one line with a hint. */
  clearErrors: number;
  /** Everything else: the reasons. */
  wrong: string[];
  modelCalls: number;
  /** First replies that a plain reading takes: JSON.parse, or the block in the language's fence. */
  plain: number;
}

/** A tool and what it is called with. */
export interface WeakCase {
  tool: string;
  args(index: number): Record<string, unknown>;
  /** What is wrong with a valid output, beside the true answer. */
  judge(output: Output, truth: TrueAnswer): string | undefined;
  /** The fields that a program without repairs would rely on, of the JSON that is asked for. */
  reply?: z.ZodType;
}

type Output = Record<string, unknown>;

const TASKS = [
  "count the words of a page and return the most frequent ones",
  "read a configuration file; missing keys get their defaults",
  'parse "key=value" lines, it\'s fine to skip comments',
  "find the shortest path in a graph that is given as a dictionary",
  "keep the last {n} results of a function (and forget the rest)",
  "make our csv import faster, it takes 10 minutes for 1m rows",
  "check that an e-mail address is valid, e.g. a.b@example.org",
];

const LANGUAGES = ["python", "python", "python", "go", "typescript"];

const SUBJECTS: [framework: string, code: string][] = [
  [
    "pytest",
    "def square(value):\n    return value * value\n\n\ndef cube(value):\n    return value ** 3\n",
  ],
  ["unittest", "class Cart:\n    def add(self, item):\n        self.item = item\n"],
  [
    "pytest",
    "def area(width, height):\n    if width < 0:\n        raise ValueError\n    return width * height\n",
  ],
  ["vitest", "export function square(value: number): number {\n  return value * value;\n}\n"],
  ["jest", "export function twice(value) {\n  return 2 * value;\n}\n"],
  ["go test", "package shapes\n\nfunc Area(side int) int {\n\treturn side * side\n}\n"],
];

const task = (index: number) => `${TASKS[index % TASKS.length]}, case ${index}`;

export const WEAK_CASES: WeakCase[] = [
  {
    tool: "formalize_task",
    args: (index) => ({ informal_request: task(index) }),
    judge: judgeTask,
    reply: z.object({
      formalized_description: z.string(),
      requirements: z.array(z.string()),
      steps: z.array(z.string()),
      estimated_complexity: z.enum(["low", "medium", "high"]),
    }),
  },
  {
    tool: "generate_code",
    args: (index) => ({ description: task(index), language: LANGUAGES[index % LANGUAGES.length] }),
    judge: (output, truth) => judgeCode(String(output.code), truth),
  },
  {
    tool: "generate_tests",
    args: (index) => {
      const [test_framework, code] = SUBJECTS[index % SUBJECTS.length]!;
      return { code: `${code}\n`, test_framework, coverage_target: 0 };
    },
    judge: (output, truth) =>
      Number(output.test_count) > 0 ? judgeCode(String(output.test_code), truth) : "no tests",
  },
  {
    tool: "review_code",
    args: (index) => ({ code: toReview(index), model: "require", max_issues: 0 }),
    judge: judgeReview,
    reply: z.object({
      findings: z.array(z.object({
        quote: z.string(),
        line: z.int(),
        category: z.string(),
        message: z.string(),
        suggestion: z.string(),
        severity: z.enum(["critical", "major", "minor", "info"]),
        confidence: z.number(),
      })),
    }),
  },
];

function toReview(index: number): string {
  const lines = Array.from({ length: 2 + index % 4 }, (_, i) => `    total += ${i} * width`);
  return `def area_${index}(width):\n    total = 0\n${lines.join("\n")}\n    return total\n`;
}

/** The schema has been checked; a list is the model's and whole, or the answer says that it is not there. */
function judgeTask(output: Output, truth: TrueAnswer): string | undefined {
  const { steps, requirements } = (truth as { json: Record<string, string[]> }).json;
  for (const [name, wanted] of [["steps", steps], ["requirements", requirements]] as const) {
    const given = output[name] as string[];
    const isPart = given.every((line) => wanted!.some((other) => other.includes(line)));
    if (!isPart) return `${name} say what the model did not: ${JSON.stringify(given)}`;
    if (given.length === 0 && output.answer === "partial") continue;
    if (given.length !== wanted!.length) return `${name} are not whole`;
  }
}

/** Every finding is one of the model's, at its line. Null for their list says that there are none. */
function judgeReview(output: Output, truth: TrueAnswer): string | undefined {
  const { findings } = (truth as { json: { findings: { line: number; message: string }[] } }).json;
  const advice = (output.issues as { source?: string; line: number; message: string }[])
    .filter(({ source }) => source === "model");
  const isTrue = ({ line, message }: { line: number; message: string }) =>
    findings.some((one) => one.line === line && same(one.message, message));
  return advice.every(isTrue) ? undefined : `the model did not say this: ${JSON.stringify(advice)}`;
}

function same(a: string, b: string): boolean {
  const wordsOf = (text: string) => text.toLowerCase().match(/\w+/g)?.join(" ");
  return wordsOf(a) === wordsOf(b);
}

/** Layout may differ; every word of the code must be there. */
function judgeCode(code: string, truth: TrueAnswer): string | undefined {
  const wordsOf = (text: string) => text.match(/\w+/g)?.sort().join(" ");
  const { code: wanted } = truth as { code: string };
  return wordsOf(code) === wordsOf(wanted) ? undefined : `not the whole code: ${code.slice(-80)}`;
}

/** Calls a tool `calls` times over a weak model. */
export async function measureWeakModel(
  { tool: name, args, judge, reply }: WeakCase,
  calls: number,
  seed: number,
): Promise<WeakFigures> {
  const asked: FakeCall[] = [];
  const weak = createWeakModel((call) => answerTruly(asked[asked.push(call) - 1]!), seed);
  const fake = await startFakeOllama({ reply: weak.reply, tokensPerLine: 16 });
  const tool = await tools.find((entry) => entry.name === name)!.load();
  const context = createContext(fake.url);
  const figures = { tool: name, calls, valid: 0, clearErrors: 0, modelCalls: 0, plain: 0 };
  const wrong: string[] = [];
  try {
    for (let index = 0; index < calls; index++) {
      const before = asked.length;
      const outcome = await runTool(tool, args(index), context);
      if (asked.length === before) {
        throw new Error(`no model was asked: ${JSON.stringify(outcome)}`);
      }
      const truth = answerTruly(asked[before]!);
      const verdict = judgeOutcome(outcome, (output) => judge(output, truth));
      if (verdict === "valid") figures.valid++;
      else if (verdict === "error") figures.clearErrors++;
      else wrong.push(verdict);
      figures.modelCalls += asked.length - before;
      if (readsPlainly(weak.replies[before]!.text, truth, reply)) figures.plain++;
    }
  } finally {
    await fake.stop();
  }
  return { ...figures, wrong };
}

/** What tools use, with real engines and the models of a fake server. @param folder the workspace */
export function createContext(url: string, folder = Deno.cwd()): ToolContext {
  const role = { endpoints: [url], kind: "ollama" as const };
  const { model } = DEFAULTS;
  const config = {
    ...model,
    code: { ...model.code, ...role },
    chat: { ...model.chat, ...role },
  };
  return fakeContext({
    engines: createEngines(loadAsset),
    workspace: openWorkspace(folder),
    models: createModels(config, () => undefined),
    prompts: createPrompts({}),
  });
}

function judgeOutcome(
  outcome: ToolOutcome,
  judge: (output: Output) => string | undefined,
): "valid" | "error" | string {
  if (outcome.ok) return judge(outcome.output) ?? "valid";
  const { message, hint } = outcome;
  const isClear = /^Cannot [^\n]+$/.test(message) && hint && !message.includes("internal error");
  return isClear ? "error" : `unclear: ${message}`;
}

/** What a program without a ladder of repairs takes. */
function readsPlainly(text: string, truth: TrueAnswer, reply: z.ZodType | undefined): boolean {
  if ("code" in truth) {
    const block = /```(\w*)\n([^]*?)```/.exec(text);
    return block?.[1] === truth.language && judgeCode(block[2]!, truth) === undefined;
  }
  try {
    return reply!.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
