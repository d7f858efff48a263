import { languageOfName } from "../analysis/languages.ts";
import { ToolError } from "../config/tool_error.ts";

/**
 * Somebody's code is no place for a report: `-o a.py b.py` and `--html a.py` are slips.
 *
 * @param what the report, as in "html"
 * @param usage how it is asked for
 * @throws {ToolError} when the name is that of a file of a language
 */
export function refuseSourceName(file: string, what: string, usage: string): void {
  const language = languageOfName(file);
  if (language === undefined) return;
  throw new ToolError(
    `Cannot write ${what} to ${JSON.stringify(file)}: the name is that of a file of ${language}`,
    { hint: `write ${usage}` },
  );
}
