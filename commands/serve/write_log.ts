import type { App } from "../../cli/app.ts";
import { sanitizeLine } from "../../cli/sanitize.ts";

/** Writes a line to standard error; one that nobody reads must not end a server. */
export function writeLog({ stderr }: Pick<App, "stderr">, text: string): void {
  try {
    stderr.write(`${sanitizeLine(text)}\n`);
  } catch {
    // standard error is closed
  }
}
