import type { SyntaxTree } from "../syntax/syntax.ts";
import { Role, type Roles } from "./roles.ts";
import { roleOf, type TreeView } from "./tree_view.ts";

/** Macros in macros are opened so deep. */
const MAX_DEPTH = 4;

/** Only these hold functions; what else they hold stays what it is. */
const FUNCTION = /\bfn\s+\w+/;

/**
 * The tree of a text with what stands inside of macros: `cfg_test! { fn a() {} }` has one function.
 * Macros whose insides are not of the language by themselves stay closed.
 *
 * @param parse gives the tree of a text; with a second one, as it would be with that in place of it
 */
export function openMacros(
  parse: (text: string, parsed?: string) => SyntaxTree,
  roles: Roles,
  text: string,
): SyntaxTree {
  let tree = parse(text), parsed = text;
  for (let depth = 0; depth < MAX_DEPTH && FUNCTION.test(text); depth++) {
    const opened = macrosIn({ tree, roles })
      .filter(({ start, end }) => parse(parsed.slice(start + 1, end - 1)).errors.length === 0)
      .reduce(blank, parsed);
    if (opened === parsed) break;
    tree = parse(text, parsed = opened);
  }
  return tree;
}

interface Macro {
  /** Where its name is. */
  name: number;
  /** Of its braces. */
  start: number;
  end: number;
}

/** Those with braces and functions. */
function macrosIn(view: TreeView): Macro[] {
  const { tree } = view;
  const found: Macro[] = [];
  for (let node = 1; node < tree.size; node++) {
    if (!(roleOf(view, node) & Role.macro)) continue;
    const end = tree.end[node]!;
    const start = tree.text.indexOf("{", tree.start[node]);
    if (start < 0 || start > end || tree.text[end - 1] !== "}") continue;
    if (!FUNCTION.test(tree.text.slice(start, end))) continue;
    found.push({ name: tree.start[node]!, start, end });
    node = tree.next[node]! - 1;
  }
  return found;
}

/** Spaces for the name and the braces: all else stays where it is. */
function blank(text: string, { name, start, end }: Macro): string {
  const head = text.slice(name, start + 1).replace(/[^\r\n]/g, " ");
  return `${text.slice(0, name)}${head}${text.slice(start + 1, end - 1)} ${text.slice(end)}`;
}
