import { ToolError } from "../../config/tool_error.ts";

/**
 * What a flag that may be repeated says: `NAME=value`, `Name: value`.
 *
 * @param sign between the two
 * @throws {ToolError} when it is not there
 */
export function readPairs(
  flag: string,
  texts: string[],
  sign: "=" | ":",
): Record<string, string> {
  return Object.fromEntries(texts.map((text) => {
    const at = text.indexOf(sign);
    if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    throw new ToolError(`Cannot use ${flag} ${JSON.stringify(text)}: it has no "${sign}"`, {
      hint: sign === "=" ? "give NAME=value" : 'give "Name: value"',
    });
  }));
}
