import type { ComplexityReport } from "../../analysis/complexity.ts";
import { type LanguageId, languageOfName } from "../../analysis/languages.ts";
import { DEFAULT_LIMITS } from "../../analysis/metrics/complexity_limits.ts";
import type { App } from "../../cli/app.ts";
import { renderComplexityPage } from "../../cli/html/complexity/complexity_page.ts";
import { createPageTally } from "../../cli/html/complexity/page_tally.ts";
import { sanitizeLine } from "../../cli/sanitize.ts";
import { ToolError } from "../../config/tool_error.ts";
import { openReport, type ReportFile } from "../../workspace/report_file.ts";
import { configured } from "../configured.ts";
import { refuseSourceName } from "../refuse_source_name.ts";
import { configuredLimits } from "../../analysis/metrics/configured_limits.ts";
import type { FileInput } from "../jobs.ts";
import { namesStdout } from "../names_stdout.ts";
import type { FileRun } from "../on_files.ts";
import { subjectOf } from "../subject_of.ts";
import { worstSources } from "./worst_sources.ts";

/** The page of `--html` while it is made. */
export interface HtmlReport {
  file(path: string, report: ComplexityReport): void;
  problem(path: string, message: string): void;
  /** Writes the page. @throws {ToolError} when the disk refuses */
  end(inputs: FileInput[]): Promise<void>;
  /** Leaves what has the file's name as it was; does nothing after `end`. */
  drop(): Promise<void>;
}

/**
 * Opens the file before work begins.
 *
 * @param target a file, or "-" for standard output
 * @param max the highest cyclomatic complexity allowed, if `--max` says so
 * @throws {ToolError} when it cannot be written
 */
export async function openHtmlReport(
  app: App,
  target: string,
  run: FileRun,
  max?: number,
): Promise<HtmlReport> {
  const file = await openTarget(app, target);
  const limits = configuredLimits((await configured(app))?.values) ?? DEFAULT_LIMITS;
  const allowed = { ...limits, cyclomatic: max ?? limits.cyclomatic };
  const tally = createPageTally(allowed);
  const languages = new Map<string, LanguageId>();
  return {
    file(path, report) {
      tally.add(path, report);
      languages.set(path, report.language);
    },
    problem: tally.problem,
    async end(inputs) {
      const result = tally.result();
      const byPath = new Map(inputs.map((input) => [input.path, input]));
      const languageOf = (path: string) => languages.get(path) ?? languageOfName(path) ?? "python";
      const page = renderComplexityPage({
        subject: subjectOf(run, app),
        tally: result,
        worst: await worstSources(app, result.functions, byPath, languageOf),
        limits: allowed,
        note: noteOf(run),
        version: app.version,
      });
      if (!file) return app.stdout.write(page);
      file.write(page);
      await file.keep();
      app.stderr.write(`wrote ${sanitizeLine(target)}\n`);
    },
    drop: async () => await file?.drop(),
  };
}

async function openTarget(app: App, target: string): Promise<ReportFile | undefined> {
  if (namesStdout(target)) return undefined;
  if (target.trim() === "") {
    throw new ToolError('Cannot write to "": it is not a path', { hint: "write --html FILE" });
  }
  refuseSourceName(target, "a page", "--html report.html");
  return await openReport(target, app.cwd);
}

function noteOf({ changes }: FileRun): string | undefined {
  if (!changes) return undefined;
  const what = changes.linesOnly ? "functions" : "files";
  if (changes.staged) return `only ${what} with staged changes`;
  return `only ${what} that differ from ${changes.revision ?? "HEAD"}`;
}
