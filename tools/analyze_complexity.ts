import * as z from "zod";
import type { ComplexityReport } from "../analysis/complexity.ts";
import { LANGUAGE_IDS } from "../analysis/languages.ts";
import { measureSource } from "../analysis/metrics/measure_source.ts";
import { recommendationsFor } from "../analysis/remarks.ts";
import { codeInput, readCode } from "./code_input.ts";
import { defineTool } from "./tool.ts";

const functionMetrics = z.object({
  name: z.string().describe("Qualified name, such as Class.method"),
  line: z.int().describe("1-based line of its definition"),
  cyclomatic: z.int().describe(
    "Cyclomatic complexity: of Python as radon counts it, else as lizard does",
  ),
  cognitive: z.int().describe("Cognitive complexity, as SonarSource defines it"),
  rank: z.enum(["A", "B", "C", "D", "E", "F"]).describe(
    "radon's rank of the cyclomatic complexity",
  ),
  length: z.int().describe("Lines from the definition to the end"),
  parameters: z.int().describe("Parameters, self included"),
  nesting: z.int().describe("Deepest nesting of control structures"),
});

const rawCounts = z.object({
  loc: z.int().describe("All lines"),
  lloc: z.int().describe("Logical lines"),
  sloc: z.int().describe("Source lines"),
  comments: z.int().describe("Comments"),
  multi: z.int().describe("Lines of multi-line strings"),
  blank: z.int().describe("Blank lines"),
  single_comments: z.int().describe("Lines that are only a comment or a one-line docstring"),
});

const halstead = z.object({
  h1: z.int().describe("Distinct operators"),
  h2: z.int().describe("Distinct operands"),
  N1: z.int().describe("Operators in all"),
  N2: z.int().describe("Operands in all"),
  vocabulary: z.int().describe("h1 + h2"),
  length: z.int().describe("N1 + N2"),
  calculated_length: z.number().describe("h1 · log2 h1 + h2 · log2 h2"),
  volume: z.number().describe("length · log2 vocabulary"),
  difficulty: z.number().describe("h1 / 2 · N2 / h2"),
  effort: z.number().describe("difficulty · volume"),
  time: z.number().describe("effort / 18, in seconds"),
  bugs: z.number().describe("volume / 3000"),
});

export const tool = defineTool({
  name: "analyze_complexity",
  title: "Analyze complexity",
  summary:
    "Measure code: cyclomatic and cognitive complexity, and each function's length, nesting and " +
    "parameters; of Python also maintainability index, line counts and Halstead metrics.",
  effects: "reads",
  input: z.object({
    ...codeInput("measure"),
    detailed: z.boolean().default(true).describe(
      "Also report each function, the raw line counts and the Halstead metrics",
    ),
  }),
  output: z.object({
    language: z.enum(LANGUAGE_IDS).describe("Language of the code"),
    cyclomatic_complexity: z.int().describe(
      "Of the whole file: of Python as radon counts it, else 1 plus all decisions",
    ),
    cognitive_complexity: z.int().describe("Of the whole file, as SonarSource defines it"),
    lines_of_code: z.int().describe("All lines"),
    maintainability_index: z.number().nullable().describe(
      "0–100, as radon computes it; null when the code does not parse or is not Python",
    ),
    recommendations: z.array(z.string()).describe("What to simplify first"),
    not_measured: z.array(z.string()).describe("What could not be measured, and why"),
    functions: z.array(functionMetrics).optional().describe("Each function, most complex first"),
    raw: rawCounts.nullable().optional().describe("Line counts of Python, as radon counts them"),
    halstead: halstead.nullable().optional().describe(
      "Halstead metrics of Python, as radon counts them",
    ),
  }),
  run: async ({ detailed, ...input }, ctx) => {
    const source = await readCode(input, "measure", ctx);
    ctx.progress(0, 1, "Measuring");
    const { report } = await measureSource(ctx.engines, source);
    return {
      language: report.language,
      cyclomatic_complexity: report.cyclomatic,
      cognitive_complexity: report.cognitive,
      lines_of_code: report.raw?.loc ?? report.lines,
      maintainability_index: report.maintainabilityIndex,
      recommendations: recommendationsFor(report),
      not_measured: report.notMeasured,
      ...(detailed ? details(report) : {}),
    };
  },
  render: (output) =>
    [
      `**Cyclomatic ${output.cyclomatic_complexity}, cognitive ${output.cognitive_complexity}, ` +
      (output.language === "python"
        ? `maintainability ${output.maintainability_index?.toFixed(1) ?? "not measured"}, `
        : "") +
      `${output.lines_of_code} lines**`,
      output.functions?.map((f) =>
        `- line ${f.line} \`${f.name}\`: cyclomatic ${f.cyclomatic} (${f.rank}), ` +
        `cognitive ${f.cognitive}`
      ).join("\n"),
      output.recommendations.map((line) => `- ${line}`).join("\n"),
      output.not_measured.map((line) => `- ${line}`).join("\n"),
    ].filter(Boolean).join("\n\n"),
});

function details({ functions, raw, halstead }: ComplexityReport) {
  return {
    functions: functions
      .map(({ name, line, cyclomatic, cognitive, rank, length, parameters, nesting }) => (
        { name, line, cyclomatic, cognitive, rank, length, parameters, nesting }
      ))
      .sort((a, b) => b.cyclomatic - a.cyclomatic || a.line - b.line),
    raw: raw && withoutKey({ ...raw, single_comments: raw.singleComments }, "singleComments"),
    halstead: halstead &&
      withoutKey({ ...halstead, calculated_length: halstead.calculatedLength }, "calculatedLength"),
  };
}

function withoutKey<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = object;
  return rest;
}
