import type { Output } from "./app.ts";
import { sanitize, sanitizeLine } from "./sanitize.ts";
import { type Palette, paletteOf } from "./style.ts";

/**
 * The Markdown that tools write, for reading in a terminal: headings and bold words in bold, code in
 * colour, fences left out. Where nobody looks, in a pipe, the code of a fenced block stays exactly
 * as it is, so that it can go into a file.
 */
export function renderMarkdown(
  markdown: string,
  output: Pick<Output, "color" | "isTerminal">,
): string {
  const palette = paletteOf(output);
  const code = output.isTerminal ? sanitize : (line: string) => line;
  const lines: string[] = [];
  let fence = 0;
  for (const line of markdown.replace(/\n$/, "").split("\n")) {
    const ticks = /^(`{3,})\w*$/.exec(line)?.[1]?.length ?? 0;
    if (fence === 0 && ticks > 0) fence = ticks;
    else if (fence > 0 && ticks >= fence && line.endsWith("`")) fence = 0;
    else lines.push(fence > 0 ? code(line) : renderLine(line, palette));
  }
  return `${lines.join("\n")}\n`;
}

function renderLine(line: string, palette: Palette): string {
  const safe = sanitizeLine(line.replaceAll("\t", "    "));
  const heading = /^#{1,6} +(.*)$/.exec(safe);
  if (heading) return palette.strong(heading[1]!);
  return safe
    .replace(/\*\*([^*]+)\*\*/g, (_, bold: string) => palette.strong(bold))
    .replace(/`[^`]+`/g, (code) => palette.code(code));
}
