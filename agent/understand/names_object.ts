import type { Sight } from "./code_in_sight.ts";
import { namesThing } from "./direct_rows.ts";
import { tells } from "./may_need_tools.ts";
import type { Message } from "./read_message.ts";
import { readLanguage } from "./read_parameters.ts";
import { findPaths } from "./read_subjects.ts";

/** Spoken of as something that is there already. */
const IT =
  /\b(?:it|this|that code|these|them|the (?:code|function|class|script|endpoint|method|program|module)|my code|your code|what you wrote|above)\b/i;

/**
 * Whether a message that nobody could read says what a tool is to be used on, so that its words may be
 * taken for an order: `write me a poem` and `run the tests` are none.
 */
export function namesObject(
  tool: string,
  { message, sight }: { message: Message; sight: Sight },
): boolean {
  const { text, isQuestion, code } = message;
  if (code !== undefined) return true;
  if (tells(message)) return false;
  if (findPaths(text).length > 0) return true;
  if (isQuestion) return false;
  if (tool === "formalize_task") return text.includes(":");
  if (tool === "generate_code" && (namesThing(text) || readLanguage(text))) return true;
  return sight.code !== undefined && IT.test(text);
}
