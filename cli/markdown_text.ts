import type { Output } from "./app.ts";
import { sanitizeLine } from "./sanitize.ts";
import { type Palette, paletteOf } from "./style.ts";
import { createMarkdownStream } from "./terminal/markdown_stream.ts";

/**
 * The Markdown that tools write, for reading in a terminal. Where nobody looks, in a pipe, the lines
 * stay as they are but for headings, bold words and fences; the code of a fenced block stays exactly
 * as it is, so that it can go into a file.
 */
export function renderMarkdown(
  markdown: string,
  output: Pick<Output, "color" | "columns" | "isTerminal">,
): string {
  const lines = output.isTerminal
    ? forTerminal(markdown, output)
    : forPipe(markdown, paletteOf(output));
  return `${lines.join("\n")}\n`;
}

function forTerminal(markdown: string, { color, columns }: Pick<Output, "color" | "columns">) {
  const stream = createMarkdownStream({ columns, color });
  return [...stream.push(markdown).lines, ...stream.end().lines];
}

function forPipe(markdown: string, palette: Palette): string[] {
  const lines: string[] = [];
  let fence = 0;
  for (const line of markdown.replace(/\n$/, "").split("\n")) {
    const ticks = /^(`{3,})\w*$/.exec(line)?.[1]?.length ?? 0;
    if (fence === 0 && ticks > 0) fence = ticks;
    else if (fence > 0 && ticks >= fence && line.endsWith("`")) fence = 0;
    else lines.push(fence > 0 ? line : renderLine(line, palette));
  }
  return lines;
}

function renderLine(line: string, palette: Palette): string {
  const safe = sanitizeLine(line.replaceAll("\t", "    "));
  const heading = /^#{1,6} +(.*)$/.exec(safe);
  if (heading) return palette.strong(heading[1]!);
  return safe
    .replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => palette.strong(bold))
    .replace(/`[^`]+`/g, (code) => palette.code(code));
}
