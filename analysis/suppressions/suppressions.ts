import { excerptsOf, lineKey } from "../text/excerpts.ts";
import { type IgnoreComment, ignoreCommentsIn, TOP_LINES } from "./ignore_comments.ts";
import type { Inspection } from "../inspection.ts";
import { isBroken, type Issue } from "../issue.ts";
import type { LanguageId } from "../languages.ts";
import { covers } from "../rules/selectors.ts";
import { unusedIgnore } from "./unused_ignore.ts";

/** A text with comments: a file, or a cell of a notebook. */
export interface CommentedText {
  text: string;
  language: LanguageId;
  /** Which cell, from 1. */
  cell?: number;
}

export interface SuppressOptions {
  /** Whether a rule is looked for at all: what is not cannot be told to be unused. @default all are */
  isChecked?(selector: string): boolean;
}

/**
 * Takes out the issues that comments in the text silence: `devmcp: ignore[rule]` those that begin or
 * end on its line, or, where it stands alone, on the next line of code; `devmcp: ignore-file[rule]`
 * near the top, of a notebook in the first cell, those of the whole file. An ignore that silences
 * nothing is an issue itself.
 *
 * That a file cannot be parsed only `ignore-file` silences, that an engine failed nothing.
 */
export function suppress(
  inspection: Inspection,
  texts: readonly CommentedText[],
  { isChecked = () => true }: SuppressOptions = {},
): Inspection {
  const comments = texts.flatMap(({ text, language, cell }, index) =>
    ignoreCommentsIn(text, language).map((comment): Placed => ({
      ...comment,
      cell,
      counts: comment.target !== "file" || index === 0 && comment.start.line <= TOP_LINES,
    }))
  );
  if (comments.length === 0) return inspection;
  const ignores = createIgnores(comments);
  const { told, silenced } = ignores.part(inspection.issues);
  const unused = inspection.issues.some(isBroken) ? [] : ignores.unused(isChecked);
  const rest = ignores.part(unused);
  const suppressed = [...inspection.suppressed ?? [], ...silenced, ...rest.silenced];
  return {
    ...inspection,
    issues: [...told, ...rest.told].sort(compareByPlace),
    ...suppressed.length > 0 && { suppressed, isAssured: false },
    excerpts: { ...inspection.excerpts, ...excerptsIn(texts, rest.told) },
  };
}

/** An ignore, and where it stands. */
interface Placed extends IgnoreComment {
  cell?: number;
  /** False for one of the whole file that does not stand near its top. */
  counts: boolean;
}

function createIgnores(comments: Placed[]) {
  const valid = comments.filter(({ counts }) => counts);
  const wide = valid.filter(({ target }) => target === "file");
  const byLine = Map.groupBy(
    valid.filter(({ target }) => target !== "file"),
    ({ target, cell }) => lineKey(target as number, cell),
  );
  const used = new Map<IgnoreComment, Set<string>>();
  const find = (issue: Issue) => {
    const last = issue.end.column <= 1 ? issue.end.line - 1 : issue.end.line;
    const here = [issue.line, last].flatMap((line) => byLine.get(lineKey(line, issue.cell)) ?? []);
    for (const comment of [...isBroken(issue) ? [] : here, ...wide]) {
      const rule = comment.rules.find((rule) => silences(rule, issue));
      if (rule === undefined) continue;
      used.set(comment, (used.get(comment) ?? new Set()).add(rule));
      return comment;
    }
  };
  return {
    part(issues: Issue[]): { told: Issue[]; silenced: Issue[] } {
      const told: Issue[] = [], silenced: Issue[] = [];
      for (const issue of issues) {
        const comment = find(issue);
        if (!comment) told.push(issue);
        else silenced.push({ ...issue, suppressed: { by: "comment", reason: comment.reason } });
      }
      return { told, silenced };
    },
    /** Issues about the ignores that silenced nothing so far. */
    unused: (isChecked: (selector: string) => boolean): Issue[] =>
      comments.flatMap((comment) =>
        unusedIgnore(comment, used.get(comment), isChecked)
          .map((issue) => ({ ...issue, ...comment.cell !== undefined && { cell: comment.cell } }))
      ),
  };
}

function excerptsIn(texts: readonly CommentedText[], issues: Issue[]): Inspection["excerpts"] {
  return Object.fromEntries(
    texts.flatMap(({ text, cell }) =>
      Object.entries(excerptsOf(issues.filter((issue) => issue.cell === cell), text))
        .map(([line, content]) => [lineKey(Number(line), cell), content])
    ),
  );
}

function compareByPlace(a: Issue, b: Issue): number {
  return (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line || a.column - b.column;
}

/** That an engine failed cannot be silenced; that a file does not parse, only by that very name. */
function silences(selector: string, { rule }: Issue): boolean {
  if (isBroken({ rule })) return rule === "syntax-error" && selector === rule;
  return stands(selector, rule);
}

/** A rule's own name, its beginning as Ruff counts it (`F`, `E7`), or whole parts of its path. */
function stands(selector: string, rule: string): boolean {
  return selector === rule || rule.startsWith(`${selector}/`) || rule.endsWith(`/${selector}`) ||
    /^[A-Z]+\d*$/.test(selector) && covers(selector, rule);
}
