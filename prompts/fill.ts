import { ToolError } from "../config/tool_error.ts";
import type { FillPrompt } from "./prompt.ts";

/** Where a template stands open: `{{name}}`. */
export const PLACEHOLDER = /\{\{ ?([A-Za-z_]\w*) ?\}\}/g;

/** The names of a template's placeholders, each once. */
export function placeholdersOf(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(PLACEHOLDER), ([, name]) => name!))];
}

/**
 * The messages of a prompt: the instructions as they are, then the template with its placeholders
 * filled in. A value is never searched for placeholders.
 *
 * @throws {ToolError} for a placeholder without a value
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fillPrompt } from "./fill.ts";
 *
 * const prompt = {
 *   name: "greet",
 *   title: "Greet",
 *   description: "Greets.",
 *   instructions: "Be kind.",
 *   template: "Greet {{who}}.",
 * };
 * assert.deepEqual(fillPrompt(prompt, { who: "Ada" }), [
 *   { role: "system", content: "Be kind." },
 *   { role: "user", content: "Greet Ada." },
 * ]);
 * ```
 */
export const fillPrompt: FillPrompt = (prompt, values) => {
  const content = prompt.template.replace(PLACEHOLDER, (_, name: string) => {
    if (Object.hasOwn(values, name)) return values[name]!;
    throw new ToolError(
      `Cannot fill the prompt "${prompt.source ?? prompt.name}": nothing stands for "{{${name}}}"`,
      { hint: `it may use ${Object.keys(values).map((key) => `{{${key}}}`).join(", ")}` },
    );
  });
  return [{ role: "system", content: prompt.instructions }, { role: "user", content }];
};
