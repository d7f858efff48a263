/**
 * The names that models have: Ollama's (`mistral:7b`, `hf.co/OWNER/REPOSITORY:Q4_K_M`) and those of
 * vLLM and LM Studio, with their paths and `@`. Nothing that a shell reads as more than a word, and no
 * option: names come from projects and servers, and stand in commands that users are told to run.
 */
export const MODEL_NAME = /^[\w.@/][\w.:@/+-]{0,255}$/;

/**
 * Whether a text can be the name of a model.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isModelName } from "./model_name.ts";
 *
 * assert.ok(isModelName("hf.co/bartowski/gemma-2-9b-it-GGUF:Q4_K_M"));
 * assert.ok(!isModelName("x; rm -r ."));
 * ```
 */
export function isModelName(text: string): boolean {
  return MODEL_NAME.test(text);
}

/** Whether two names are of one model: Ollama takes one without a tag for `:latest`, and letters of any size. */
export function isSameModel(one: string, other: string): boolean {
  return fullName(one) === fullName(other);
}

/** A colon before the last slash is that of a registry's port. */
function fullName(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  return (last.includes(":") ? name : `${name}:latest`).toLowerCase();
}
