import { pathBeneath } from "./file_patterns.ts";
import { fitsInOrder } from "./fits_in_order.ts";
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
      const fits = (part: Glob | undefined, at: number) => part!.matches(names[at]!);
      const last = parsed.findLast(({ parts }) =>
        fitsInOrder(parts, names.length, isFolders, fits)
      );
      return last !== undefined && !last.isNegated;
    },
  };
}

function isFolders(part: Glob | undefined): boolean {
  return part === undefined;
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
