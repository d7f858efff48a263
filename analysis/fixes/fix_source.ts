import { isOnChangedLine } from "../changed_lines.ts";
import type { SourceText } from "../engine.ts";
import type { Engines } from "../engines.ts";
import { createFixing, type FixedRule, type FixedText } from "./fix_passes.ts";
import { inspect, type InspectionSettings } from "../inspect.ts";
import type { FileChange, Inspection } from "../inspection.ts";
import type { Issue } from "../issue.ts";
import { movedLines } from "./moved_lines.ts";

export interface FixSourceOptions {
  /** The issues that count, of all that were found. */
  chosen(issues: Issue[]): Issue[];
  /** Whether also fixes are applied that may change what a program does. @default false */
  unsafe?: boolean;
  /** Fingerprints of issues that are left as they are. @default [] */
  known?: readonly string[];
  /** Only issues on these lines are mended. @default all */
  change?: FileChange;
}

export interface FixedSource {
  text: string;
  /** Of this text. */
  inspection: Inspection;
  fixed: FixedRule[];
  /** Sentences about fixes that were not applied. */
  notes: string[];
  /** The known issues and changed lines as they are in this text. */
  known: readonly string[];
  change?: FileChange;
}

/** Applies the fixes of a file's issues until nothing changes, in any language; see {@link createFixing}. */
export async function fixSource(
  engines: Engines,
  source: SourceText,
  settings: InspectionSettings,
  { chosen, unsafe = false, known = [], change }: FixSourceOptions,
): Promise<FixedSource> {
  let last: { text: string; inspection: Inspection } | undefined;
  const look = async (text: string) => {
    if (last?.text !== text) {
      last = { text, inspection: await inspect(engines, { ...source, text }, settings) };
    }
    return last.inspection;
  };
  const scope = createScope(known, change);
  const fixing = createFixing(source.text, {
    choose: (issues, text) =>
      chosen(scope.within(issues, text)).filter(({ fix }) => fix && (fix.safe || unsafe)),
    ...source.language === "notebook" && { mend: await mendCells() },
  });
  let step = fixing.next();
  while (!step.done) step = fixing.next((await look(step.value)).issues);
  const { text, applied } = step.value, inspection = await look(text);
  scope.within(inspection.issues, text);
  return { text, inspection, fixed: applied, notes: notesOn(step.value), ...scope.now() };
}

async function mendCells() {
  return (await import("../notebook/mend_notebook.ts")).mendNotebook;
}

/** What may be mended: it follows lines and known issues from one text to the next. */
function createScope(known: readonly string[], change: FileChange | undefined) {
  const prints = new Set(known);
  let before: { text: string; known: Issue[] } | undefined;
  const follow = (issues: Issue[], text: string) => {
    if (!before || before.text === text) return;
    const move = movedLines(before.text, text);
    for (const old of before.known) {
      const line = old.fileLine ?? old.line, now = move({ first: line, last: line });
      const same = issues.find((issue) => issue.rule === old.rule && isIn(issue, now));
      if (same?.fingerprint !== undefined) prints.add(same.fingerprint);
    }
    if (change) change = { ...change, lines: change.lines.flatMap((line) => move(line) ?? []) };
  };
  const isKnown = ({ fingerprint }: Issue) => fingerprint !== undefined && prints.has(fingerprint);
  return {
    within(issues: Issue[], text: string): Issue[] {
      follow(issues, text);
      before = { text, known: issues.filter(isKnown) };
      return issues.filter((issue) =>
        !isKnown(issue) && (!change || isOnChangedLine(issue, change))
      );
    },
    now: () => ({ known: [...prints], change }),
  };
}

function isIn(
  { line, fileLine = line }: Issue,
  range: { first: number; last: number } | undefined,
): boolean {
  return range !== undefined && range.first <= fileLine && fileLine <= range.last;
}

function notesOn({ dropped, undoing, unfinished }: FixedText): string[] {
  return [
    ...dropped.map(({ rule, line, cell }) => {
      const where = cell === undefined ? `line ${line}` : `cell ${cell}, line ${line}`;
      return `the fix of ${rule} on ${where} is left out: with it the file cannot be parsed`;
    }),
    ...undoing.length > 0 ? [`fixes undo each other, and were stopped: ${undoing.join(", ")}`] : [],
    ...unfinished ? ["there is more to fix: run it again"] : [],
  ];
}
