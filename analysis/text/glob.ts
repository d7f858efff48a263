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

export function compileGlob(pattern: string): Glob {
  if (!/[*?[{\\]/.test(pattern)) return { matches: (path) => path === pattern };
  const sources = expandBraces(pattern.slice(0, MAX_LENGTH)).flatMap(expandFolders);
  const alternatives = [...new Set(sources)].slice(0, MAX_ALTERNATIVES).map(parseParts);
  return {
    matches: (path) => {
      const short = path.slice(0, MAX_LENGTH);
      const characters = /[\ud800-\udfff]/.test(short) ? Array.from(short) : short;
      return alternatives.some((parts) => matchParts(parts, characters));
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

/** Greedy with one point to come back to, the last run: never more than parts × characters steps. */
function matchParts(parts: Part[], characters: ArrayLike<string>): boolean {
  let part = 0, at = 0, run = -1, resume = 0;
  while (at < characters.length) {
    if (part < parts.length && parts[part] === RUN) [run, resume] = [part++, at];
    else if (part < parts.length && matchesOne(parts[part]!, characters[at]!)) part++, at++;
    else if (run < 0) return false;
    else [part, at] = [run + 1, ++resume];
  }
  while (parts[part] === RUN) part++;
  return part === parts.length;
}

function matchesOne(part: Part, character: string): boolean {
  if (typeof part === "string") return part === character;
  if (typeof part === "symbol") return part === ANY;
  const inside = part.ranges.some(([from, to]) => from <= character && character <= to);
  return inside !== part.negated;
}
