import { isAdvice, type Issue } from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import type { Renderer } from "./renderer.ts";
import { attributes, escapeXml } from "./xml.ts";

/**
 * Reviews as JUnit's XML, as Jenkins' schema has it: a test suite per file, a failed test per
 * finding. A file without findings is one test that passed; what a model found is a skipped one.
 */
export function createJunit(): Renderer {
  return {
    header: () => `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="devmcp review">\n`,
    file: (path: string, { issues, issues_omitted: omitted }: FileReview): string => {
      const cases = issues.map((issue) => toCase(path, issue));
      if (omitted > 0) cases.push(omittedCase(path, omitted));
      if (cases.length === 0) {
        cases.push(`<testcase${attributes({ name: path, classname: path })}/>`);
      }
      return suite(path, cases, {
        failures: issues.filter((issue) => !isAdvice(issue)).length,
        errors: 0,
        skipped: cases.filter((one) => one.includes("<skipped")).length,
      });
    },
    problem: (path: string, message: string): string => {
      const error = `<error${attributes({ type: "analysis-failed", message })}/>`;
      return suite(path, [testCase(path, "analysis-failed", error)], { failures: 0, errors: 1 });
    },
    footer: () => "</testsuites>\n",
  };
}

function suite(
  path: string,
  cases: string[],
  counts: { failures: number; errors: number; skipped?: number },
): string {
  const { failures, errors, skipped = 0 } = counts;
  const values = { name: path, tests: cases.length, failures, errors, skipped };
  return `<testsuite${attributes(values)}>\n${cases.join("\n")}\n</testsuite>\n`;
}

function toCase(path: string, issue: Issue): string {
  const { rule, severity, line, column, message, suggestion, cell } = issue;
  const place = cell === undefined ? `${line}:${column}` : `cell ${cell}:${line}:${column}`;
  const told = isAdvice(issue) ? "skipped" : "failure";
  const text = [`${path}:${place}: ${severity} ${rule}: ${message}`, suggestion]
    .filter((part) => part !== undefined).map(escapeXml).join("\n");
  const values = attributes({ type: severity, message });
  return testCase(path, `${rule} at ${place}`, `<${told}${values}>${text}</${told}>`);
}

function omittedCase(path: string, omitted: number): string {
  const message = `${omitted} more not shown; --max-issues 0 shows all`;
  return testCase(path, "more findings", `<skipped${attributes({ message })}/>`);
}

function testCase(path: string, name: string, content: string): string {
  return `<testcase${attributes({ name, classname: path })}>${content}</testcase>`;
}
