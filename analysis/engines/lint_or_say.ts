import { EngineTrap } from "./engine_trap.ts";
import type { Issue } from "../issue.ts";

/** The rule of what a formatter had no room for. */
const NOT_CHECKED = "syntax-not-checked";

/** Runs a formatter as a linter: that its WebAssembly had no room says nothing against the file. */
export function lintOrSay(lint: () => Issue[]): Issue[] {
  try {
    return lint();
  } catch (error) {
    if (!(error instanceof EngineTrap && error.tooDeep)) throw error;
    return [notChecked()];
  }
}

/** Whether a file's syntax is left for others to judge. */
export function isNotChecked({ rule }: Pick<Issue, "rule">): boolean {
  return rule === NOT_CHECKED;
}

function notChecked(): Issue {
  const start = { line: 1, column: 1 };
  return {
    severity: "info",
    category: "correctness",
    message:
      "The formatter cannot check the syntax of this file: it is too large or nested too deeply",
    rule: NOT_CHECKED,
    ...start,
    end: start,
    wholeFile: true,
  };
}
