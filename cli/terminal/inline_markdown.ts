import { matchEmphasis, type Node, toNode } from "./emphasis.ts";
import { type Span, STYLE } from "./span.ts";

/** The inside of a paragraph, a heading or a cell. */
export interface Inline {
  spans: Span[];
  /** Up to here (a source offset) nothing that may follow changes what the text means. */
  settled: number;
}

const PLAIN = /[^\\`*_~[\]!<&\n]+/y;
const TICKS = /`+/y;
/** `__init__` is a name, not a bold word. */
const DUNDER = /__[A-Za-z0-9]\w*?__(?!\w)/y;
const RUN = /\*+|_+|~+/y;
const ESCAPE = /\\([!-/:-@[-`{-~])/y;
const BREAK = /<br\s*\/?>/iy;
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^\s<>]*)>/iy;
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#39);/y;
const TARGET = /\(\s*(?:<([^<>\n]*)>|((?:[^\s()]|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/y;
const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  "#39": "'",
};
/** More of an address is not shown. */
const MAX_URL = 400;

/**
 * Bold, italic, struck, code and links of a text that is safe to print already; marks without their
 * counterpart are shown as they are. The address of a link is shown behind its text.
 */
export function parseInline(text: string, keepTicks = false): Inline {
  return new InlineParser(text, keepTicks).parse();
}

class InlineParser {
  #text: string;
  #keepTicks: boolean;
  #nodes: Node[] = [];
  /** Indices of nodes that are an opening bracket. */
  #brackets: number[] = [];
  #settled: number;
  /** Lengths of backtick runs that have no counterpart any more. */
  #unclosed = new Set<number>();
  #at = 0;

  constructor(text: string, keepTicks: boolean) {
    [this.#text, this.#keepTicks, this.#settled] = [text, keepTicks, text.length];
  }

  parse(): Inline {
    while (this.#at < this.#text.length) this.#step();
    for (const index of this.#brackets) this.#unsettle(this.#nodes[index]!.at);
    this.#unsettle(matchEmphasis(this.#nodes, 0));
    const spans = this.#nodes.filter(({ text }) => text !== "")
      .map(({ text, style, at }) => ({ text, style, at }));
    return { spans, settled: this.#settled };
  }

  #unsettle(at: number): void {
    this.#settled = Math.min(this.#settled, at);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }

  /** Adds what is shown for the next `length` code units of the source. */
  #add(text: string, length: number, style = 0): void {
    this.#nodes.push(toNode(text, this.#at, style));
    this.#at += length;
  }

  #step(): void {
    const plain = this.#match(PLAIN);
    if (plain) return this.#add(plain[0], plain[0].length);
    switch (this.#text[this.#at]) {
      case "`":
        return this.#code();
      case "[":
        return this.#open("[");
      case "!":
        return this.#text[this.#at + 1] === "[" ? this.#open("![") : this.#add("!", 1);
      case "]":
        return this.#close();
      case "*":
      case "_":
      case "~":
        return this.#run();
      default:
        return this.#special();
    }
  }

  #special(): void {
    const escaped = this.#match(ESCAPE);
    if (escaped) return this.#add(escaped[1]!, 2);
    if (this.#text.startsWith("\\\n", this.#at)) return this.#add("\n", 2);
    const lineBreak = this.#match(BREAK);
    if (lineBreak) return this.#add("\n", lineBreak[0].length);
    const link = this.#match(AUTOLINK);
    if (link) return this.#add(link[1]!, link[0].length, STYLE.link);
    const entity = this.#match(ENTITY);
    if (entity) return this.#add(ENTITIES[entity[1]!]!, entity[0].length);
    this.#add(this.#text[this.#at]!, 1);
  }

  #code(): void {
    const ticks = this.#match(TICKS)![0];
    const start = this.#at + ticks.length;
    const end = this.#unclosed.has(ticks.length) ? -1 : this.#findTicks(ticks, start);
    if (end < 0) {
      this.#unclosed.add(ticks.length);
      this.#unsettle(this.#at);
      return this.#add(ticks, ticks.length);
    }
    const code = this.#text.slice(start, end).replaceAll("\n", " ");
    const inside = /^ .*[^ ].* $/.test(code) ? code.slice(1, -1) : code;
    const shown = this.#keepTicks ? ticks + code + ticks : inside;
    this.#add(shown, end + ticks.length - this.#at, STYLE.code);
  }

  #findTicks(ticks: string, from: number): number {
    TICKS.lastIndex = from;
    for (let at = this.#text.indexOf(ticks, from); at >= 0; at = this.#text.indexOf(ticks, at)) {
      TICKS.lastIndex = at;
      const { length } = TICKS.exec(this.#text)![0];
      if (length === ticks.length) return at;
      at += length;
    }
    return -1;
  }

  #run(): void {
    const name = this.#match(DUNDER);
    if (name) return this.#add(name[0], name[0].length);
    const [run] = this.#match(RUN)!;
    const before = this.#text[this.#at - 1] ?? " ";
    const after = this.#text[this.#at + run.length] ?? " ";
    const node = toNode(run, this.#at, 0);
    if (run[0] !== "~" || run.length === 2) node.run = flanking(run, before, after);
    this.#nodes.push(node);
    this.#at += run.length;
  }

  #open(mark: string): void {
    this.#brackets.push(this.#nodes.length);
    this.#add(mark, mark.length);
  }

  #close(): void {
    const opener = this.#brackets.pop();
    this.#add("]", 1);
    if (opener === undefined) return;
    const target = this.#match(TARGET);
    if (target) return this.#link(opener, target);
    const mayGoOn = this.#at >= this.#text.length || this.#text[this.#at] === "(" &&
        !this.#text.includes(")", this.#at);
    if (mayGoOn) this.#unsettle(this.#nodes[opener]!.at);
  }

  #link(opener: number, target: RegExpExecArray): void {
    this.#nodes.pop();
    matchEmphasis(this.#nodes, opener + 1);
    const inside = this.#nodes.slice(opener + 1);
    for (const node of inside) node.style |= STYLE.link;
    this.#nodes[opener]!.text = "";
    const url = target[1] ?? target[2] ?? "";
    const shown = url.length > MAX_URL ? `${url.slice(0, MAX_URL)}…` : url;
    const text = inside.map((node) => node.text).join("");
    const behind = text === url ? "" : text === "" ? shown : ` (${shown})`;
    this.#add(url === "" ? "" : behind, target[0].length, text === "" ? STYLE.link : STYLE.quiet);
  }
}

/**
 * Whether a run of marks may open or close something, as CommonMark defines it; besides, `**Note:**it`
 * is taken as it is meant.
 */
function flanking(run: string, before: string, after: string): Node["run"] {
  const [spaceBefore, spaceAfter] = [/\s/.test(before), /\s/.test(after)];
  const [markBefore, markAfter] = [isPunctuation(before), isPunctuation(after)];
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  if (run.startsWith("_")) {
    return { opens: left && (!right || markBefore), closes: right && (!left || markAfter) };
  }
  return { opens: left, closes: right || run === "**" && !spaceBefore };
}

function isPunctuation(character: string): boolean {
  return /[\p{P}\p{S}]/u.test(character);
}
