import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/client";
import type { ToolInfo, ToolResult } from "../agent/execute/toolbox.ts";
import { cutText } from "../config/cut_text.ts";
import { outputMismatch } from "./output_mismatch.ts";

/** More of a result's text than a person reads or a model takes. */
export const MAX_TEXT = 256 * 1024;
const MAX_DATA = 1024 * 1024;

/** Characters that are taken at most. */
export interface ResultBounds {
  maxText?: number;
  maxData?: number;
}

/** What another server's tool gave, bounded; what it is not as it should be is noted. Hostile. */
export function readResult(
  result: CallToolResult,
  { outputSchema }: Pick<ToolInfo, "outputSchema">,
  { maxText = MAX_TEXT, maxData = MAX_DATA }: ResultBounds = {},
): ToolResult {
  const ok = result.isError !== true;
  const { data, note } = readData(result.structuredContent, maxData);
  const wrong = ok && outputSchema && outputMismatch(result.structuredContent, outputSchema);
  const text = cutText(result.content.map(blockText).join("\n\n"), maxText);
  const notes = [note, wrong && `the result is not as the tool's schema says: ${wrong}`]
    .filter(Boolean).map((one) => `(${one})`);
  return { ok, text: [text, ...notes].filter(Boolean).join("\n\n"), ...data && { data } };
}

/** What one of our own tools gave: checked and bounded where it was made. */
export function readOwnResult({ content, structuredContent, isError }: CallToolResult): ToolResult {
  const data = structuredContent as Record<string, unknown> | undefined;
  return { ok: isError !== true, text: content.map(blockText).join("\n\n"), ...data && { data } };
}

function readData(
  content: unknown,
  maxData: number,
): { data?: Record<string, unknown>; note?: string } {
  if (typeof content !== "object" || content === null) return {};
  const size = JSON.stringify(content).length;
  if (size > maxData) return { note: `the structured result of ${size} characters is left out` };
  return { data: Array.isArray(content) ? { items: content } : content as Record<string, unknown> };
}

/** A part of a result as text; what is no text is named. */
export function blockText(block: ContentBlock): string {
  if (block.type === "text") return block.text;
  if (block.type === "resource_link") return `${block.name}: ${block.uri}`;
  if (block.type !== "resource") return describeBytes(block.type, block.mimeType, block.data);
  const { resource } = block;
  if ("text" in resource) return resource.text;
  return describeBytes(resource.uri, resource.mimeType, resource.blob);
}

/** `[image, image/png, 12 KB]` */
export function describeBytes(what: string, type: string | undefined, base64: string): string {
  return `[${what}, ${type ?? "unknown type"}, ${Math.ceil(base64.length * 3 / 4 / 1000)} KB]`;
}
