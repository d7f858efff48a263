import type { App } from "../../cli/app.ts";
import { sanitizeLine } from "../../cli/sanitize.ts";
import type { Surface } from "./surface.ts";

/** A script's: what is said besides goes to standard error. @param print gets Markdown */
export function scriptSurface(
  { stderr }: Pick<App, "stderr">,
  print: (markdown: string) => void,
): Surface {
  return {
    isInteractive: false,
    print,
    notice: (line) => stderr.write(`devmcp: ${sanitizeLine(line)}\n`),
    ask: () => Promise.resolve(undefined),
    clear() {},
    edit: () => Promise.resolve(undefined),
    setInput() {},
    copy: () => false,
  };
}
