/** What a block of Markdown stands in: a block quote, or an item of a list. */
export type Container =
  | { kind: "quote" }
  | {
    kind: "item";
    /** Where its marker stands, and where its content begins, in columns of the source. */
    indent: number;
    offset: number;
    /** `•`, `3.`; shown in its first row. */
    marker: string;
    isShown: boolean;
  };

/** A line with the containers it stands in. */
export interface Contained {
  containers: Container[];
  rest: string;
  /** How many of the containers were open before. */
  kept: number;
}

const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( *)([-*+]|\d{1,9}[.)])( +|$)/;
const RULE = /^ {0,3}([-*_])(?: *\1){2,} *$/;
/** Deeper is shown as if it were not. */
const MAX_DEPTH = 12;

export function isRule(line: string): boolean {
  return RULE.test(line);
}

/**
 * Finds what a line stands in. Lists of models are often indented less than CommonMark wants: two
 * columns more than the marker above is an inner list.
 * @param inParagraph only `1.` begins a list in the midst of a paragraph
 */
export function findContainers(open: Container[], line: string, inParagraph: boolean): Contained {
  const containers: Container[] = [];
  let rest = line;
  for (const container of open) {
    const inner = stripContainer(container, rest);
    if (inner === undefined) break;
    containers.push(container);
    rest = inner;
  }
  const kept = containers.length;
  const interrupts = inParagraph && kept === open.length;
  while (containers.length < MAX_DEPTH) {
    const next = openContainer(rest, interrupts);
    if (!next) break;
    containers.push(next.container);
    rest = next.rest;
  }
  return { containers, rest, kept };
}

function stripContainer(container: Container, line: string): string | undefined {
  if (container.kind === "quote") {
    const mark = QUOTE.exec(line);
    return mark ? line.slice(mark[0].length) : undefined;
  }
  const indent = line.search(/[^ ]|$/);
  if (indent >= container.offset) return line.slice(container.offset);
  if (indent === line.length) return "";
  const isInner = indent >= container.indent + 2 && ITEM.test(line) && !isRule(line);
  return isInner ? line.slice(indent) : undefined;
}

function openContainer(
  line: string,
  interrupts: boolean,
): { container: Container; rest: string } | undefined {
  const quote = QUOTE.exec(line);
  if (quote) return { container: { kind: "quote" }, rest: line.slice(quote[0].length) };
  const item = isRule(line) ? null : ITEM.exec(line);
  if (!item) return undefined;
  const [all, spaces, mark, gap] = item as unknown as [string, string, string, string];
  const isOrdered = mark.length > 1;
  if (interrupts && (gap === "" || isOrdered && !/^0*1[.)]/.test(mark))) return undefined;
  const offset = gap.length > 4 || gap === "" ? all.length - gap.length + 1 : all.length;
  const marker = isOrdered ? mark : "•";
  const indent = spaces.length;
  return {
    container: { kind: "item", indent, offset, marker, isShown: false },
    rest: line.slice(offset),
  };
}

/** What stands before a row: its text, and the columns it takes. */
export interface Prefix {
  first: string;
  others: string;
  width: number;
}

const BAR = "│ ";

/** @param columns of these at most half go to the prefix */
export function prefixOf(containers: Container[], columns: number): Prefix {
  const parts = containers.map((container) => {
    if (container.kind === "quote") return { first: BAR, others: BAR };
    const others = " ".repeat(container.marker.length + 1);
    return { first: container.isShown ? others : `${container.marker} `, others };
  });
  const join = (texts: string[]) => texts.join("").slice(-Math.floor(columns / 2));
  const first = join(parts.map((part) => part.first));
  return { first, others: join(parts.map(({ others }) => others)), width: first.length };
}

/** The bars of a blank line that stands in so many quotes. */
export function blankRow(quotes: number): string {
  return BAR.repeat(Math.min(quotes, MAX_DEPTH)).trimEnd();
}

export function countQuotes(containers: Container[]): number {
  return containers.filter(({ kind }) => kind === "quote").length;
}
