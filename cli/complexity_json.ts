import type { ComplexityReport } from "../analysis/complexity.ts";
import { type ComplexitySummary, worstFirst } from "./complexity_tally.ts";
import { createJsonFiles } from "./json_files.ts";

/** Reports as JSON, in pieces, with the field names of the tool `analyze_complexity`. */
export function createComplexityJson() {
  const { header, file, problem, footer } = createJsonFiles();
  return {
    header,
    file: (path: string, report: ComplexityReport): string => file(path, fieldsOf(report)),
    problem,
    footer: (summary: ComplexitySummary): string => footer(summary),
  };
}

function fieldsOf(report: ComplexityReport) {
  return {
    language: report.language,
    cyclomatic_complexity: report.cyclomatic,
    cognitive_complexity: report.cognitive,
    lines_of_code: report.raw?.loc ?? report.lines,
    maintainability_index: report.maintainabilityIndex,
    maintainability_rank: report.maintainabilityRank,
    functions: worstFirst(report.functions).map(snakeCaseKeys),
    raw: report.raw && snakeCaseKeys(report.raw),
    halstead: report.halstead && snakeCaseKeys(report.halstead),
    not_measured: report.notMeasured,
  };
}

function snakeCaseKeys(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key.replace(/[a-z][A-Z]/g, ([a, b]) => `${a}_${b!.toLowerCase()}`),
      value,
    ]),
  );
}
