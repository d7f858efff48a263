import { relevantPreferences } from "./relevant_preferences.ts";

const CODE_TOOLS: Record<string, string> = {
  generate_code: "description",
  formalize_task: "context",
};
const MAX_LENGTH = 1_000;

/**
 * The arguments with the person's preferences, where the tool makes code from words. They are said in
 * a fixed form, once.
 */
export function applyPreferences(
  tool: string,
  args: Record<string, unknown>,
  preferences: string[],
): Record<string, unknown> {
  const field = Object.hasOwn(CODE_TOOLS, tool) ? CODE_TOOLS[tool]! : undefined;
  const text = field === undefined ? undefined : args[field] ?? "";
  if (field === undefined || typeof text !== "string") return args;
  const about = [args.language, args.informal_request, text].join(" ");
  const relevant = relevantPreferences(preferences, "code", about);
  if (relevant.length === 0) return args;
  const lines = relevant.slice(0, 20).map((one) => `- ${one.replace(/\s+/g, " ")}`).join("\n");
  const said = `What I always want:\n${lines.slice(0, MAX_LENGTH)}`;
  return text.includes(said)
    ? args
    : { ...args, [field]: [text, said].filter(Boolean).join("\n\n") };
}
