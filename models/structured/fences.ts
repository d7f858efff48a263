/** One fenced block of a reply. */
export interface FencedBlock {
  /** The first word after the fence, lower case; empty when there is none. */
  label: string;
  /** What is inside, line endings as `\n`, without the fence's own indentation. */
  code: string;
  /** False: the text ends within the block. */
  closed: boolean;
}

export interface FencedText {
  blocks: FencedBlock[];
  /** What is outside of the blocks. */
  prose: string;
}

interface Fence {
  indent: number;
  /** Backticks or tildes. */
  mark: string;
  length: number;
  /** Prose on the same line before it. */
  before: string;
  info: string;
}

interface OpenBlock {
  fence: Fence;
  lines: string[];
  /** Fences that were opened within and are not closed yet. */
  inner: number;
}

/**
 * Splits a reply into its fenced blocks and the prose around them. Fences within a block stay part
 * of it: a labelled one (and what closes it), one of the other mark, and one that is indented
 * deeper, as in a docstring. Where the blocks do not come out even by this, a fence that is indented
 * deeper may close too.
 *
 * Takes time in proportion to the text.
 */
export function splitFences(text: string): FencedText {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const strict = readBlocks(lines, false);
  if (strict.blocks.every(({ closed }) => closed)) return strict;
  const lenient = readBlocks(lines, true);
  return lenient.blocks.every(({ closed }) => closed) ? lenient : strict;
}

function readBlocks(lines: string[], anyIndent: boolean): FencedText {
  const blocks: FencedBlock[] = [];
  const prose: string[] = [];
  let open: OpenBlock | undefined;
  for (const line of lines) {
    const fence = readFence(line);
    if (!open) {
      if (fence) open = { fence, lines: [], inner: 0 };
      prose.push(fence ? fence.before : line);
    } else if (fence && closes(fence, open, anyIndent)) {
      blocks.push(toBlock(open, true));
      open = undefined;
    } else {
      if (fence) countInner(fence, open);
      open.lines.push(line);
    }
  }
  if (open) blocks.push(toBlock(open, false));
  return { blocks, prose: prose.join("\n").replace(/\n{3,}/g, "\n\n").trim() };
}

/** A fence ends its line; before it may be prose (`Here it is: ```py`). No regex: lines can be long. */
function readFence(line: string): Fence | undefined {
  const ticks = line.indexOf("```");
  const tildes = line.trimStart().startsWith("~~~") ? line.indexOf("~~~") : -1;
  const start = tildes >= 0 && (ticks < 0 || tildes < ticks) ? tildes : ticks;
  if (start < 0) return undefined;
  const mark = line[start]!;
  let end = start;
  while (line[end] === mark) end++;
  const info = line.slice(end).trim();
  // Code within a line of prose, such as ```this```, is no fence.
  if (info.includes(mark)) return undefined;
  const before = line.slice(0, start).trim();
  // Nor is prose that speaks of fences, only prose that announces one.
  if (before !== "" && (!/[:.!]$/.test(before) || info.includes(" "))) return undefined;
  return { indent: start, mark, length: end - start, before, info };
}

function isOfBlock({ fence }: OpenBlock, { mark, length, before }: Fence): boolean {
  return mark === fence.mark && length >= fence.length && before === "";
}

function closes(fence: Fence, open: OpenBlock, anyIndent: boolean): boolean {
  if (!isOfBlock(open, fence) || fence.info !== "" || open.inner > 0) return false;
  return anyIndent || fence.indent <= indentOf(open) + 3;
}

/** After prose on the same line, the closing fence is at the margin. */
function indentOf({ fence }: OpenBlock): number {
  return fence.before === "" ? fence.indent : 0;
}

function countInner(fence: Fence, open: OpenBlock): void {
  if (!isOfBlock(open, fence) || fence.indent > indentOf(open) + 3) return;
  if (fence.info !== "") open.inner++;
  else if (open.inner > 0) open.inner--;
}

function toBlock(open: OpenBlock, closed: boolean): FencedBlock {
  const indent = indentOf(open);
  const lines = open.lines.map((line) => {
    let start = 0;
    while (start < indent && (line[start] === " " || line[start] === "\t")) start++;
    return line.slice(start);
  });
  const label = /^\{?\.?([^\s,:{}]*)/.exec(open.fence.info.slice(0, 100))?.[1] ?? "";
  return { label: label.toLowerCase(), code: lines.join("\n"), closed };
}
