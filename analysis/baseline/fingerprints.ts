import { hashOf } from "../../config/hash_of.ts";
import { lineKey } from "../text/excerpts.ts";
import type { Inspection } from "../inspection.ts";
import type { Issue } from "../issue.ts";

/** Gives a line's text by its 1-based number; of a notebook, of one of its cells. */
export type LineText = (line: number, cell?: number) => string | undefined;

/** Of a longer issue the first lines tell: what is changed deep inside it does not make it another. */
const MOST_LINES = 3;

/**
 * The issues with what tells each from all others of its file: a hash of its rule and of the text it
 * lies on, without white space, and a number for those that have the same, in the order of the text.
 * So it stays when other lines come or go, when code is indented anew and when the file is renamed.
 * Of an issue about the whole file the text does not count.
 */
export function withFingerprints(issues: readonly Issue[], lineText: LineText): Issue[] {
  const seen = new Map<string, number>();
  const numbered = new Map<Issue, string>();
  for (const issue of [...issues].sort(compareByPlace)) {
    const hash = hashIssue(issue, lineText);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    numbered.set(issue, `${hash}:${count}`);
  }
  return issues.map((issue) => ({ ...issue, fingerprint: numbered.get(issue) }));
}

/** The inspection, its issues with fingerprints; the first lines of each are among its excerpts. */
export function fingerprinted(inspection: Inspection): Inspection {
  const { issues, suppressed = [], excerpts } = inspection;
  const marked = withFingerprints(
    [...issues, ...suppressed],
    (line, cell) => excerpts[lineKey(line, cell)],
  );
  return {
    ...inspection,
    issues: marked.slice(0, issues.length),
    ...suppressed.length > 0 && { suppressed: marked.slice(issues.length) },
  };
}

function hashIssue({ rule, wholeFile, line, end, cell }: Issue, lineText: LineText): string {
  const last = end.column <= 1 ? end.line - 1 : end.line;
  const count = wholeFile ? 0 : Math.min(MOST_LINES, Math.max(1, last - line + 1));
  const lines = Array.from({ length: count }, (_, n) => lineText(line + n, cell) ?? "");
  return hashOf(`${rule}\0${lines.join("\n").replace(/\s+/g, "")}`).slice(0, 16);
}

function compareByPlace(a: Issue, b: Issue): number {
  return (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line || a.column - b.column ||
    a.end.line - b.end.line || a.end.column - b.end.column ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}
