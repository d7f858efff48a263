import { type Category, type Issue, SEVERITIES, type Severity } from "../../../analysis/issue.ts";
import { languageOfName, LANGUAGES } from "../../../analysis/languages.ts";
import type { FileReview } from "../../../analysis/review.ts";
import { createWorst } from "./worst.ts";

/** A file with findings, as the table shows it. */
export interface FileRow {
  /** Of its findings in the page. */
  id: string;
  path: string;
  language: string;
  counts: Record<Severity, number>;
  lines: number;
  score: number;
}

export interface RuleRow {
  rule: string;
  /** Of the worst finding. */
  severity: Severity;
  category: Category;
  count: number;
  /** Findings that a safe fix mends. */
  fixable: number;
}

/** How many files of a language there are, and how many findings in them. */
export interface LanguageRow {
  language: string;
  files: number;
  count: number;
}

/** What the page counts; the number of files is bounded by {@link MOST_FILES}, that of the rest by itself. */
export interface ReportTally {
  add(row: FileRow, review: FileReview): void;
  /** Those with the worst findings, in their order. */
  files(): FileRow[];
  /** The most frequent first. */
  rules(): RuleRow[];
  languages(): LanguageRow[];
  categories(): { category: Category; count: number }[];
  models(): string[];
}

/** More rows than this make a page slow. */
const MOST_FILES = 2000;

export function createReportTally(): ReportTally {
  const files = createWorst<FileRow>(MOST_FILES);
  const rules = new Map<string, RuleRow>();
  const languages = new Map<string, LanguageRow>();
  const categories = new Map<Category, number>();
  const models = new Set<string>();
  return {
    add(row, { issues, issues_omitted: omitted, model }) {
      if (model !== undefined) models.add(model);
      countFile(languages, row.language, issues.length + omitted);
      if (issues.length + omitted > 0) files.add(badnessOf(row.counts), () => row);
      for (const issue of issues) {
        countRule(rules, issue);
        categories.set(issue.category, (categories.get(issue.category) ?? 0) + 1);
      }
    },
    files: () => files.kept(),
    rules: () => mostFirst([...rules.values()], ({ rule }) => rule),
    languages: () => mostFirst([...languages.values()], ({ language }) => language),
    categories: () => {
      const all = [...categories].map(([category, count]) => ({ category, count }));
      return mostFirst(all, ({ category }) => category);
    },
    models: () => [...models].sort(),
  };
}

/** The language that a file's name tells. */
export function languageTitle(path: string): string {
  const id = languageOfName(path);
  return id ? LANGUAGES[id].title : "Other";
}

/** One that is more severe weighs more than any number of the others. */
function badnessOf(counts: Record<Severity, number>): number {
  return SEVERITIES.reduce((sum, severity) => sum * 1e4 + Math.min(counts[severity], 9999), 1);
}

function countFile(languages: Map<string, LanguageRow>, language: string, count: number): void {
  const row = languages.get(language) ?? { language, files: 0, count: 0 };
  languages.set(language, { language, files: row.files + 1, count: row.count + count });
}

function countRule(rules: Map<string, RuleRow>, { rule, severity, category, fix }: Issue): void {
  const row = rules.get(rule) ?? { rule, severity, category, count: 0, fixable: 0 };
  row.count++;
  if (SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(row.severity)) row.severity = severity;
  row.fixable += fix?.safe ? 1 : 0;
  rules.set(rule, row);
}

function mostFirst<T extends { count: number }>(rows: T[], nameOf: (row: T) => string): T[] {
  return rows.sort((a, b) => b.count - a.count || (nameOf(a) < nameOf(b) ? -1 : 1));
}
