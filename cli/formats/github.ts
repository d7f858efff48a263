import { isAdvice, type Issue, type Severity } from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import { sanitize } from "../sanitize.ts";
import { placeInFile } from "./place_in_file.ts";

const COMMANDS: Record<Severity, string> = {
  critical: "error",
  major: "error",
  minor: "warning",
  info: "notice",
};

/** One GitHub Actions workflow command per issue: annotations at the lines of a pull request. */
export function renderGithub(path: string, review: FileReview): string {
  const { issues, model_notes: notes = [] } = review;
  return [
    ...issues.map((issue) => annotation(path, issue)),
    ...notes.map((note) => `::notice file=${fileOf(path)}::${escapeData(note)}`),
  ].map((line) => `${line}\n`).join("");
}

function fileOf(path: string): string {
  return escapeProperty(path.replaceAll("\\", "/"));
}

function annotation(path: string, issue: Issue): string {
  const { line, endLine, column, endColumn } = placeInFile(issue);
  const properties = {
    file: path.replaceAll("\\", "/"),
    line,
    endLine,
    // GitHub takes columns only for a span of one line, and inclusive.
    ...column !== undefined && line === endLine &&
      { col: column, endColumn: Math.max(column, endColumn! - 1) },
    title: titleOf(issue),
  };
  const list = Object.entries(properties)
    .map(([name, value]) => `${name}=${escapeProperty(`${value}`)}`).join(",");
  const message = issue.suggestion ? `${issue.message}\n${issue.suggestion}` : issue.message;
  return `::${commandFor(issue)} ${list}::${escapeData(message)}`;
}

/** What a model found is advice, however severe it were. */
function commandFor(issue: Issue): string {
  return isAdvice(issue) ? "notice" : COMMANDS[issue.severity];
}

function titleOf({ rule, severity, confidence }: Issue): string {
  return `${rule} (${severity}${confidence === undefined ? "" : `, confidence ${confidence}`})`;
}

function escapeData(text: string): string {
  return sanitize(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
