import type { SyntaxTree } from "../syntax/syntax.ts";
import { Role, type Roles } from "./roles.ts";
import { roleOf, type TreeView } from "./tree_view.ts";

/** Macros in macros are opened so deep. */
const MAX_DEPTH = 4;

/** Only these hold functions; what else they hold stays what it is. */
const FUNCTION = /\bfn\s+[\w$]+/;

type Parse = (text: string, parsed?: string) => SyntaxTree;

/**
 * The tree of a text with what stands inside of macros, and of what defines them: of
 * `cfg_test! { fn a() {} }` with one function. What is not of the language by itself stays closed.
 *
 * @param parse gives the tree of a text; with a second one, as it would be with that in place of it
 */
export function openMacros(parse: Parse, roles: Roles, text: string): SyntaxTree {
  let tree = parse(text), parsed = text;
  for (let depth = 0; depth < MAX_DEPTH && FUNCTION.test(text); depth++) {
    const opened = macrosIn({ tree, roles }).reduce((all, one) => open(parse, all, one), parsed);
    if (opened === parsed) break;
    tree = parse(text, parsed = opened);
  }
  return tree;
}

/** Offsets. */
interface Range {
  start: number;
  end: number;
}

interface Macro extends Range {
  /** Braces and what is in them. */
  blocks: Range[];
}

/** Those with functions in braces. */
function macrosIn(view: TreeView): Macro[] {
  const { tree } = view;
  const found: Macro[] = [];
  for (let node = 1; node < tree.size; node++) {
    if (!(roleOf(view, node) & Role.macro)) continue;
    const blocks = blocksIn(view, node).filter(({ start, end }) =>
      tree.text[start] === "{" && FUNCTION.test(tree.text.slice(start, end))
    );
    if (blocks.length > 0) found.push({ start: tree.start[node]!, end: tree.end[node]!, blocks });
    node = tree.next[node]! - 1;
  }
  return found;
}

/** The last thing of a call, or of each rule of a definition. */
function blocksIn({ tree, roles }: TreeView, macro: number): Range[] {
  const blocks: Range[] = [];
  for (let node = macro + 1; node < tree.next[macro]!; node = tree.next[node]!) {
    const isRule = tree.kind[node] !== tree.kind[macro] && hasField(tree, node, roles.fields.right);
    if (isRule) blocks.push(...blocksIn({ tree, roles }, node));
    else if (tree.next[node] === tree.next[macro]) {
      blocks.push({ start: tree.start[node]!, end: tree.end[node]! });
    }
  }
  return blocks;
}

function hasField(tree: SyntaxTree, node: number, field: number): boolean {
  for (let child = node + 1; child < tree.next[node]!; child = tree.next[child]!) {
    if (tree.field[child] === field) return true;
  }
  return false;
}

/** The text with spaces for all of a macro but what is in blocks that can be parsed. */
function open(parse: Parse, text: string, { start, end, blocks }: Macro): string {
  let opened = "", at = start;
  for (const block of blocks) {
    const inside = withNames(text.slice(block.start + 1, block.end - 1));
    if (parse(inside).errors.length > 0) continue;
    opened += blank(text.slice(at, block.start + 1)) + inside;
    at = block.end - 1;
  }
  return at === start ? text : text.slice(0, start) + opened + blank(text.slice(at, end)) +
    text.slice(end);
}

/** With names for what a macro fills in: `$a` is `_a`; what it repeats stands there once. */
function withNames(text: string): string {
  return text.replace(
    /\$\(([^()]*)\)[,;]?[*+?]/g,
    (all, inside) => `  ${inside}`.padEnd(all.length),
  )
    .replace(/\$(?=\w)/g, "_");
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
