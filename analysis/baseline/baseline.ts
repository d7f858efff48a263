import { isBroken, type Issue } from "../issue.ts";

/** A finding that is known and need not be told again. */
export interface KnownFinding {
  /** From the baseline's folder, with `/`. */
  path: string;
  rule: string;
  fingerprint: string;
}

/** What a file was found to have: all, whatever is shown of it. */
export interface FileFindings {
  findings: Pick<KnownFinding, "rule" | "fingerprint">[];
  /** It does not parse, or an engine failed: what else it has is not known. */
  isBroken: boolean;
}

/** What a review makes of a baseline. */
export interface BaselineRun {
  /** The fingerprints that count as known in a file. */
  knownIn(path: string): string[];
  /**
   * Notes what a file has, and which of the `known` it was reviewed with it has used.
   *
   * @returns false when another file has moved in on one of them meanwhile: review it again with
   * what is known now
   */
  settle(path: string, found: FileFindings, known: readonly string[]): boolean;
  /** How many of the findings looked for are no more. */
  mended(): number;
  /** The baseline as it is to be from now on, sorted. */
  renewed(): KnownFinding[];
}

export interface BaselineOptions {
  /** Files of the baseline that are no more. */
  vanished: ReadonlySet<string>;
  /** Whether the findings of such a file can be dropped: the review would have met it. */
  covers(path: string): boolean;
  /** Whether a rule was looked for. */
  isChecked(rule: string): boolean;
}

/** More findings than these of files that are no more are not offered to others: it would take long. */
const MOST_HOMELESS = 1000;

/**
 * Tells what is known. A file that the baseline does not name takes over the findings of files that
 * are no more, each of them once: so a file that was renamed, moved or parted stays quiet.
 */
export function createBaselineRun(
  findings: readonly KnownFinding[],
  { vanished, covers, isChecked }: BaselineOptions,
): BaselineRun {
  const byPath = Map.groupBy(findings, ({ path }) => path);
  const homeless = Map.groupBy(
    findings.filter(({ path }) => vanished.has(path)),
    ({ fingerprint }) => fingerprint,
  );
  const isOffered = findings.filter(({ path }) => vanished.has(path)).length <= MOST_HOMELESS;
  const met = new Map<string, FileFindings>();
  const left = () => [...homeless].flatMap(([print, known]) => known.length > 0 ? [print] : []);
  const isGone = ({ path, rule, fingerprint }: KnownFinding) => {
    if (!isChecked(rule)) return false;
    if (vanished.has(path)) return covers(path);
    const now = met.get(path);
    return now !== undefined && !now.isBroken &&
      now.findings.every((found) => found.fingerprint !== fingerprint);
  };
  const isTaken = (finding: KnownFinding) =>
    vanished.has(finding.path) && !homeless.get(finding.fingerprint)?.includes(finding);
  return {
    knownIn(path) {
      const own = byPath.get(path);
      if (own) return own.map(({ fingerprint }) => fingerprint);
      return isOffered ? left() : [];
    },
    settle(path, found, known) {
      const offered = new Set(known);
      const used = byPath.has(path)
        ? []
        : found.findings.filter(({ fingerprint }) => offered.has(fingerprint));
      if (used.some(({ fingerprint }) => !homeless.get(fingerprint)?.length)) return false;
      for (const { fingerprint } of used) homeless.get(fingerprint)!.shift();
      met.set(path, found);
      return true;
    },
    mended: () => findings.filter((known) => !isTaken(known) && isGone(known)).length,
    renewed() {
      const kept = findings.filter((known) => !isTaken(known) && !isGone(known));
      const now = [...met].flatMap(([path, found]) =>
        found.findings.filter(({ rule }) => isChecked(rule))
          .map(({ rule, fingerprint }) => ({ path, rule, fingerprint }))
      );
      return withoutRepeats([...kept, ...now].sort(compareFindings));
    },
  };
}

/** What a baseline is told of a file: that an engine failed is never old news, advice never settled. */
export function fileFindings(issues: readonly Issue[]): FileFindings {
  const findings = issues
    .filter(({ rule, source }) => rule !== "analysis-failed" && source !== "model")
    .flatMap(({ rule, fingerprint }) => fingerprint === undefined ? [] : [{ rule, fingerprint }]);
  return { findings, isBroken: issues.some(isBroken) };
}

function withoutRepeats(sorted: KnownFinding[]): KnownFinding[] {
  return sorted.filter((finding, index) => {
    const before = sorted[index - 1];
    return !before || compareFindings(before, finding) !== 0;
  });
}

function compareFindings(a: KnownFinding, b: KnownFinding): number {
  return compare(a.path, b.path) || compare(a.rule, b.rule) ||
    compare(a.fingerprint, b.fingerprint);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
