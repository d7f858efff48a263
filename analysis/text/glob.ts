import { fitsInOrder } from "./fits_in_order.ts";

/**
 * Globs as Ruff's configuration has them: `*` and `?` also match `/`, `**` whole folders, `[…]` one
 * character of a set, `{a,b}` alternatives. Matching takes time proportional to pattern times path,
 * whatever the pattern: configuration files come from strangers.
 */
export interface Glob {
  matches(path: string): boolean;
}

/** Alternatives of one pattern at most; the rest is taken literally. */
const MAX_ALTERNATIVES = 256;
const MAX_LENGTH = 4096;

/** One place of a pattern: a character, any character, any run of them, or a set. */
type Part = string | typeof ANY | typeof RUN | { negated: boolean; ranges: [string, string][] };
const ANY = Symbol("?"), RUN = Symbol("*");

const isRun = (part: Part) => part === RUN;

export function compileGlob(pattern: string): Glob {
  if (!/[*?[{\\]/.test(pattern)) return { matches: (path) => path === pattern };
  const sources = expandBraces(pattern.slice(0, MAX_LENGTH)).flatMap(expandFolders);
  const alternatives = [...new Set(sources)].slice(0, MAX_ALTERNATIVES).map(parseParts);
  return {
    matches: (path) => {
      const short = path.slice(0, MAX_LENGTH);
      const characters = /[\ud800-\udfff]/.test(short) ? Array.from(short) : short;
      const fits = (part: Part, at: number) => matchesOne(part, characters[at]!);
      return alternatives.some((parts) => fitsInOrder(parts, characters.length, isRun, fits));
    },
  };
}

/** `a{b,c}d` is `abd` and `acd`, the innermost braces first; braces without a partner stay. */
function expandBraces(pattern: string): string[] {
  const done: string[] = [];
  let open = [pattern];
  while (open.length > 0 && open.length + done.length < MAX_ALTERNATIVES) {
    const next: string[] = [];
    for (const source of open) {
      const braces = /(?<!\\)\{([^{}]*)\}/.exec(source);
      if (!braces) done.push(source);
      else {
        const before = source.slice(0, braces.index);
        const after = source.slice(braces.index + braces[0].length);
        next.push(...braces[1]!.split(",").map((word) => before + word + after));
      }
    }
    open = next.slice(0, MAX_ALTERNATIVES);
  }
  return [...done, ...open];
}

/** Each `**` in a folder's place also stands for no folder at all. */
function expandFolders(pattern: string): string[] {
  let sources = [pattern];
  for (let pass = 0; pass < 6; pass++) {
    sources = sources.flatMap((source) => {
      const folders = /(^|\/)\*\*\//.exec(source);
      if (!folders) return [source];
      const before = source.slice(0, folders.index) + folders[1];
      const after = source.slice(folders.index + folders[0].length);
      return [before + after, `${before}*/${after}`];
    });
  }
  return sources;
}

function parseParts(pattern: string): Part[] {
  const tokens = pattern.match(/\\.|\[[!^]?\]?[^\]]*\]|[^]/gu) ?? [];
  const parts: Part[] = tokens.map(parsePart);
  return parts.filter((part, index) => part !== RUN || parts[index - 1] !== RUN);
}

function parsePart(token: string): Part {
  if (token === "*") return RUN;
  if (token === "?") return ANY;
  if (token.length > 1 && token.startsWith("[")) return parseSet(token.slice(1, -1));
  return token.length > 1 && token.startsWith("\\") ? token.slice(1) : token;
}

function parseSet(inside: string): Part {
  const negated = /^[!^]/.test(inside);
  const ranges = Array.from((negated ? inside.slice(1) : inside).matchAll(/([^])-([^])|([^])/gu))
    .map(([, from, to, one]): [string, string] => [from ?? one!, to ?? one!]);
  return { negated, ranges };
}

function matchesOne(part: Part, character: string): boolean {
  if (typeof part === "string") return part === character;
  if (typeof part === "symbol") return part === ANY;
  const inside = part.ranges.some(([from, to]) => from <= character && character <= to);
  return inside !== part.negated;
}
