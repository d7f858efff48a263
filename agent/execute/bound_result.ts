import { cutText } from "../../config/cut_text.ts";
import type { ToolResult } from "./toolbox.ts";

/** Of a result's text, in UTF-16 code units; what is kept in a session. */
const MOST_TEXT = 32 * 1024;
/** Of a result's data as JSON, in UTF-16 code units; what later steps can refer to. */
const MOST_DATA = 256 * 1024;
/** Of one text in the arguments of a call, as it is kept. */
const MOST_ARGUMENT = 4 * 1024;

/**
 * A result that a flooding tool cannot fill the memory or the session with. Of the data whole fields
 * are left out, the largest first: a step that refers to one then fails, instead of working on half
 * of it.
 */
export function boundResult(
  { ok, text, data }: ToolResult,
): { result: ToolResult; left: string[] } {
  const result: ToolResult = { ok, text: cutResult(text) };
  if (!data) return { result, left: [] };
  const left: string[] = [];
  let room = MOST_DATA;
  const kept = new Set<string>();
  for (const [field, size] of sizesOf(data)) {
    if ((room -= size) >= 0) kept.add(field);
    else left.push(field);
  }
  result.data = Object.fromEntries(Object.entries(data).filter(([field]) => kept.has(field)));
  return { result, left };
}

function sizesOf(data: Record<string, unknown>): [field: string, size: number][] {
  return Object.entries(data)
    .map(([field, value]): [string, number] => [field, JSON.stringify(value)?.length ?? 0])
    .sort(([, a], [, b]) => a - b);
}

/** A result's text as a session keeps it. */
export function cutResult(text: string): string {
  return cutText(text, MOST_TEXT);
}

/** Arguments as a session keeps them: long texts cut. */
export function cutArguments(args: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(
    args,
    (_key, value) => typeof value === "string" ? cutText(value, MOST_ARGUMENT) : value,
  );
  return text.length <= MOST_TEXT ? JSON.parse(text) : { cut: cutText(text, MOST_ARGUMENT) };
}
