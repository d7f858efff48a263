// Written by `deno task gen` from the tools beside it.
import type { Effects, ModelUse, Tool } from "./tool.ts";

/** What is known of a tool without loading it. */
export interface ToolEntry {
  name: string;
  title: string;
  summary: string;
  effects: Effects;
  asksModel?: ModelUse;
  /** Whether a server calls it in its own thread; see {@link Tool.instant}. @default false */
  instant?: true;
  /** Fields whose defaults the configuration changes. @default none */
  configured?: string[];
  load(): Promise<Tool>;
}

export const tools: ToolEntry[] = [
  {
    name: "analyze_complexity",
    title: "Analyze complexity",
    summary:
      "Measure code: cyclomatic and cognitive complexity, and each function's length, nesting and parameters; of Python also maintainability index, line counts and Halstead metrics.",
    effects: "reads",
    load: async () => (await import("./analyze_complexity.ts")).tool as unknown as Tool,
  },
  {
    name: "formalize_task",
    title: "Formalize a task",
    summary: "Turn a request in everyday words into requirements and steps with the local model.",
    effects: "model",
    asksModel: "always",
    load: async () => (await import("./formalize_task.ts")).tool as unknown as Tool,
  },
  {
    name: "format_code",
    title: "Format code",
    summary:
      "Format code: Python (or only sort its imports, or mend its white space), notebooks, JavaScript, TypeScript, JSON, CSS, Go, shell, C, C++ and more; list_languages tells all.",
    effects: "reads",
    load: async () => (await import("./format_code.ts")).tool as unknown as Tool,
  },
  {
    name: "generate_code",
    title: "Generate code",
    summary:
      "Write code from a description with the local model; Python is parsed, checked for bugs and formatted before it is returned.",
    effects: "model",
    asksModel: "always",
    configured: ["language", "style"],
    load: async () => (await import("./generate_code.ts")).tool as unknown as Tool,
  },
  {
    name: "generate_tests",
    title: "Generate tests",
    summary:
      "Write tests of code with the local model, for pytest, unittest, vitest, jest or go test; what they cover is counted, not claimed.",
    effects: "reads",
    asksModel: "always",
    configured: ["test_framework"],
    load: async () => (await import("./generate_tests.ts")).tool as unknown as Tool,
  },
  {
    name: "list_languages",
    title: "List languages",
    summary:
      "Tell which languages devmcp lints, formats and measures, and by which engine and version.",
    effects: "none",
    instant: true,
    load: async () => (await import("./list_languages.ts")).tool as unknown as Tool,
  },
  {
    name: "review_code",
    title: "Review code",
    summary:
      "Find bugs, security holes, style and complexity problems in code, with a score and a mended version. Python (also stubs and notebooks), JavaScript, TypeScript, JSON, CSS, Go, shell, YAML and more; list_languages tells all.",
    effects: "reads",
    asksModel: "optionally",
    configured: ["style_guide", "focus_areas", "model"],
    load: async () => (await import("./review_code.ts")).tool as unknown as Tool,
  },
  {
    name: "write_file",
    title: "Write a file",
    summary:
      "Write a text file inside the workspace, and show what changes. Encoding, line endings and mode of a file that is there stay.",
    effects: "writes",
    load: async () => (await import("./write_file.ts")).tool as unknown as Tool,
  },
];
