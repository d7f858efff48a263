import { EngineTrap } from "./engine_trap.ts";
import { failedAnalysis } from "./failed_analysis.ts";
import type { Issue } from "./issue.ts";

/** Runs a linter; that its WebAssembly had no room left is an issue, said in words. */
export function lintOrSay(lint: () => Issue[]): Issue[] {
  try {
    return lint();
  } catch (error) {
    if (!(error instanceof EngineTrap && error.tooDeep)) throw error;
    return [failedAnalysis("This file is too large or nested too deeply to analyse")];
  }
}
