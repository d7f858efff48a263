import type { App } from "./app.ts";
import { sanitizeLine } from "./sanitize.ts";
import { paletteOf } from "./style.ts";

/** Tells on stderr what the user should know though the command goes on, one line each. */
export function writeWarnings(warnings: string[], { stderr }: Pick<App, "stderr">): void {
  const label = paletteOf(stderr).severity.major("warning:");
  for (const warning of warnings) stderr.write(`devmcp: ${label} ${sanitizeLine(warning)}\n`);
}
