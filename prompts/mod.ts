// Written by `deno task gen` from the prompts beside it.
/** The text of each prompt's file by name, loaded when it is asked for. */
export type PromptTable = ReadonlyMap<string, () => Promise<{ default: string }>>;

export const prompts: PromptTable = new Map([
  ["formalize_task", () => import("./formalize_task.md", { with: { type: "text" } })],
  ["generate_code", () => import("./generate_code.md", { with: { type: "text" } })],
  ["generate_tests", () => import("./generate_tests.md", { with: { type: "text" } })],
  ["review_code", () => import("./review_code.md", { with: { type: "text" } })],
]);
