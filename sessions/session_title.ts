import { oneLine } from "../config/one_line.ts";

const MAX_CHARACTERS = 60;

/** What a session is called after its first message: the first line that says something. */
export function titleOf(input: string): string {
  const lines = input.slice(0, 4096).split("\n").map((line) => oneLine(line, MAX_CHARACTERS));
  const words = lines.find((line) => /[\p{L}\p{N}]/u.test(line) && !line.startsWith("```"));
  return words ?? (oneLine(input, MAX_CHARACTERS) || "untitled");
}
