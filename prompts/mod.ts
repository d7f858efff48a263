// Written by `deno task gen` from the prompts beside it.
/** The text of each prompt's file by name, loaded when it is asked for. */
export type PromptTable = ReadonlyMap<string, () => Promise<{ default: string }>>;

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
