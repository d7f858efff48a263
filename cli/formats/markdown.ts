import { isAdvice, type Issue, SEVERITIES } from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import { countAll, type ReviewSummary } from "../review_summary.ts";
import { countOf, grouped } from "../style.ts";
import { escapeMarkdown, markdownCode } from "./markdown_escape.ts";
import type { Renderer } from "./renderer.ts";

/** GitHub takes comments of 65,536 characters; this leaves room for the summary. */
const MOST_CHARACTERS = 60_000;
/** Of one file: the others have to find room too. */
const MOST_PER_FILE = 50;
const MOST_MESSAGE = 300;
const MOST_PATH = 300;

/**
 * Reviews as the text of a pull request's comment: a summary, then the findings of each file, folded.
 * All is kept until the end, where the summary is known; so it is bounded.
 */
export function createMarkdown(): Renderer {
  const sections: string[] = [];
  let room = MOST_CHARACTERS;
  let left = { files: 0, findings: 0 };
  const add = (section: string, findings: number) => {
    if (section.length > room || left.files > 0) {
      left = { files: left.files + 1, findings: left.findings + findings };
    } else {
      room -= section.length;
      sections.push(section);
    }
  };
  return {
    file(path: string, { issues, issues_omitted: omitted }: FileReview): string {
      const all = issues.length + omitted;
      if (all > 0) add(toSection(path, issues, all), all);
      return "";
    },
    problem(path: string, message: string): void {
      add(`**${markdownCode(cut(path, MOST_PATH))}**: ${escapeMarkdown(cut(message))}\n`, 0);
    },
    footer: (summary: ReviewSummary): string =>
      [renderSummary(summary), ...sections, ...left.files > 0 ? [renderLeft(left)] : []].join("\n"),
  };
}

function renderSummary({ files, files_with_issues: touched, issues, ...rest }: ReviewSummary) {
  const all = countAll(issues);
  const title = `### devmcp review: ${all === 0 ? "no findings" : countOf(all, "finding")} in ` +
    `${countOf(all === 0 ? files : touched, "file")}\n`;
  const score = rest.overall_score === null ? "" : ` | ${rest.overall_score}/100`;
  const head = [...SEVERITIES, ...score ? ["score"] : []];
  const counts = SEVERITIES.map((severity) => grouped(issues[severity]));
  return `${title}\n| ${head.join(" | ")} |\n|${" ---: |".repeat(head.length)}\n` +
    `| ${counts.join(" | ")}${score} |\n`;
}

function toSection(path: string, issues: Issue[], all: number): string {
  const rows = issues.slice(0, MOST_PER_FILE).map(toRow);
  const more = all - rows.length;
  return `<details><summary>${markdownCode(cut(path, MOST_PATH))}: ${countOf(all, "finding")}` +
    `</summary>\n\n| line | severity | rule | message |\n| ---: | --- | --- | --- |\n` +
    rows.join("") + (more > 0 ? `\nand ${grouped(more)} more\n` : "") + "\n</details>\n";
}

function toRow(issue: Issue): string {
  const { line, severity, rule, message, suggestion, cell, fix } = issue;
  const told = [message, suggestion].filter((part) => part !== undefined).join(" ");
  const place = cell === undefined ? `${line}` : `cell ${cell}, ${line}`;
  const notes = (isAdvice(issue) ? " (a model's)" : "") + (fix?.safe ? " (safe fix)" : "");
  return `| ${place} | ${severity} | ${markdownCode(rule)} | ${
    escapeMarkdown(cut(told))
  }${notes} |\n`;
}

function renderLeft({ files, findings }: { files: number; findings: number }): string {
  return `Not shown: ${countOf(findings, "finding")} in ${countOf(files, "more file")}.\n`;
}

function cut(text: string, most = MOST_MESSAGE): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;
}
