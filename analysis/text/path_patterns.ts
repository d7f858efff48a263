import { pathBeneath } from "./file_patterns.ts";
import { compileGlob, type Glob } from "./glob.ts";

/** Patterns of paths from a folder, in which `*` stays within a name and `**` stands for folders. */
export interface PathPatterns {
  /** Whether a path, from where relative ones start, is meant: the last pattern that fits decides. */
  match(path: string): boolean;
}

const MAX_PATTERNS = 1000;
/** Folders that a pattern may name. */
const MAX_PARTS = 64;

interface Pattern {
  isNegated: boolean;
  /** Undefined for `**`. */
  parts: (Glob | undefined)[];
}

/**
 * Reads patterns such as `docs/**` or `!*.md`. Matching takes time proportional to pattern times path.
 *
 * @param places the folder they start from, and that where relative paths start, both absolute
 */
export function createPathPatterns(
  { root, cwd }: { root?: string; cwd?: string },
  patterns: readonly string[],
): PathPatterns {
  const parsed = patterns.slice(0, MAX_PATTERNS).map(parse);
  return {
    match: (path) => {
      if (parsed.length === 0) return false;
      const names = pathBeneath({ root: root ?? null, cwd: cwd ?? null }, path).split("/");
      const last = parsed.findLast(({ parts }) => fits(parts, names));
      return last !== undefined && !last.isNegated;
    },
  };
}

function parse(pattern: string): Pattern {
  const isNegated = pattern.startsWith("!");
  const path = pattern.slice(isNegated ? 1 : 0).replace(/^(?:\.?\/)+/, "");
  const parts = splitOutsideBraces(path).slice(0, MAX_PARTS)
    .map((part) => part === "**" ? undefined : compileGlob(part));
  return { isNegated, parts };
}

/** A slash in braces would part what belongs together: such alternatives are left whole. */
function splitOutsideBraces(path: string): string[] {
  return path.match(/(?:\{[^{}]*\}|[^/])+/g) ?? [];
}

/** Greedy with one point to come back to, the last `**`. */
function fits(parts: (Glob | undefined)[], names: readonly string[]): boolean {
  let part = 0, at = 0, run = -1, resume = 0;
  while (at < names.length) {
    if (part < parts.length && parts[part] === undefined) [run, resume] = [part++, at];
    else if (part < parts.length && parts[part]!.matches(names[at]!)) part++, at++;
    else if (run < 0) return false;
    else [part, at] = [run + 1, ++resume];
  }
  while (part < parts.length && parts[part] === undefined) part++;
  return part === parts.length;
}
