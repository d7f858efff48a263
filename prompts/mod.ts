// Written by `deno task gen` from the prompts beside it.
/** The text of each file by name, loaded when it is asked for. */
export type PromptTable = ReadonlyMap<string, () => Promise<{ default: string }>>;

/** What devmcp asks models itself. */
export const prompts: PromptTable = new Map([
  ["chat_answer", () => import("./chat_answer.md", { with: { type: "text" } })],
  ["chat_arguments", () => import("./chat_arguments.md", { with: { type: "text" } })],
  ["chat_intent", () => import("./chat_intent.md", { with: { type: "text" } })],
  ["chat_plan", () => import("./chat_plan.md", { with: { type: "text" } })],
  ["chat_summary", () => import("./chat_summary.md", { with: { type: "text" } })],
  ["formalize_task", () => import("./formalize_task.md", { with: { type: "text" } })],
  ["generate_code", () => import("./generate_code.md", { with: { type: "text" } })],
  ["generate_tests", () => import("./generate_tests.md", { with: { type: "text" } })],
  ["review_code", () => import("./review_code.md", { with: { type: "text" } })],
]);

/** The prompts and personas that MCP clients are offered. */
export const offered: PromptTable = new Map([
  ["architect", () => import("./offered/architect.md", { with: { type: "text" } })],
  ["code-review", () => import("./offered/code-review.md", { with: { type: "text" } })],
  ["commit-message", () => import("./offered/commit-message.md", { with: { type: "text" } })],
  ["document-code", () => import("./offered/document-code.md", { with: { type: "text" } })],
  ["explain-code", () => import("./offered/explain-code.md", { with: { type: "text" } })],
  ["formalize-task", () => import("./offered/formalize-task.md", { with: { type: "text" } })],
  ["python-developer", () => import("./offered/python-developer.md", { with: { type: "text" } })],
  ["refactor", () => import("./offered/refactor.md", { with: { type: "text" } })],
  ["technical-writer", () => import("./offered/technical-writer.md", { with: { type: "text" } })],
  ["test-generation", () => import("./offered/test-generation.md", { with: { type: "text" } })],
]);

/** How projects are laid out, by language. */
export const structures: PromptTable = new Map([
  ["c", () => import("./structures/c.md", { with: { type: "text" } })],
  ["cpp", () => import("./structures/cpp.md", { with: { type: "text" } })],
  ["csharp", () => import("./structures/csharp.md", { with: { type: "text" } })],
  ["go", () => import("./structures/go.md", { with: { type: "text" } })],
  ["java", () => import("./structures/java.md", { with: { type: "text" } })],
  ["javascript", () => import("./structures/javascript.md", { with: { type: "text" } })],
  ["kotlin", () => import("./structures/kotlin.md", { with: { type: "text" } })],
  ["overview", () => import("./structures/overview.md", { with: { type: "text" } })],
  ["python", () => import("./structures/python.md", { with: { type: "text" } })],
  ["rust", () => import("./structures/rust.md", { with: { type: "text" } })],
  ["typescript", () => import("./structures/typescript.md", { with: { type: "text" } })],
]);
