import { isAdvice, type Issue, type Severity } from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import { placeInFile } from "./place_in_file.ts";
import type { Renderer } from "./renderer.ts";
import { attributes } from "./xml.ts";

const SEVERITIES: Record<Severity, string> = {
  critical: "error",
  major: "error",
  minor: "warning",
  info: "info",
};

/** Reviews as Checkstyle's XML, which many CI services read: files with findings, and their findings. */
export function createCheckstyle(): Renderer {
  return {
    header: () => `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n`,
    file: (path: string, { issues }: FileReview): string =>
      issues.length === 0 ? "" : fileElement(path, issues.map(errorElement)),
    problem: (path: string, message: string): string => {
      const values = { line: 1, severity: "error", message, source: "devmcp.analysis-failed" };
      return fileElement(path, [`<error${attributes(values)}/>`]);
    },
    footer: () => "</checkstyle>\n",
  };
}

function fileElement(path: string, errors: string[]): string {
  return `<file${attributes({ name: path })}>\n${errors.join("\n")}\n</file>\n`;
}

function errorElement(issue: Issue): string {
  const { rule, severity, message, suggestion, cell } = issue;
  const { line, column } = placeInFile(issue);
  const told = suggestion ? `${message} (${suggestion})` : message;
  return `<error${
    attributes({
      line,
      column,
      severity: isAdvice(issue) ? "info" : SEVERITIES[severity],
      message: cell === undefined ? told : `cell ${cell}: ${told}`,
      source: `devmcp.${rule}`,
    })
  }/>`;
}
