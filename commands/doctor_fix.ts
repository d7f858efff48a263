import type { App } from "../cli/app.ts";
import { askYes, canAsk } from "../cli/ask.ts";
import { sanitizeLine } from "../cli/sanitize.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Check, Fix } from "./check.ts";

/**
 * Mends what the checks found. What the user does not agree to, and what fails, is told on stderr and
 * left as it is.
 *
 * @returns what was done
 */
export async function mend(
  checks: Check[],
  app: App,
  { yes = false }: { yes?: boolean },
): Promise<string[]> {
  const done: string[] = [];
  for (const fix of distinct(checks)) {
    if (!fix.asks || yes || await agree(fix, app)) {
      const result = await attempt(fix, app);
      if (result !== undefined) done.push(result);
    }
  }
  return done;
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

async function attempt({ run }: Fix, app: App): Promise<string | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ToolError || error instanceof Deno.errors.PermissionDenied)) throw error;
    if (app.signal.aborted) throw error;
    app.stderr.write(`${sanitizeLine(error.message)}\n`);
    return undefined;
  }
}
