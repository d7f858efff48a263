import { sanitizeLine } from "../sanitize.ts";
import type { BlockState, BlockStyle, Fence, Paragraph } from "./block_state.ts";
import { BlockWriter } from "./block_writer.ts";
import { closesFence, lineOfCode, openFence, writeCode } from "./code_block.ts";
import { countQuotes, findContainers, isRule } from "./containers.ts";
import { expandTabs } from "./expand_tabs.ts";
import type { Segment } from "./line_reader.ts";
import { writeParagraph } from "./paragraph_block.ts";
import { STYLE } from "./span.ts";
import { addRow, openTable, writeTable } from "./table_block.ts";
import { type Align, parseDelimiter } from "./table_view.ts";
import { wrapSpans } from "./wrap_text.ts";

const HEADING = /^ {0,3}(#{1,6})(?: +(.*?))??(?: +#+)? *$/;
const UNDERLINE = /^ {0,3}={3,} *$/;
const MAX_RULE = 80;
/** Ask for another glyph, or join two: of no use here, and nothing is hidden by leaving them out. */
const SELECTORS = /[\ufe0e\ufe0f\u200d]/g;

/** Takes one line; the rows that are finished by it go to `out`. */
export function step(
  state: BlockState,
  segment: Segment,
  style: BlockStyle,
  out: string[],
): BlockState {
  const writer = new BlockWriter(state, style, out);
  takeLine(segment, writer);
  return writer.state;
}

/** Ends the text: what is still held back goes to `out`. */
export function finish(state: BlockState, style: BlockStyle, out: string[]): void {
  closeLeaf(new BlockWriter(state, style, out));
}

function takeLine({ text, goesOn }: Segment, writer: BlockWriter): void {
  const raw = text.replace(/\r$/, "");
  const { leaf } = writer.state;
  if (leaf.kind === "fence") takeCode(leaf, raw, goesOn, writer);
  else if (goesOn) append(toProse(raw), "", writer);
  else takeProse(toProse(raw), writer);
}

function toProse(raw: string): string {
  return sanitizeLine(expandTabs(raw.replace(SELECTORS, "")));
}

function takeCode(fence: Fence, raw: string, goesOn: boolean, writer: BlockWriter): void {
  const line = goesOn ? raw : lineOfCode(fence, writer.state.containers, raw);
  if (line === undefined) {
    closeLeaf(writer);
    takeProse(toProse(raw), writer);
  } else if (!goesOn && closesFence(fence, line)) closeLeaf(writer);
  else writer.state.leaf = writeCode(fence, line, writer);
}

function takeProse(line: string, writer: BlockWriter): void {
  const open = writer.state.containers;
  const inParagraph = writer.state.leaf.kind === "paragraph";
  const { containers, rest, kept } = findContainers(open, line, inParagraph);
  const opensNone = containers.length === kept;
  const goesOn = inParagraph && opensNone && kept < open.length && isText(rest);
  if (goesOn) return takeBlock(rest.trimStart(), writer);
  if (!opensNone || kept < open.length) {
    closeLeaf(writer);
    writer.state.containers = containers;
  }
  takeBlock(rest, writer);
}

/** Whether a line can go on a paragraph though it is not marked as the lines before. */
function isText(line: string): boolean {
  return line.trim() !== "" && !openFence(line) && !HEADING.test(line) && !isRule(line);
}

function takeBlock(line: string, writer: BlockWriter): void {
  if (line.trim() === "") return takeBlank(writer);
  const { leaf } = writer.state;
  if (leaf.kind === "table" && line.includes("|")) {
    writer.state.leaf = addRow(leaf, line, writer);
    return;
  }
  if (leaf.kind === "table") closeLeaf(writer);
  if (leaf.kind === "paragraph") {
    const aligns = parseDelimiter(line);
    if (aligns && takeHead(leaf, aligns, writer)) return;
    if (UNDERLINE.test(line)) return takeRule(writer);
  }
  takeOneLine(line, writer);
}

function takeOneLine(line: string, writer: BlockWriter): void {
  const fence = openFence(line);
  if (fence) return takeFence(fence, writer);
  const heading = HEADING.exec(line);
  if (heading) return takeHeading(heading[1]!.length, heading[2] ?? "", writer);
  if (isRule(line)) return takeRule(writer);
  append(line, "\n", writer);
}

function takeBlank(writer: BlockWriter): void {
  closeLeaf(writer);
  const inner = writer.state.containers.at(-1);
  if (inner?.kind === "item" && !inner.isShown) return writer.write([""]);
  writer.state.blank = countQuotes(writer.state.containers);
}

function takeFence(fence: Fence, writer: BlockWriter): void {
  closeLeaf(writer);
  writer.wantGap();
  writer.state.leaf = fence;
}

function takeHeading(level: number, text: string, writer: BlockWriter): void {
  closeLeaf(writer);
  writer.wantGap();
  const flag = level === 1 ? STYLE.title : STYLE.strong;
  const spans = writer.inline(text).spans
    .map((span) => ({ ...span, style: span.style | flag }));
  writer.writeSpans(wrapSpans(spans, writer.room()).map((row) => row.spans));
}

function takeRule(writer: BlockWriter): void {
  closeLeaf(writer);
  const text = "─".repeat(Math.min(writer.room(), MAX_RULE));
  writer.writeSpans([[{ text, style: STYLE.quiet, at: 0 }]]);
}

/** Makes the last line of a paragraph the head of a table; false if it cannot be that. */
function takeHead({ text }: Paragraph, aligns: Align[], writer: BlockWriter): boolean {
  const lines = text.split("\n");
  const table = openTable(lines.pop()!, aligns, writer);
  if (!table) return false;
  writeParagraph(lines.join("\n"), true, writer);
  writer.state.leaf = table;
  return true;
}

/** @param between a newline, or nothing when the same line goes on */
function append(line: string, between: string, writer: BlockWriter): void {
  const { leaf } = writer.state;
  const open = leaf.kind === "paragraph" ? leaf.text : "";
  const isHeldBack = between !== "" && open.includes("|");
  const before = isHeldBack ? writeParagraph(open, false, writer) : open;
  const all = before === "" ? line : before + between + line;
  // A table's head can only be told from the line after it.
  const mayBeHead = between !== "" && line.includes("|");
  const text = mayBeHead ? all : writeParagraph(all, false, writer);
  writer.state.leaf = { kind: "paragraph", text };
}

function closeLeaf(writer: BlockWriter): void {
  const { leaf } = writer.state;
  if (leaf.kind === "paragraph") writeParagraph(leaf.text, true, writer);
  if (leaf.kind === "table") writeTable(leaf, writer);
  if (leaf.kind === "fence" || leaf.kind === "table") writer.wantGap();
  writer.state.leaf = { kind: "none" };
}
