import { sanitizeLine } from "../sanitize.ts";
import type { Fence } from "./block_state.ts";
import type { BlockWriter } from "./block_writer.ts";
import type { Container } from "./containers.ts";
import { expandTabs } from "./expand_tabs.ts";
import { breakRows } from "./styled_text.ts";
import { wrapRows } from "./wrap_rows.ts";

const FENCE = /^( *)(`{3,}|~{3,}) *([^`]*)$/;
const INDENT = "  ";
const GOES_ON = "↳ ";
/** Of a block that is no code: it breaks between its words. */
const WORDS = "text";

/** The block of code that a line opens, if it does. */
export function openFence(line: string): Fence | undefined {
  const found = FENCE.exec(line);
  if (!found) return undefined;
  const [, indent, mark, info] = found as unknown as [string, string, string, string];
  const language = /^[\w+#.-]*/.exec(info.trim())![0].toLowerCase();
  return { kind: "fence", mark, indent: indent.length, language, memory: "" };
}

/** Whether a line, as {@link lineOfCode} gives it, closes the block. */
export function closesFence({ mark }: Fence, line: string): boolean {
  const text = line.trim();
  return text.length >= mark.length && text.replaceAll(mark[0]!, "") === "";
}

/**
 * The code of a line: without the marks of the quotes and the spaces of the lists it stands in.
 * Undefined when it leaves the quote.
 */
export function lineOfCode(
  fence: Fence,
  containers: Container[],
  raw: string,
): string | undefined {
  let line = raw;
  let indent = fence.indent;
  for (const container of containers) {
    if (container.kind === "item") indent += container.offset;
    else {
      const mark = /^ {0,3}> ?/.exec(line);
      if (!mark) return undefined;
      line = line.slice(mark[0].length);
    }
  }
  const spaces = expandTabs(/^[ \t]*/.exec(line)![0]);
  return spaces.slice(Math.min(indent, spaces.length)) + line.trimStart();
}

/** Writes a line of code in colours; returns the block as it goes on. */
export function writeCode(fence: Fence, line: string, writer: BlockWriter): Fence {
  const code = sanitizeLine(expandTabs(line));
  const { highlight, palette } = writer.style;
  const { text, memory } = highlight?.(fence.language)?.(code, fence.memory) ??
    { text: code, memory: "" };
  const breakLine = fence.language === WORDS ? wrapRows : breakRows;
  const rows = breakLine(text, writer.room(INDENT.length));
  const goesOn = palette.quiet(GOES_ON);
  writer.write(rows.map((row, i) => row === "" ? "" : (i === 0 ? INDENT : goesOn) + row));
  return { ...fence, memory };
}
