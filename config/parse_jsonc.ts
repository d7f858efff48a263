import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** More of a configuration than anybody nests; the parser is recursive. */
const MAX_DEPTH = 200;

/**
 * The tree of a JSON text that may have comments and trailing commas, as editors write their settings.
 *
 * @returns the root, an object; or what is wrong, as the end of a sentence
 */
export function parseJsonc(text: string): Node | string {
  if (isDeep(text)) return `it nests deeper than ${MAX_DEPTH} levels`;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) return `it is no JSON: ${wordsOf(first)} in line ${lineOf(text, first.offset)}`;
  return root?.type === "object" ? root : "it is no JSON object";
}

/** The property of that name. @returns what is wrong when there are two, of which clients take either */
export function propertyOf(object: Node, name: string): Node | string | undefined {
  const found = (object.children ?? []).filter(({ children }) => children?.[0]?.value === name);
  return found.length > 1 ? `it has ${JSON.stringify(name)} twice` : found[0];
}

function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Brackets in strings count too: it only has to be safe. */
function isDeep(text: string): boolean {
  let depth = 0, deepest = 0;
  for (const [bracket] of text.matchAll(/[[{}\]]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest > MAX_DEPTH;
}
