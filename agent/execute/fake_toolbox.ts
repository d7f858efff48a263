/** A toolbox of devmcp's own tools, with their real schemas and made-up results. For tests. */
import schemas from "../../tools/schemas.json" with { type: "json" };
import { tools } from "../../tools/mod.ts";
import type { Toolbox, ToolInfo, ToolResult } from "./toolbox.ts";

type Arguments = Record<string, unknown>;

/** What a fake tool does; a text is a failure. */
export type FakeCall = (args: Arguments) => Promise<ToolResult | string> | ToolResult | string;

const SCHEMAS = schemas as unknown as Record<
  string,
  { input: Record<string, unknown>; output: Record<string, unknown> }
>;

/** devmcp's own tools as a toolbox lists them. */
export function ownTools(): ToolInfo[] {
  return tools.map(({ name, title, summary, effects, asksModel }): ToolInfo => ({
    name,
    server: "devmcp",
    title,
    description: summary,
    inputSchema: SCHEMAS[name]!.input,
    outputSchema: SCHEMAS[name]!.output,
    effect: effects === "writes" || effects === "runs" ? effects : "free",
    ...asksModel === "always" ? { needsModel: true } : {},
  }));
}

/** A tool of another server. */
export function foreignTool(server: string, name: string, more: Partial<ToolInfo> = {}): ToolInfo {
  return {
    name: `${server}:${name}`,
    server,
    title: name,
    description: "",
    inputSchema: { type: "object", properties: {} },
    effect: "foreign",
    ...more,
  };
}

const CODE = "def run(value):\n    return value + 1\n";

const RESULTS: Record<string, (args: Arguments) => Arguments> = {
  generate_code: ({ language = "python" }) => ({
    code: CODE,
    language,
    explanation: "It adds one.",
    dependencies: [],
    checks: [],
    problems: [],
    model: "fake",
  }),
  generate_tests: () => ({
    test_code: "from code import run\n\n\ndef test_run():\n    assert run(1) == 2\n",
    test_count: 1,
    coverage_estimate: 90,
    test_cases: [{ name: "test_run" }],
    untested: [],
    language: "python",
    imports: "code",
    checks: [],
    problems: [],
    model: "fake",
  }),
  review_code: ({ code }) => ({
    overall_score: 80,
    issues: [{ line: 1, message: "No docstring", category: "documentation", severity: "minor" }],
    issues_omitted: 0,
    suggestions: ["Add a docstring"],
    compliments: [],
    refactored_code: `"""Mended."""\n${code ?? CODE}`,
  }),
  format_code: ({ code }) => ({
    formatted_code: String(code ?? CODE),
    changes_made: 1,
    formatter_used: "black",
  }),
  analyze_complexity: () => ({
    cyclomatic_complexity: 1,
    cognitive_complexity: 0,
    lines_of_code: 2,
    maintainability_index: 100,
    recommendations: [],
    not_measured: [],
  }),
  formalize_task: ({ informal_request }) => ({
    formalized_description: `Build: ${informal_request}`,
    requirements: ["It works"],
    steps: ["Write it"],
    estimated_complexity: "low",
    answer: "json",
    model: "fake",
  }),
  write_file: ({ path }) => ({ path, changed: true, created: true, bytes: 1, diff: "+1" }),
};

/**
 * A toolbox whose tools answer what their schemas promise.
 *
 * @param calls tools that do something else, by name
 */
export function fakeToolbox(
  tools: ToolInfo[] = ownTools(),
  calls: Record<string, FakeCall> = {},
): Toolbox & { calls: { name: string; args: Arguments }[] } {
  const made: { name: string; args: Arguments }[] = [];
  return {
    calls: made,
    list: () => tools,
    call: async (name, args, { signal }) => {
      signal.throwIfAborted();
      made.push({ name, args });
      if (!tools.some((tool) => tool.name === name)) {
        return { ok: false, text: `Cannot call "${name}": no such tool` };
      }
      const result = await (calls[name] ?? succeed(name))(args);
      return typeof result === "string" ? { ok: false, text: result } : result;
    },
  };
}

function succeed(name: string): FakeCall {
  return (args) => {
    const data = RESULTS[name]?.(args) ?? { done: true };
    return { ok: true, text: JSON.stringify(data), data };
  };
}
