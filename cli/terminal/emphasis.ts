import { STYLE } from "./span.ts";

/** A piece of inline text while it is taken apart. */
export interface Node {
  text: string;
  style: number;
  at: number;
  /** A run of `*`, `_` or `~~` that may begin or end something. */
  run?: { opens: boolean; closes: boolean };
}

export function toNode(text: string, at: number, style: number): Node {
  return { text, at, style };
}

/** More marks in one text are shown as they are: nobody writes them. */
const MAX_OPENERS = 100;

/**
 * Pairs the runs of marks from a node on, gives what is between them its style, and takes the marks
 * away.
 *
 * @returns where the first mark stands that a later one may still close; Infinity without one
 */
export function matchEmphasis(nodes: Node[], from: number): number {
  const openers: number[] = [];
  for (let i = from; i < nodes.length; i++) {
    const { run } = nodes[i]!;
    if (run?.closes) closeAll(nodes, openers, i);
    if (run?.opens && nodes[i]!.text !== "" && openers.length < MAX_OPENERS) openers.push(i);
  }
  const first = openers[0];
  for (let i = from; i < nodes.length; i++) nodes[i]!.run = undefined;
  return first === undefined ? Infinity : nodes[first]!.at;
}

function closeAll(nodes: Node[], openers: number[], closer: number): void {
  const node = nodes[closer]!;
  while (node.text !== "") {
    const found = openers.findLastIndex((index) => pairs(nodes[index]!, node));
    if (found < 0) return;
    const opener = openers[found]!;
    closePair(nodes, opener, closer);
    openers.length = nodes[opener]!.text === "" ? found : found + 1;
  }
}

/** The same mark; and not three marks against one or two, which CommonMark reads otherwise. */
function pairs(opener: Node, closer: Node): boolean {
  if (opener.text[0] !== closer.text[0]) return false;
  const isEither = opener.run!.closes || closer.run!.opens;
  const sum = opener.text.length + closer.text.length;
  return !isEither || sum % 3 !== 0 || opener.text.length % 3 === 0;
}

function closePair(nodes: Node[], opener: number, closer: number): void {
  const [open, close] = [nodes[opener]!, nodes[closer]!];
  const length = open.text.length >= 2 && close.text.length >= 2 ? 2 : 1;
  const style = open.text[0] === "~" ? STYLE.struck : length === 2 ? STYLE.strong : STYLE.emphasis;
  for (let i = opener + 1; i < closer; i++) nodes[i]!.style |= style;
  open.text = open.text.slice(length);
  close.text = close.text.slice(length);
}
