import type { App } from "../cli/app.ts";
import { askYes, canAsk } from "../cli/ask.ts";
import { reportError } from "../cli/errors.ts";
import { sanitizeLine } from "../cli/sanitize.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Check, Fix } from "./check.ts";

/** What `--fix` came to, one sentence each. */
export interface Mended {
  /** What was done. */
  fixed: string[];
  /** What could not be done, and why. */
  failed: string[];
}

/**
 * Mends what the checks found. What the user does not agree to, and what fails, is told on stderr and
 * left as it is.
 */
export async function mend(
  checks: Check[],
  app: App,
  { yes = false }: { yes?: boolean },
): Promise<Mended> {
  const mended: Mended = { fixed: [], failed: [] };
  for (const fix of distinct(checks)) {
    if (!fix.asks || yes || await agree(fix, app)) await attempt(fix, mended, app);
  }
  return mended;
}

function distinct(checks: Check[]): Fix[] {
  const fixes = checks.flatMap(({ fix }) => fix ? [fix] : []);
  return [...new Map(fixes.map((fix) => [fix.does, fix])).values()];
}

async function agree({ does }: Fix, app: App): Promise<boolean> {
  if (canAsk(app)) return await askYes(`devmcp can ${does}. Do it?`, app);
  app.stderr.write(`devmcp can ${sanitizeLine(does)}: give --yes for that.\n`);
  return false;
}

async function attempt({ run }: Fix, { fixed, failed }: Mended, app: App): Promise<void> {
  try {
    fixed.push(await run());
  } catch (error) {
    if (!(error instanceof ToolError || error instanceof Deno.errors.PermissionDenied)) throw error;
    if (app.signal.aborted) throw error;
    reportError(error, app);
    failed.push(error.message);
  }
}
